"""manage.py regroup_values: look at all values now, as every night."""

from typing import Any

from django.core.management.base import BaseCommand

from elicitation.graph.queries import inquiries_with_values
from elicitation.graph.regrouping import regroup_inquiry


class Command(BaseCommand):
    help = "Compare all values of every inquiry and keep what is suggested to be merged or split. Nothing is merged or split by it."

    def handle(self, *args: Any, **options: Any) -> None:
        new = sum(regroup_inquiry(inquiry.pk) for inquiry in inquiries_with_values())
        self.stdout.write(f"{new} new suggestions")
