"""What is other between two wordings, word by word. Free of Django."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Words and what stands between them; scripts that write without spaces are compared letter by letter.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
TOKENS = re.compile(rf"\s+|[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s]")
ALIKE = 0.5
Way = Literal["same", "out", "in"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed (`same`), is gone (`out`) or is new (`in`)."""

    way: Way
    text: str


def parts(before: str, after: str) -> list[Part]:
    """The stretches that lead from `before` to `after`: those that are not `in` make the one, those that are not `out` the other.

    Two wordings that have less than half in common stand whole, one after the other: word by word nobody could read them.
    """
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    found = SequenceMatcher(None, old, new, autojunk=False)
    if found.ratio() < ALIKE:
        return [*_part("out", old), *_part("in", new)]
    told: list[Part] = []
    for what, a, b, c, d in found.get_opcodes():
        if what == "equal":
            told += _part("same", old[a:b])
        else:
            told += [*_part("out", old[a:b]), *_part("in", new[c:d])]
    return told


def _part(way: Way, tokens: Sequence[str]) -> list[Part]:
    return [Part(way, "".join(tokens))] if tokens else []
