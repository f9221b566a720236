"""manage.py new_record_key FILE: a signing key for the record, in a file of its own."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from elicitation.record.checkpoint import BadKey, new_signer


class Command(BaseCommand):
    help = "Make the key the record is signed with, and print the public key to verify with."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--origin", default=settings.RECORD_ORIGIN)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            signer = new_signer(options["origin"])
            self._keep(options["file"], signer.line)
        except BadKey as wrong:
            raise CommandError(str(wrong)) from wrong
        except FileExistsError as there:
            raise CommandError(
                f"{options['file']} is there already; nothing was changed."
            ) from there
        except OSError as broken:
            raise CommandError(
                f"{options['file']} cannot be written: {broken.strerror}."
            ) from broken
        self.stderr.write(
            "Keep the file secret and backed up. The public key, to print and hand out:"
        )
        self.stdout.write(signer.verifier.line)

    def _keep(self, file: Path, line: str) -> None:
        """Write a new file only its owner can read; never over another."""
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(line + "\n")
