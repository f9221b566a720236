"""manage.py export --assembly SLUG --out DIR: everything, pseudonymous, one file a table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.exports import building


class Command(BaseCommand):
    help = "Write responses, readings, candidates, quotes, values, decisions and clauses as JSON Lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        assembly = terminal.named(options["assembly"])
        try:
            manifest = building.write(assembly, options["out"])
        except OSError as broken:
            raise CommandError(
                f"{options['out']} cannot be written: {broken.strerror}."
            ) from broken
        for name, file in manifest["files"].items():
            self.stdout.write(f"{file['rows']:>8} {name}")
        for name in manifest["withheld"]:
            self.stdout.write(f"withheld {name}: told once weighing is over")
