"""manage.py restore FILE: fill an empty database from a backup; what was taken back since stays taken back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from deliberation.exports import restoring
from deliberation.exports.archives import BackupUnfit


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty, migrated database and an empty MEDIA_ROOT, all or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        told = parser.add_mutually_exclusive_group(required=True)
        told.add_argument("--withdrawn", type=Path, metavar="LIST")
        told.add_argument("--nothing-withdrawn", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restoring.restore(options["file"], options["withdrawn"])
        except BackupUnfit as unfit:
            raise CommandError(str(unfit)) from unfit
        except OSError as broken:
            raise CommandError(f"{broken.filename}: {broken.strerror}.") from broken
        except Error as broken:
            raise CommandError(
                f"The database did not take it: {type(broken).__name__}. Nothing was kept."
            ) from broken
        self._tell(done)

    def _tell(self, done: restoring.Restored) -> None:
        self.stdout.write(
            f"Restored as of {done.manifest.made_at}; every table holds what was backed up."
        )
        self.stdout.write(f"Taken back since, and taken back again: {done.withdrawn_again}.")
        if done.until:
            self.stdout.write(
                f"The list goes until {done.until}. What was taken back later is back: ask people to take it back again."
            )
        if done.unread:
            self.stderr.write(f"{done.unread} lines of the list cannot be read.")
        if not done.same_site:
            self.stderr.write(
                "SECRET_KEY is another than that of the backup: receipts and invitations cannot be shown again."
            )
        if done.programs_ended:
            self.stdout.write(
                f"{done.programs_ended} tokens and webhooks ended: make anew those that are still wanted."
            )
        self.stdout.write(
            f"No machine reads ({done.held} inquiries), so that nothing is asked of a model twice. "
            "Next: manage.py audit_record --head FILE, then start the workers, then manage.py resume_reading."
        )
