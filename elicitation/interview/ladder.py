"""The ladder: what is not yet a value, and which question leads beneath it. Free of Django; the wording is in asking.py.

A goal, a feeling, a rule or a slogan has something beneath it that a person pays attention to. One question at a time leads
there; at most three are asked, each may be skipped, and none holds the answer back.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["goal", "feeling", "rule", "slogan"]
MOST = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """One question still to be asked: its kind, its number from 1 to 3, and the person's own words it is asked about."""

    kind: Kind
    number: int
    words: str | None = None


def rung(kind: Kind, asked_so_far: int, words: str | None = None) -> Rung | None:
    """The next question beneath an answer of `kind`, or None where three were asked or skipped.

    `words` is a located quote of the answer. Raises ValueError for a count below nought.
    """
    if asked_so_far < 0:
        raise ValueError("asked_so_far counts questions: nought or more")
    if asked_so_far >= MOST:
        return None
    return Rung(kind, asked_so_far + 1, words or None)
