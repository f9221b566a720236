"""A last look at a package before it is offered: whether a text would tell who somebody is. Free of Django.

E-mail addresses, telephone numbers and codes that let people in. What stands in a quote that its author released is theirs to show.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from deliberation.exports.tables import TABLES

# Columns in which somebody wrote words, or a machine did; by their name, in whatever table.
WORDS = frozenset(
    [
        "text",
        "title",
        "context",
        "policies",
        "asked",
        "attribute",
        "aim",
        "acted_on",
        "conditions",
        "or_else",
        "quotes",
        "phrase",
        "reason",
        "question",
        "wording",
        "rewording",
        "as_it_read",
        "answer",
    ]
)
WORDED = {name: sorted(WORDS & set(table.columns)) for name, table in TABLES.items()}
EMAIL = re.compile(r"[^\W_][\w.+%-]*@[^\W_][\w-]*(?:\.[\w-]+)+")
CODE = re.compile(r"(?<![\w-])[0-9A-TV-Za-tv-z]{4}(?:[ -]?[0-9A-TV-Za-tv-z]{4}){3}(?![\w-])")
TELEPHONE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"[+＋]\s?\d(?:[\s().\-/]{0,2}\d){6,13}"  # with a country code
    r"|\(?[0٠۰०]\d{1,4}\)?[\s./-]{0,3}\d(?:[\s.\-/]{0,2}\d){4,10}"  # with a trunk 0
    r"|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}"  # as in North America
    r"|\d{10}"  # the same in one piece
    r"|[6-9]\d\d(?:[\s.-]\d\d){3}"  # as in Spain
    r")(?![\w-]|[.,]\d)"
)
DATE = re.compile(
    r"\d{1,2}([./\s-])\d{1,2}\1(?:(?:19|20)\d\d(?:[\s-].*)?|\d\d)|0\d{0,2}[./]\d{1,3}(?:[./]\d+)?"
)
ROUND = re.compile(r"\d{1,4}0{6,}")
DIGIT = re.compile(r"\d")
FEWEST_DIGITS = 7
NAMES = {"email": "an e-mail address", "telephone": "a telephone number", "code": "a login code"}


class Leaked(ValueError):
    """A package would tell who somebody is; `leak` says where, without the words."""

    def __init__(self, leak: "Leak") -> None:
        self.leak = leak
        super().__init__(f"{NAMES[leak.what]} in {leak.table}, row {leak.row}")


@dataclass(frozen=True, slots=True)
class Leak:
    """What was found, and where: `row` is the first cell of it."""

    what: str
    table: str
    row: str


class Scan:
    """A look at every row. What stands in quotes that were released is known at the end only, so all that was found is remembered, each once."""

    def __init__(self) -> None:
        self._found: dict[str, Leak] = {}
        self._released: set[str] = set()

    def watch(self, table: str) -> Callable[[Mapping[str, Any]], None] | None:
        """What is to be shown every row of a table; None where nobody wrote words in it."""
        return partial(self._look, table, WORDED[table]) if WORDED[table] else None

    def first(self) -> Leak | None:
        """The first text that would tell who somebody is, once all rows were shown."""
        return next((leak for text, leak in self._found.items() if text not in self._released), None)  # fmt: skip

    def _look(self, table: str, columns: Sequence[str], row: Mapping[str, Any]) -> None:
        for column in columns:
            for text in _texts(row[column]):
                for what, found in _matches(text):
                    self._found.setdefault(found, Leak(what, table, str(next(iter(row.values())))))
        for quote in row["quotes"] if table == "rules" else [row] if table == "quotes" else ():
            if quote["public"]:
                self._released |= {found for _, found in _matches(quote["text"])}


def found_in(text: str, released: Collection[str] = ()) -> str | None:
    """email, code or telephone, where a text holds one that is not among those that were `released`."""
    return next((what for what, found in _matches(text) if found not in released), None)


def _matches(text: str) -> Iterator[tuple[str, str]]:
    if "@" in text:
        yield from (("email", match[0]) for match in EMAIL.finditer(text))
    if DIGIT.search(text):
        yield from (("code", match[0]) for match in CODE.finditer(text) if _is_code(match[0]))
        yield from (("telephone", m[0]) for m in TELEPHONE.finditer(text) if _is_telephone(m[0]))


def _is_code(found: str) -> bool:
    """Four groups that are each a word or a number ("from 2019 till 2024") are none: so does one code in three hundred look."""
    letters = found.replace("-", "").replace(" ", "")
    groups = [letters[n : n + 4] for n in range(0, len(letters), 4)]
    return any(not group.isdigit() and not group.isalpha() for group in groups)


def _is_telephone(found: str) -> bool:
    digits = sum(map(str.isdigit, found))
    return digits >= FEWEST_DIGITS and not (DATE.fullmatch(found.strip()) or ROUND.fullmatch(found))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
