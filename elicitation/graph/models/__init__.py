"""The shared graph: values, who holds them, and which is wiser where."""

from elicitation.graph.models.endorsements import Endorsement, Tally
from elicitation.graph.models.transitions import Judgement, Showing, Story, Transition
from elicitation.graph.models.values import Evidence, Likeness, Value, ValueContext

__all__ = [
    "Endorsement",
    "Evidence",
    "Judgement",
    "Likeness",
    "Showing",
    "Story",
    "Tally",
    "Transition",
    "Value",
    "ValueContext",
]
