"""A table of judgements as arrays: the columns of the published edge votes, and a few more. Free of Django."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from elicitation.graph.judgements import Answer, Ids, Judgements
from elicitation.interview.tables import BadRow, Row, Table

NEEDED = ("participant", "from_value", "to_value", "context", "judgement")
LABELS = ("group", "stratum")
WORDS = {
    "wiser": Answer.TO_WISER,
    "to_wiser": Answer.TO_WISER,
    "from_wiser": Answer.FROM_WISER,
    "not_wiser": Answer.NOT_WISER,
    "depends": Answer.DEPENDS,
    "same": Answer.SAME,
    "both_needed": Answer.BOTH_NEEDED,
    "unsure": Answer.UNSURE,
}
ASKED = {"": True, "forward": True, "backward": False}


class VoteUnreadable(ValueError):
    """A table or a row that cannot be taken in: it names line and column and says what to do."""

    def __init__(self, line: int, column: str, why: str) -> None:
        super().__init__(f"line {line}, column {column!r}: {why}")


def read_votes(table: Table) -> Judgements:
    """All judgements of a table. Of published votes, "not_wiser" is a no to the question and names no other value as the wiser.

    `asked` (forward or backward; forward where it is missing) says which of the two was put as the wiser; "wiser" and "not_wiser" speak of
    that one, "to_wiser" and "from_wiser" of the value by its column. Raises VoteUnreadable.
    """
    _ensure_columns(table)
    votes = list(_votes(table))
    columns = {name: [vote[name] for vote in votes] for name in (*NEEDED, "asked", *LABELS)}
    ids = _ids([*columns["from_value"], *columns["to_value"]])
    return Judgements(
        person=np.array(columns["participant"], dtype=str),
        from_value=ids[: len(votes)],
        to_value=ids[len(votes) :],
        context=np.array(columns["context"], dtype=str),
        answer=np.array(columns["judgement"], dtype=np.int8),
        asked_forward=np.array(columns["asked"], dtype=bool),
        **{
            name: np.array(columns[name], dtype=str) if name in table.columns else None
            for name in LABELS
        },
    )


def _ensure_columns(table: Table) -> None:
    for name in NEEDED:
        if name not in table.columns:
            there = ", ".join(table.columns)
            raise VoteUnreadable(1, name, f"it is missing. There are: {there}. Name one so.")


def _votes(table: Table) -> Iterator[Mapping[str, Any]]:
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows():
        if isinstance(row, BadRow):
            raise VoteUnreadable(row.line, "", row.why)
        if any(cell.strip() for cell in row.cells.values()):
            yield _vote(row, seen)


def _vote(row: Row, seen: dict[tuple[str, ...], int]) -> dict[str, Any]:
    cells = {name: row.cells.get(name, "").strip() for name in (*NEEDED, "asked", *LABELS)}
    for name in NEEDED:
        if not cells[name]:
            raise VoteUnreadable(row.line, name, "it is empty. Fill it in or leave the row out.")
    if cells["from_value"] == cells["to_value"]:
        raise VoteUnreadable(
            row.line, "to_value", "it is the same as from_value. A transition needs two values."
        )
    word, asked = cells["judgement"].casefold(), cells["asked"].casefold()
    if word not in WORDS:
        known = ", ".join(WORDS)
        raise VoteUnreadable(
            row.line, "judgement", f"{cells['judgement']!r} is not known. Write one of: {known}."
        )
    if asked not in ASKED:
        raise VoteUnreadable(row.line, "asked", "write forward or backward, or leave it empty.")
    key = (*(cells[name] for name in NEEDED[:4]), str(ASKED[asked]))
    if key in seen:
        raise VoteUnreadable(
            row.line,
            "participant",
            f"{cells['participant']!r} judged this on line {seen[key]} already. Keep one of them.",
        )
    seen[key] = row.line
    answer = WORDS[word]
    if word == "wiser" and not ASKED[asked]:
        answer = Answer.FROM_WISER
    return {**cells, "judgement": answer, "asked": ASKED[asked]}


def _ids(names: list[str]) -> Ids:
    """Whole numbers where all names are (and read back the same), else the names."""
    if names and all(name.isascii() and name.isdigit() and len(name) < 16 for name in names):
        numbers = [int(name) for name in names]
        if [str(number) for number in numbers] == names:
            return np.array(numbers, dtype=np.int64)
    return np.array(names, dtype=str)
