"""manage.py match_texts LEFT RIGHT OUT: how likely each pair of texts says the same."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.graph import matching
from elicitation.graph.matching import Kind, Texts
from elicitation.interview.opening import open_table
from elicitation.interview.tables import BadRow, Table, TableUnreadable

NEEDED = ("id", "text")
BLOCK = 256  # left texts held at a time

Pair = tuple[str, str]  # id, text


class Command(BaseCommand):
    help = (
        "Score every pair of a text of LEFT and a text of RIGHT (CSV with the columns id and text), from 0 to 1. "
        "Neither a database nor a server is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", type=Path)
        parser.add_argument("right", type=Path)
        parser.add_argument("out", type=Path)
        parser.add_argument(
            "--kind",
            choices=[kind.value for kind in Kind],
            default=Kind.POINT.value,
            help="point: the one makes the other's point; value: both speak of one value",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind, out = Kind(options["kind"]), options["out"]
        left, right = _sound(options["left"]), _sound(options["right"])
        unfinished = out.with_name(f"{out.name}.unfinished")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                number = _write(csv.writer(file), left, right, kind)
            unfinished.replace(out)
        except OSError as broken:
            raise CommandError(f"{out} cannot be written: {broken.strerror}.") from broken
        finally:
            unfinished.unlink(missing_ok=True)
        limit = matching.same_from(kind)
        self.stdout.write(f"{number} pairs. From {limit:.3f} on, ask people if it is the same.")


def _sound(path: Path) -> Table:
    """The table at `path`. Raises CommandError, and names the line, where a part of it cannot be used."""
    try:
        table = open_table(path)
        if missing := [name for name in NEEDED if name not in table.columns]:
            there = ", ".join(table.columns)
            raise CommandError(f"{path.name} has no column {missing[0]!r}. There are: {there}.")
        _ensure_ids(path, table)
    except TableUnreadable as broken:
        raise CommandError(str(broken)) from broken
    except OSError as broken:
        raise CommandError(f"{path} cannot be read: {broken.strerror}.") from broken
    return table


def _ensure_ids(path: Path, table: Table) -> None:
    seen: dict[str, int] = {}
    for row in table.rows():
        if isinstance(row, BadRow):
            raise CommandError(f"{path.name}, line {row.line}: {row.why}")
        if not any(row.cells.values()):
            continue
        name = row.cells["id"]
        if not name:
            raise CommandError(f"{path.name}, line {row.line}: the id is empty. Give it one.")
        if name in seen:
            raise CommandError(
                f"{path.name}, line {row.line}: the id {name!r} stands on line {seen[name]} already."
            )
        seen[name] = row.line


def _pairs(table: Table) -> Iterator[Pair]:
    for row in table.rows():
        if not isinstance(row, BadRow) and any(row.cells.values()):
            yield row.cells["id"], row.cells["text"]


def _write(writer: Any, left: Table, right: Table, kind: Kind) -> int:
    """All pairs, left by left; returns how many. Holds all of `right` and a block of `left`."""
    writer.writerow(["left", "right", "score"])
    others = list(_pairs(right))
    ready = matching.read([text for _, text in others])
    names, number = [name for name, _ in others], 0
    for block in _blocks(left):
        for (name, _), found in zip(block, _scores(block, ready, kind), strict=True):
            writer.writerows(
                (name, other, f"{s:.6f}") for other, s in zip(names, found, strict=True)
            )
            number += len(names)
    return number


def _scores(block: list[Pair], right: Texts, kind: Kind) -> list[list[float]]:
    found: list[list[float]] = matching.scores(
        matching.read([text for _, text in block], right.vectors), right, kind
    ).tolist()
    return found


def _blocks(table: Table) -> Iterator[list[Pair]]:
    waiting = _pairs(table)
    while block := list(islice(waiting, BLOCK)):
        yield block
