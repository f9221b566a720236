"""Results that were computed and kept whole; conversations held, and graphs made, elsewhere; seats that seem to be one person's."""

from deliberation.opinion.models.results import (
    Analysis,
    BroughtGraph,
    Conversation,
    Layout,
    Statement,
    StatementVote,
    Twins,
    TwinSeat,
    Wanted,
)
from deliberation.opinion.models.uploads import Bringing

__all__ = [
    "Analysis",
    "Bringing",
    "BroughtGraph",
    "Conversation",
    "Layout",
    "Statement",
    "StatementVote",
    "TwinSeat",
    "Twins",
    "Wanted",
]
