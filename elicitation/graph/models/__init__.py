"""The shared graph: values, who holds them, and which is wiser where."""

from elicitation.graph.models.endorsements import Endorsement, Exposure, Tally
from elicitation.graph.models.folds import Fold
from elicitation.graph.models.norms import Norm, NormEndorsement, NormEvidence, NormTally
from elicitation.graph.models.suggestions import Regrouped, Regrouping, Suggestion
from elicitation.graph.models.tellings import Pairing, Telling
from elicitation.graph.models.transitions import Judgement, Showing, Story, Transition
from elicitation.graph.models.values import Compared, Evidence, Likeness, Value, ValueContext
from elicitation.graph.models.vectors import ValueVector

__all__ = [
    "Compared",
    "Endorsement",
    "Evidence",
    "Exposure",
    "Fold",
    "Judgement",
    "Likeness",
    "Norm",
    "NormEndorsement",
    "NormEvidence",
    "NormTally",
    "Pairing",
    "Regrouped",
    "Regrouping",
    "Showing",
    "Story",
    "Suggestion",
    "Tally",
    "Telling",
    "Transition",
    "Value",
    "ValueContext",
    "ValueVector",
]
