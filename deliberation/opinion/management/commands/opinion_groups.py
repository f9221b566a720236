"""manage.py opinion_groups DIR: the opinion groups of a Polis export. Needs no database and no server."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.opinion import analysis, telling
from deliberation.opinion.conversation import Conversation
from deliberation.opinion.fingerprint import fingerprint
from deliberation.opinion.gathering import votes_of
from deliberation.opinion.polis_files import read_folder
from deliberation.opinion.polis_tables import PolisFileError

MODES = ("stable", "polis")


class Command(BaseCommand):
    help = (
        "Find the opinion groups of a conversation exported from Polis, and what each stands for. "
        "Neither a database nor a server is needed."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--mode",
            choices=MODES,
            default=MODES[0],
            help="stable: the same whatever the order of people; polis: exactly as Polis has it",
        )
        parser.add_argument("--groups", type=int, help="so many groups instead of the best number")
        parser.add_argument("--seed", type=int, default=0, help="of mode stable")
        parser.add_argument("--json", action="store_true", help="everything, for programs")
        parser.add_argument(
            "--signs-inverted",
            action="store_true",
            help="the files hold agree as -1 (Polis' exports of October 2024)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["groups"] is not None and options["groups"] < 1:
            raise CommandError("--groups: give 1 or more.")
        try:
            found, conversation = _found(options)
        except PolisFileError as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, allow_nan=False))
        else:
            for line in telling.lines(found, conversation):
                self.stdout.write(line)


def _found(options: Mapping[str, Any]) -> tuple[dict[str, Any], Conversation]:
    """Everything that is told. Raises PolisFileError."""
    seconds: dict[str, float] = {}
    mode = import_module(f"deliberation.opinion.{options['mode']}")
    seeded = {"seed": options["seed"]} if options["mode"] == "stable" else {}
    with _timed(seconds, "reading"):
        conversation = read_folder(options["folder"], signs_inverted=options["signs_inverted"])
    hidden = conversation.moderated_out
    with _timed(seconds, "arrays"):
        votes = votes_of(conversation.log)
    with _timed(seconds, "groups"):
        grouping = mode.group(votes, k=options["groups"], moderated_out=hidden, **seeded)
    with _timed(seconds, "statements"):
        said = analysis.analyse(votes, grouping, moderated_out=hidden, meta=conversation.meta)
    found = {
        "rule": options["mode"],
        "version": mode.VERSION,
        **seeded,
        "input_hash": fingerprint(votes, hidden, conversation.meta),
        **telling.about(conversation, votes),
        **analysis.plain_groups(votes, grouping),
        **analysis.plain_statements(votes, said),
        "seconds": seconds,
    }
    return found, conversation


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = perf_counter()
    yield
    seconds[stage] = perf_counter() - start
