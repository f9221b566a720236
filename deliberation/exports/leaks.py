"""A last look at a package before it is offered: whether a text would tell who somebody is. Free of Django.

E-mail addresses, telephone numbers and codes that let people in. Words of an answer that its author released as a quote are theirs to show.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deliberation.exports.tables import TABLES

Spans = Mapping[str, list[tuple[int, int]]]
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
    r"\+\s?\d(?:[\s().\-/]{0,2}\d){6,13}"  # with a country code
    r"|\(?0\d{1,4}\)?[\s./-]{0,3}\d(?:[\s.\-/]{0,2}\d){4,10}"  # with a trunk 0
    r"|\(?\d{3}\)?[\s.-]\d{3}[.-]\d{4}"  # as in North America
    r")(?![\w-]|[.,]\d)"
)
DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[\s-].*)?|0\d{0,2}[./]\d{1,3}(?:[./]\d+)?")
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
            spans = released.get(str(row.get("revision")), []) if table == "responses" else []
            open_words = row.get("public") is True
            if not open_words and (what := _in_row(table, row, spans)):
                return Leak(what, table, str(next(iter(row.values()))))
    return None


def found_in(text: str, released: Iterable[tuple[int, int]] = ()) -> str | None:
    """email, code or telephone, where a text holds one that lies not whole within a released span."""
    for what, match in _matches(text):
        if not any(start <= match.start() and match.end() <= end for start, end in released):
            return what
    return None


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    if "@" in text:
        yield from (("email", match) for match in EMAIL.finditer(text))
    if "-" in text:
        yield from (("code", match) for match in CODE.finditer(text) if _is_code(match[0]))
    if any(map(str.isdigit, text)):
        yield from (("telephone", m) for m in TELEPHONE.finditer(text) if _is_telephone(m[0]))


def _is_code(found: str) -> bool:
    """Four groups that are words or all digits are none: a code of sixteen letters without a digit comes once in four hundred."""
    return any(map(str.isdigit, found)) and any(map(str.isalpha, found))


def _is_telephone(found: str) -> bool:
    digits = sum(map(str.isdigit, found))
    return digits >= FEWEST_DIGITS and not DATE.fullmatch(found.strip())


def _in_row(table: str, row: Mapping[str, Any], spans: Iterable[tuple[int, int]]) -> str | None:
    for column in TABLES[table].columns:
        if column in WORDS:
            for text in _texts(row[column]):
                if what := found_in(text, spans if column == "text" else ()):
                    return what
    return None


def _texts(value: Any) -> Iterator[str]:
    """Every text in a cell; the words of quotes that were released are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict) and value.get("public") is not True:
        for one in value.values():
            yield from _texts(one)


def _released(folder: Path) -> Spans:
    """By revision, the spans of its words that its author released."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _rows(folder, "quotes"):
        if row["public"]:
            found[row["revision"]].append((row["start"], row["end"]))
    for row in _rows(folder, "rules"):
        for quote in row["quotes"]:
            if quote["public"]:
                found[quote["revision"]].append((quote["start"], quote["end"]))
    return found


def _rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    path = folder / f"{table}.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
