"""manage.py audit_record [--head FILE]...: whether the whole record is what was sealed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.record.auditing import faults
from elicitation.record.queries import latest_head

MOST = 20  # faults shown


class Command(BaseCommand):
    help = "Check every entry, the stored tree, every head, and heads kept elsewhere against them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", action="append", default=[], type=Path, metavar="FILE")
        parser.add_argument("--key", action="append", default=[], metavar="PUBLIC_KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outside = [file.read_text(encoding="utf-8") for file in options["head"]]
        except OSError as missing:
            raise CommandError(f"{missing.filename}: {missing.strerror}.") from missing
        found = 0
        for found, fault in enumerate(faults(outside, options["key"]), start=1):
            if found <= MOST:
                self.stderr.write(fault)
        if found:
            raise CommandError(f"{found} faults. Stop the workers and keep the database as it is.")
        head = latest_head()
        self.stdout.write(f"All is well: {head.size if head else 0} sealed entries.")
        if not outside:
            self.stdout.write(
                "No head from outside was given, so a record cut or rewritten with its key would look the same."
            )
