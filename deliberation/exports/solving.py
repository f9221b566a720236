"""A last look at a release before it is public, from what the files say and not from how they were made: what somebody works out who lays them side by side. Free of Django.

Within a line the told counts are known, and of the hidden ones their sum alone; so a hidden one lies anywhere from nought to that sum, and its move from one
release to another anywhere within the move of the sum, as long as the hidden ones are two or more and the same in every release (decision 0043).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deliberation.exports.disclosure import is_many

Row = Mapping[str, Any]
Line = tuple[str, str, str]  # value, says, stratum
TOLD, EVERYBODY = "told", ""


class StandsOut(Exception):
    """A line would tell of few. `line`: which, without a number."""

    def __init__(self, line: Line) -> None:
        super().__init__(":".join(line))
        self.line = line


def ensure_nobody_stands_out(rows: Iterable[Row], earlier: Iterable[Sequence[Row]]) -> None:
    """Raises StandsOut where a part of few could be worked out of these rows alone, or beside those of any earlier release."""
    now = _lines(rows)
    for line, row in now.items():
        whole = now.get((*line[:2], EVERYBODY))
        if not _is_sound(row) or whole is None or _sum(whole) != _sum(row):
            raise StandsOut(line)
    for before in map(_lines, earlier):
        for line in now.keys() & before.keys():
            if not _moved_by_many(_parts(now[line]), _parts(before[line])):
                raise StandsOut(line)


def _lines(rows: Iterable[Row]) -> dict[Line, Row]:
    return {(row["value"], row["says"], row["stratum"]): row for row in rows if row["state"] == TOLD}  # fmt: skip


def _parts(row: Row) -> dict[tuple[str, ...], int]:
    """What is known to the person: each told count, and the sum of those hidden."""
    parts: dict[tuple[str, ...], int] = {(kind,): number for kind, number in row["counts"].items()}
    return {**parts, ("", *sorted(row["hidden"])): row["rest"]} if row["hidden"] else parts


def _is_sound(row: Row) -> bool:
    return len(row["hidden"]) != 1 and all(map(is_many, _parts(row).values()))


def _moved_by_many(now: Mapping[Any, int], before: Mapping[Any, int]) -> bool:
    return now.keys() == before.keys() and all(is_many(abs(now[one] - before[one])) for one in now)


def _sum(row: Row) -> int:
    return sum(_parts(row).values())
