"""The room's tables."""

from elicitation.extraction.models.asking import Asking
from elicitation.extraction.models.cards import (
    Candidate,
    CandidateQuerySet,
    Located,
    Policy,
    Proposed,
    Quote,
)
from elicitation.extraction.models.means import Lane, ReadingSwitch, Reservation, Spend
from elicitation.extraction.models.norms import PARTS, Mark, NormCandidate, NormQuote, Ruling
from elicitation.extraction.models.prompts import GoldenAnswer, OwnPrompt, Trial
from elicitation.extraction.models.readings import RawReply, Reading, ReadingRequest
from elicitation.extraction.models.told import Edit, Rating

__all__ = [
    "PARTS",
    "Asking",
    "Candidate",
    "CandidateQuerySet",
    "Edit",
    "GoldenAnswer",
    "Lane",
    "Located",
    "Mark",
    "NormCandidate",
    "NormQuote",
    "OwnPrompt",
    "Policy",
    "Proposed",
    "Quote",
    "Rating",
    "RawReply",
    "Reading",
    "ReadingRequest",
    "ReadingSwitch",
    "Reservation",
    "Ruling",
    "Spend",
    "Trial",
]
