"""manage.py moral_graph EDGE_VOTES.csv: which values people find wiser, and how sure that is."""

import hashlib
import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.graph.edge_votes import VoteUnreadable, read_votes
from elicitation.graph.formats.own_json import as_document
from elicitation.graph.formats.shape import bare
from elicitation.graph.judgements import Judgements
from elicitation.graph.ranked import Rank, Ranked, Rule
from elicitation.graph.ranking import rank
from elicitation.interview.opening import open_table
from elicitation.interview.tables import TableUnreadable

SHOWN = 20  # rows of the table for people
RESAMPLES = 100


class Command(BaseCommand):
    help = (
        "Rank the values of a table of judgements (columns participant, from_value, to_value, context, judgement). "
        "Neither a database nor a server is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("votes", type=Path)
        parser.add_argument(
            "--rule", choices=[rule.value for rule in Rule], default=Rule.GROUNDWORK.value
        )
        parser.add_argument("--json", action="store_true", help="all of it, for programs")
        parser.add_argument(
            "--resample",
            type=_number,
            default=RESAMPLES,
            metavar="N",
            help="draw the people anew N times to see what stays; 0 leaves it out",
        )
        parser.add_argument("--seed", type=_number, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        path = options["votes"]
        judgements = _read(path)
        ranked = rank(judgements, Rule(options["rule"]), options["seed"], options["resample"])
        if not options["json"]:
            self.stdout.writelines(f"{line}\n" for line in _table(ranked))
            return
        told = as_document(bare(ranked))
        told["input"] = {"file": path.name, "sha256": _digest(path)}
        told["seconds"] = round(time.perf_counter() - began, 3)
        self.stdout.write(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on.")
    return int(text)


def _read(path: Path) -> Judgements:
    """Raises CommandError, which names file, line and column, where the table cannot be used."""
    try:
        return read_votes(open_table(path))
    except VoteUnreadable as broken:
        raise CommandError(f"{path.name}, {broken}") from broken
    except TableUnreadable as broken:
        raise CommandError(str(broken)) from broken
    except OSError as broken:
        raise CommandError(f"{path} cannot be read: {broken.strerror}.") from broken


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table(ranked: Ranked) -> Iterator[str]:
    yield from _opening(ranked)
    for place in ranked.ranking[:SHOWN]:
        yield _line(place)
    if len(ranked.ranking) > SHOWN:
        yield f"... and {len(ranked.ranking) - SHOWN} more; --json shows all."
    for tension in ranked.tensions:
        yield f"In tension, unresolved, {tension.context}: {', '.join(map(str, tension.values))}"
    for won in ranked.winners:
        yield f"Ahead, {won.context}: {won.value} (over {won.over})"
    if steady := ranked.stability:
        yield (
            f"Other people of the same kind, drawn {steady.resamples} times: transitions overlap by {steady.overlap:.2f}, "
            f"{steady.top_kept:.1f} of the first {steady.top} stay."
        )


def _opening(ranked: Ranked) -> Iterator[str]:
    yield f"{ranked.judgements} judgements of {ranked.people} people, rule {ranked.rule_version}."
    yield f"{len(ranked.edges)} transitions stay."
    if effect := ranked.direction_effect:
        source = "learnt here" if effect.estimated else "taken from the prior"
        yield f"Yes-bias of the question: {effect.mean:.2f} (log odds, spread {effect.spread:.2f}), {source}."
        if effect.accepted_both is not None:
            yield (
                f"At least {effect.accepted_both:.0%} say yes whichever way they are asked "
                f"({effect.transitions} well tested, {effect.answers} answers)."
            )


def _line(place: Rank) -> str:
    span = str(place.best) if place.best == place.worst else f"{place.best} to {place.worst}"
    height = "" if place.height is None else f"  height {place.height:+.2f}"
    return f"{span:>10}  {place.value}{height}  PageRank {place.pagerank:.4f}"
