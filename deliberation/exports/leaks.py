"""A last look at a package before it is offered: whether a text would tell who somebody is. Free of Django.

E-mail addresses, telephone numbers and codes that let people in. What stands in a quote that its author released is theirs to show.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
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
WORDED = [name for name, table in TABLES.items() if WORDS & set(table.columns)]
EMAIL = re.compile(r"[^\W_][\w.+%-]*@[^\W_][\w-]*(?:\.[\w-]+)+")
CODE = re.compile(r"(?<![\w-])(?:[0-9A-Za-z]{4}-){3}[0-9A-Za-z]{4}(?![\w-])")
TELEPHONE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"[+＋]\s?\d(?:[\s().\-/]{0,2}\d){6,13}"  # with a country code
    r"|\(?[0٠۰०]\d{1,4}\)?[\s./-]{0,3}\d(?:[\s.\-/]{0,2}\d){4,10}"  # with a trunk 0
    r"|\(?\d{3}\)?[\s.-]\d{3}[.-]\d{4}"  # as in North America
    r")(?![\w-]|[.,]\d)"
)
DATE = re.compile(
    r"\d{1,2}([./\s-])\d{1,2}\1(?:(?:19|20)\d\d(?:[\s-].*)?|\d\d)|0\d{0,2}[./]\d{1,3}(?:[./]\d+)?"
)
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


def first_leak(folder: Path) -> Leak | None:
    """The first text in the tables of a package that would tell who somebody is."""
    released = _released(folder)
    for table in WORDED:
        for row in _rows(folder, table):
            for text in _words(row):
                if what := found_in(text, released):
                    return Leak(what, table, str(next(iter(row.values()))))
    return None


def found_in(text: str, released: Collection[str] = ()) -> str | None:
    """email, code or telephone, where a text holds one that is not among those that were `released`."""
    return next((what for what, found in _matches(text) if found not in released), None)


def _matches(text: str) -> Iterator[tuple[str, str]]:
    if "@" in text:
        yield from (("email", match[0]) for match in EMAIL.finditer(text))
    if "-" in text:
        yield from (("code", match[0]) for match in CODE.finditer(text) if _is_code(match[0]))
    if DIGIT.search(text):
        yield from (("telephone", m[0]) for m in TELEPHONE.finditer(text) if _is_telephone(m[0]))


def _is_code(found: str) -> bool:
    """Four groups that are words or all digits are none: a code of sixteen letters without a digit comes once in four hundred."""
    return any(map(str.isdigit, found)) and any(map(str.isalpha, found))


def _is_telephone(found: str) -> bool:
    digits = sum(map(str.isdigit, found))
    return digits >= FEWEST_DIGITS and not DATE.fullmatch(found.strip())


def _words(row: Mapping[str, Any]) -> Iterator[str]:
    """Every text in the columns of words."""
    for column in WORDS & row.keys():
        yield from _texts(row[column])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _released(folder: Path) -> Collection[str]:
    """What stands in quotes their authors released, and would be refused elsewhere."""
    rules = (quote for row in _rows(folder, "rules") for quote in row["quotes"])
    public = (one["text"] for one in chain(_rows(folder, "quotes"), rules) if one["public"])
    return {found for text in public for _, found in _matches(text)}


def _rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    path = folder / f"{table}.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
