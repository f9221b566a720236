"""The raw tables of a package, read from its folder as arrays and plain rows. NumPy alone, free of Django: it goes into the package."""

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.logs import STANDS, Lines, microseconds

Row = dict[str, Any]
SAYS = dict(zip(("agree", "pass", "disagree"), (1, 0, -1), strict=True))
AI = "ai_agent"
UTC = "+00:00"
EPOCH = np.datetime64("2000-01-01", "us")
BATCH = 500  # lines parsed at a time: one by one each costs twice as much


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The rows of a table; none where it is withheld."""
    return (row for _, row in lines(folder, table))


def lines(folder: Path, table: str) -> Iterator[tuple[str, Row]]:
    """The lines of a table, each with its row; none where it is withheld."""
    return chain.from_iterable(batches(folder, table))


def batches(folder: Path, table: str) -> Iterator[Iterable[tuple[str, Row]]]:
    """The lines of a table, each with its row, some at a time; none where it is withheld."""
    path = folder / f"{table}.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as file:
            while batch := list(islice(file, BATCH)):
                yield zip(batch, json.loads(f"[{','.join(batch)}]"), strict=True)


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


@dataclass(frozen=True, slots=True)
class Now:
    """What people and institutions say now, (l,) each: `place` in `ids`, `person` in the people of a Said."""

    ids: list[str]
    place: NDArray[np.int64]
    person: NDArray[np.int32]
    says: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Said:
    """All that people and institutions ever said to one kind of thing, (l,) each.

    `thing` and `person`: places in `things` and in `people` (m and n ids as text); `standing`: whether it is what they say now; `at`,
    `until`: microseconds since 2000, `until` STANDS for no end.
    """

    things: tuple[str, ...]
    people: tuple[str, ...]
    thing: NDArray[np.int32]
    person: NDArray[np.int32]
    says: NDArray[np.int8]
    standing: NDArray[np.bool_]
    at: NDArray[np.int64]
    until: NDArray[np.int64]

    def of(self, things: Mapping[str, str]) -> Lines:
        """What was said to some things, each under the name `things` gives it; those it does not name are left out."""
        ids, where = self._places(things)
        here = where[self.thing] >= 0
        raw = self.voters()[self.person[here]]
        return Lines(ids, where[self.thing[here]], raw, self.at[here], self.until[here], self.says[here])  # fmt: skip

    def now(self, things: Mapping[str, str]) -> "Now":
        """What stands of it."""
        ids, where = self._places(things)
        here = self.standing & (where[self.thing] >= 0)
        return Now(ids, where[self.thing[here]], self.person[here], self.says[here])

    def voters(self) -> NDArray[Any]:
        """The ids in `people`, (n,), as 16 bytes each."""
        return np.array([UUID(one).bytes for one in self.people], dtype="V16")

    def _places(self, things: Mapping[str, str]) -> tuple[list[str], NDArray[np.int64]]:
        """The names `things` gives, sorted, and the place among them of each in `self.things`, -1 where it gives none."""
        ids = sorted(set(things.values()), key=_order)
        place = {name: n for n, name in enumerate(ids)}
        where = (place[things[one]] if one in things else -1 for one in self.things)
        return ids, np.fromiter(where, dtype=np.int64, count=len(self.things))

    def without(self, people: Collection[str]) -> "Said":
        """Without what some people said."""
        out = np.array([person in people for person in self.people], dtype=bool)
        return self._where(~out[self.person]) if people and len(self.person) else self

    def _where(self, s: NDArray[np.bool_]) -> "Said":
        return Said(self.things, self.people, self.thing[s], self.person[s], self.says[s], self.standing[s], self.at[s], self.until[s])  # fmt: skip


def said(folder: Path, table: str, about: str) -> Said:
    """Read endorsements or norm_endorsements; `about`: the column that names what was said something to. AI agents are left out."""
    things, people = _numbers(), _numbers()
    thing, person, says, standing = array("i"), array("i"), array("b"), array("b")
    at, until = array("q"), array("q")
    for batch in batches(folder, table):
        told = [row for _, row in batch if row["respondent_kind"] != AI]
        thing.extend([things[row[about]] for row in told])
        person.extend([people[row["respondent"]] for row in told])
        says.extend([SAYS[row["says"]] for row in told])
        ends = [row["replaced_at"] for row in told]
        standing.extend([row.get("is_standing", end is None) for row, end in zip(told, ends, strict=True)])  # fmt: skip
        at.extend(moments([row["at"] for row in told]))
        ended = iter(moments([end for end in ends if end is not None]))
        until.extend([STANDS if end is None else next(ended) for end in ends])
    return Said(
        tuple(things),
        tuple(people),
        np.frombuffer(thing, dtype=np.int32),
        np.frombuffer(person, dtype=np.int32),
        np.frombuffer(says, dtype=np.int8),
        np.frombuffer(standing, dtype=np.int8).astype(bool),
        np.frombuffer(at, dtype=np.int64),
        np.frombuffer(until, dtype=np.int64),
    )


def moments(texts: list[str]) -> list[int]:
    """Times of the tables, all in UTC, in microseconds since 2000."""
    if not all(text.endswith(UTC) for text in texts):
        return [microseconds(datetime.fromisoformat(text)) for text in texts]
    told = np.array([text[: -len(UTC)] for text in texts], dtype="datetime64[us]")
    found: list[int] = (told - EPOCH).astype(np.int64).tolist()
    return found


def _numbers() -> dict[str, int]:
    """Names as numbers, in the order they are first asked for."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def _order(name: str) -> bytes:
    return UUID(name).bytes
