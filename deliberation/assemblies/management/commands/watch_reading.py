"""manage.py watch_reading: a progress bar until no answer waits."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.extraction import queries
from elicitation.extraction.models import ReadingRequest

BAR = 32
LOOK_EVERY = 0.5  # seconds


class Command(BaseCommand):
    help = "Show how far the worker has come with reading, until nothing waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--timeout", type=float, default=600, help="seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        end = time.monotonic() + options["timeout"]
        total = ReadingRequest.objects.count()
        while waiting := queries.waiting().count():
            self._bar(total - waiting, total)
            if time.monotonic() > end:
                raise CommandError(f"{waiting} answers still wait. They are safe; is a worker up?")
            time.sleep(LOOK_EVERY)
        self._bar(total, total)
        counts = queries.counts(ReadingRequest.objects.all())
        said = ", ".join(
            f"{n} {ReadingRequest.State(s).label.lower()}" for s, n in counts.items() if n
        )
        self.stdout.write(f"\n{said or 'no answers yet'}")

    def _bar(self, done: int, total: int) -> None:
        full = BAR * done // max(total, 1)
        self.stdout.write(f"\rReading [{'#' * full}{'.' * (BAR - full)}] {done}/{total}", ending="")
        self.stdout.flush()
