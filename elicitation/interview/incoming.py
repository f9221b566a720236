"""Rows of somebody's file, on their way to being answers. Free of Django.

Each row ends as exactly one of: an answer, or a row named with the reason why it is none.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from elicitation.interview.drafts import Words
from elicitation.interview.tables import BadRow, Row, Table
from elicitation.interview.texts import fault


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is to be understood.

    `mapping`: field (text, id, question, language, respondent) -> column. `scope`: a secret of the assembly, so that the ids of
    the file cannot be guessed back from the pseudonyms made of them.
    """

    mapping: Mapping[str, str]
    scope: str
    language: str
    quotes_public: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer in a file: the line it starts on, the question it names ("" for none), its voice, its words."""

    line: int
    question: str
    who: UUID
    words: Words


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that is no answer, and why; `code` is "empty", "duplicate" or that of the fault."""

    line: int
    code: str
    why: str


FAULTS = {
    "empty": "no words in it",
    "too_long": "longer than 20,000 characters",
    "nul": "holds a NUL character",
    "half_surrogate": "holds half of a character",
}


def incoming(table: Table, plan: Plan) -> Iterator[Incoming | NotTaken]:
    """Every row of `table` as an answer, or named with why it is none; in the order of the file.

    A row is a duplicate where its id came before, or, in a file without ids, where the whole row did. In a file of one column
    the same words twice are two voices: nothing says that they are one.
    """
    seen: set[bytes] = set()
    times: Counter[bytes] = Counter()
    for row in table.rows():
        if isinstance(row, BadRow):
            yield NotTaken(row.line, row.code, row.why)
            continue
        text = row.cells.get(plan.mapping["text"], "")
        if found := fault(text):
            yield NotTaken(row.line, found, FAULTS[found])
            continue
        key = _key(row, plan)
        if len(row.cells) == 1:
            times[key] += 1
            key = _digest(plan.scope, key.hex(), str(times[key]))
        if key in seen:
            yield NotTaken(row.line, "duplicate", "this row came before")
            continue
        seen.add(key)
        yield _answer(row, plan, text, key)


def _answer(row: Row, plan: Plan, text: str, key: bytes) -> Incoming:
    voice = _cell(row, plan, "respondent")
    who = _digest(plan.scope, "voice", voice) if voice else _digest(plan.scope, "row", key.hex())
    words = Words(
        text=text,
        language=_language(row, plan),
        key=key.hex(),
        channel="imported",
        quotes_public=plan.quotes_public,
    )
    return Incoming(row.line, _cell(row, plan, "question"), UUID(bytes=who, version=4), words)


def _key(row: Row, plan: Plan) -> bytes:
    if own := _cell(row, plan, "id"):
        return _digest(plan.scope, "id", own)
    return _digest(plan.scope, "row", *row.cells.values())


def _language(row: Row, plan: Plan) -> str:
    tag = _cell(row, plan, "language")[:12]
    return tag if tag.replace("-", "").isalpha() else plan.language


def _cell(row: Row, plan: Plan, field: str) -> str:
    return row.cells.get(plan.mapping.get(field, ""), "").strip()


def _digest(*parts: str) -> bytes:
    """16 bytes that stand for `parts`; lengths are hashed too, so that no two lists read the same."""
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode()).digest()[:16]
