"""The raw tables of a package, read from its folder as arrays and plain rows. NumPy alone, free of Django: it goes into the package."""

import json
from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.logs import STANDS, Lines, microseconds

Row = dict[str, Any]
SAYS = dict(zip(("agree", "pass", "disagree"), (1, 0, -1), strict=True))
AI = "ai_agent"


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The rows of a table; none where it is withheld."""
    path = folder / f"{table}.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


@dataclass(frozen=True, slots=True)
class Trees:
    """Values and norms that stand, by id, and the inquiry of each; `root`: of any value the one it goes on as part of."""

    root: Mapping[str, str]
    values: Mapping[str, str]
    norms: Mapping[str, str]


def trees(folder: Path) -> Trees:
    """Read values and norms."""
    values = list(rows(folder, "values"))
    return Trees(
        {row["value"]: row["root"] for row in values},
        {row["value"]: row["inquiry"] for row in values if row["retired_at"] is None},
        {r["norm"]: r["inquiry"] for r in rows(folder, "norms") if r["retired_at"] is None},
    )


def left_out(folder: Path) -> Mapping[str, Collection[str]]:
    """By question, whose seats do not count in its results, because another of theirs does."""
    found: dict[str, set[str]] = {}
    for row in rows(folder, "exclusions"):
        if not row["counts"]:
            found.setdefault(row["inquiry"], set()).add(row["respondent"])
    return found


class Numbered:
    """Names as numbers, in the order they first come."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))


@dataclass(frozen=True, slots=True)
class Said:
    """All that people and institutions ever said to one kind of thing, (l,) each.

    `thing` and `person`: places in `things` and in `people` (m and n ids as text); `standing`: whether it is what they say now; `at`,
    `until`: microseconds since 2000, `until` STANDS for no end.
    """

    things: tuple[str, ...]
    people: tuple[str, ...]
    thing: NDArray[np.int64]
    person: NDArray[np.int64]
    says: NDArray[np.int8]
    standing: NDArray[np.bool_]
    at: NDArray[np.int64]
    until: NDArray[np.int64]

    def of(self, things: Mapping[str, str]) -> Lines:
        """What was said to some things, each under the name `things` gives it; those it does not name are left out."""
        ids = sorted(set(things.values()), key=_order)
        place = {name: n for n, name in enumerate(ids)}
        where = np.array([place[things[t]] if t in things else -1 for t in self.things], dtype=np.int64)  # fmt: skip
        here = where[self.thing] >= 0 if len(self.thing) else np.zeros(0, dtype=bool)
        raw = np.array([UUID(one).bytes for one in self.people], dtype="V16")
        return Lines(
            ids,
            where[self.thing[here]],
            raw[self.person[here]] if len(raw) else raw,
            self.at[here],
            self.until[here],
            self.says[here],
        )

    def only_standing(self) -> "Said":
        """Without what nobody says any more."""
        return self._where(self.standing)

    def without(self, people: Collection[str]) -> "Said":
        """Without what some people said."""
        out = np.array([person in people for person in self.people], dtype=bool)
        return self._where(~out[self.person]) if people and len(self.person) else self

    def _where(self, s: NDArray[np.bool_]) -> "Said":
        return Said(self.things, self.people, self.thing[s], self.person[s], self.says[s], self.standing[s], self.at[s], self.until[s])  # fmt: skip


def said(folder: Path, table: str, about: str) -> Said:
    """Read endorsements or norm_endorsements; `about`: the column that names what was said something to. AI agents are left out."""
    things, people = Numbered(), Numbered()
    thing, person, says, standing = array("q"), array("q"), array("b"), array("b")
    at, until = array("q"), array("q")
    for row in rows(folder, table):
        if row["respondent_kind"] == AI:
            continue
        thing.append(things(row[about]))
        person.append(people(row["respondent"]))
        says.append(SAYS[row["says"]])
        standing.append(row.get("is_standing", row["replaced_at"] is None))
        at.append(moment(row["at"]))
        until.append(STANDS if row["replaced_at"] is None else moment(row["replaced_at"]))
    return Said(
        tuple(things.names),
        tuple(people.names),
        np.frombuffer(thing, dtype=np.int64),
        np.frombuffer(person, dtype=np.int64),
        np.frombuffer(says, dtype=np.int8),
        np.frombuffer(standing, dtype=np.int8).astype(bool),
        np.frombuffer(at, dtype=np.int64),
        np.frombuffer(until, dtype=np.int64),
    )


def moment(text: str) -> int:
    """A time of the tables in microseconds since 2000."""
    return microseconds(datetime.fromisoformat(text))


def _order(name: str) -> bytes:
    return UUID(name).bytes
