"""manage.py classify_values IN.csv OUT.csv: which of the 20 value categories each argument appeals to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.extraction import labelling


class Command(BaseCommand):
    help = (
        "Read id, premise, stance, conclusion; write id and 0 or 1 for each of 20 value categories."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="IN.csv")
        parser.add_argument("target", type=Path, metavar="OUT.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = labelling.arguments(options["source"])
            labelling.write(options["target"], rows, labelling.label(rows))
        except labelling.UnreadableTable as broken:
            raise CommandError(str(broken)) from broken
        except OSError as broken:
            raise CommandError(
                f"{options['target']} cannot be written: {broken.strerror}."
            ) from broken
        self.stdout.write(f"{len(rows)} rows written to {options['target']}.")
