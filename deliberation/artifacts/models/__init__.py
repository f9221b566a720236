"""Consensus documents: their clauses and files, how they are contested, and how they are ratified."""

from deliberation.artifacts.models.ballots import Ballot, Poll, Roll, Said
from deliberation.artifacts.models.contesting import (
    MinorityStatement,
    Objection,
    Seconding,
    Signature,
)
from deliberation.artifacts.models.documents import (
    Artifact,
    Citation,
    Clause,
    ClauseNorm,
    ClauseValue,
    Rendition,
    SignOff,
    Version,
    Wording,
)
from deliberation.artifacts.models.left import LeftToPerson
from deliberation.artifacts.models.phrasing import Phrasing
from deliberation.artifacts.models.pictures import Picture

__all__ = [
    "Artifact",
    "Ballot",
    "Citation",
    "Clause",
    "ClauseNorm",
    "ClauseValue",
    "LeftToPerson",
    "MinorityStatement",
    "Objection",
    "Phrasing",
    "Picture",
    "Poll",
    "Rendition",
    "Roll",
    "Said",
    "Seconding",
    "SignOff",
    "Signature",
    "Version",
    "Wording",
]
