"""Consensus documents: their clauses and files, how they are contested, and how they are ratified."""

from deliberation.artifacts.models.ballots import Ballot, BallotLine, Roll, Said
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
    ClauseValue,
    Rendition,
    SignOff,
    Version,
    Wording,
)

__all__ = [
    "Artifact",
    "Ballot",
    "BallotLine",
    "Citation",
    "Clause",
    "ClauseValue",
    "MinorityStatement",
    "Objection",
    "Rendition",
    "Roll",
    "Said",
    "Seconding",
    "SignOff",
    "Signature",
    "Version",
    "Wording",
]
