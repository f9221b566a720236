"""How far two wordings of a card are apart, in words. Free of Django.

R. A. Wagner and M. J. Fischer (1974), "The string-to-string correction problem", over words in place of letters: the fewest words that have to be put in, struck,
or put in another's place.
"""

import re
from collections.abc import Mapping, Sequence

# Scripts that write without spaces are counted letter by letter; marks and spaces are no words.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def words(text: str) -> list[str]:
    """The words of a text, as they are written."""
    return WORDS.findall(text)


def words_changed(before: str, after: str) -> int:
    """The fewest words to put in, strike or replace to come from one text to the other."""
    return _apart(words(before), words(after))


def parts_changed(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """The same over all parts of a card, each compared with itself; a part that is not there has no words."""
    names = before.keys() | after.keys()
    return sum(words_changed(before.get(name, ""), after.get(name, "")) for name in names)


def _apart(old: Sequence[str], new: Sequence[str]) -> int:
    row = list(range(len(new) + 1))
    for n, word in enumerate(old, 1):
        before, row[0] = row[0], n
        for m, other in enumerate(new, 1):
            least = min(row[m] + 1, row[m - 1] + 1, before + (word != other))
            before, row[m] = row[m], least
    return row[-1]
