"""The shared graph: values, who holds them, and which is wiser where."""

from elicitation.graph.models.endorsements import Endorsement, Exposure, Tally
from elicitation.graph.models.tellings import Pairing, Telling
from elicitation.graph.models.transitions import Judgement, Showing, Story, Transition
from elicitation.graph.models.values import Evidence, Likeness, Value, ValueContext

__all__ = [
    "Endorsement",
    "Evidence",
    "Exposure",
    "Judgement",
    "Likeness",
    "Pairing",
    "Showing",
    "Story",
    "Tally",
    "Telling",
    "Transition",
    "Value",
    "ValueContext",
]
