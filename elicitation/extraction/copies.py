"""The copy of a person's words that a model gets to see. Free of Django.

It leaves out characters no one sees (joiners, marks of direction, soft hyphens, tags): they can hide orders to a model, and no quote
needs them. The stored text keeps them all; quotes.locate passes over them, so what a model copies is found in the original.
"""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from elicitation.extraction.quotes import Span

OVERLAP = 400  # code points two windows share, so that no sentence is cut in both


def visible(text: str) -> str:
    """`text` without the characters of Unicode category Cf."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


@dataclass(frozen=True, slots=True)
class Fence:
    """Two lines between which an answer stands. They are made of its own hash, so it cannot hold them."""

    mark: str

    @classmethod
    def around(cls, text: str) -> "Fence":
        return cls(sha256(text.encode()).hexdigest()[:16])

    @property
    def begins(self) -> str:
        return f"<<answer {self.mark} begins>>"

    @property
    def ends(self) -> str:
        return f"<<answer {self.mark} ends>>"


def windows(text: str, longest: int) -> list[Span]:
    """`text` in spans of at most `longest` code points that share OVERLAP, each cut at a space where there is one.

    Together they cover all of it. `longest` has to be more than twice OVERLAP; raises ValueError otherwise.
    """
    if longest <= 2 * OVERLAP:
        raise ValueError(f"a window of {longest} code points is too small")
    found, start = [], 0
    while len(text) - start > longest:
        end = _space_before(text, start + longest, start + longest - OVERLAP // 2)
        found.append(Span(start, end))
        start = end - OVERLAP
    found.append(Span(start, len(text)))
    return found


def _space_before(text: str, latest: int, earliest: int) -> int:
    return next((at for at in range(latest, earliest, -1) if text[at - 1].isspace()), latest)
