"""manage.py resume_reading: machines read again what restoring a backup held back."""

from typing import Any

from django.core.management.base import BaseCommand

from deliberation.exports.actions.restoring import let_machines_read


class Command(BaseCommand):
    help = "Switch machine reading on again where restoring a backup switched it off."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Machines read again in {let_machines_read()} inquiries.")
