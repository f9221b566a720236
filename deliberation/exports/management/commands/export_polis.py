"""manage.py export_polis --assembly SLUG --out DIR: conversations as the files that Polis exports, a folder each."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.exports import polis_csv, polis_rows
from deliberation.exports.actions.noting import note_export
from deliberation.exports.whole import Whole
from deliberation.opinion import reading
from elicitation.errors import DomainError


class Command(BaseCommand):
    help = "Write what an assembly weighs, and the conversations brought to it, as the files that Polis exports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--of", type=UUID, metavar="ID", help="one inquiry or conversation")

    def handle(self, *args: Any, **options: Any) -> None:
        assembly, out = terminal.named(options["assembly"]), options["out"]
        told = polis_rows.offered(assembly)
        chosen = [one for one in told if options["of"] in (None, one.pk)]
        if not chosen:
            raise CommandError(f"Nothing in {assembly.slug} has the id {options['of']}.")
        for one in chosen:
            try:
                held = polis_rows.held(assembly, reading.subject(assembly, one.pk))
            except DomainError as refused:
                self.stdout.write(f"{one.pk} {one.name}: not written. {refused}")
                continue
            made = _written(held, out / str(one.pk))
            note_export(assembly, [f"{one.pk}/{file}" for file in made])
            self.stdout.write(f"{one.pk} {one.name}: {', '.join(made)}")


def _written(held: polis_csv.Held, folder: Path) -> list[str]:
    made = polis_csv.files(held)
    for file in made:
        try:
            with Whole(folder / file) as out:
                out.writelines(polis_csv.lines(file, held))
        except OSError as broken:
            raise CommandError(f"{folder} cannot be written: {broken.strerror}.") from broken
    return made
