"""manage.py prepare_lots: compute the lotteries that wait, for as long as it takes, where a worker's time is too short."""

from typing import Any

from django.core.management.base import BaseCommand

from deliberation.assemblies import preparing


class Command(BaseCommand):
    help = "Compute the lotteries that wait, without a worker's limit of time. Needs requirements-sortition.txt."

    def handle(self, *args: Any, **options: Any) -> None:
        for lot in preparing.for_a_command():
            preparing.prepare_if_due(lot.pk, longest=None)
            lot.refresh_from_db()
            self.stdout.write(f"{lot.pk} {lot.state} {lot.failure}".rstrip())
