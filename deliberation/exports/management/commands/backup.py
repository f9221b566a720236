"""manage.py backup OUT: everything in one file, to be restored with manage.py restore."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from deliberation.exports.archives import BackupUnfit
from deliberation.exports.backing_up import back_up


class Command(BaseCommand):
    help = (
        "Write one snapshot of the database and all files into a new archive, whole or not at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = back_up(options["out"])
        except BackupUnfit as unfit:
            raise CommandError(str(unfit)) from unfit
        except OSError as broken:
            raise CommandError(
                f"{options['out']} cannot be written: {broken.strerror}."
            ) from broken
        except Error as broken:
            raise CommandError(f"The database broke off: {type(broken).__name__}.") from broken
        rows = sum(table.rows for table in made.tables.values())
        self.stdout.write(
            f"{rows} rows of {len(made.tables)} tables and {len(made.files)} files are in {options['out']}."
        )
        self.stdout.write(
            "It holds what people wrote and who they are: encrypt it, keep it as long as you must and no longer, "
            "and keep SECRET_KEY, RECORD_KEY and the list of withdrawals elsewhere."
        )
