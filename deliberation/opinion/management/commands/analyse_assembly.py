"""manage.py analyse_assembly SLUG: compute an assembly's results now."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.assemblies.models import Assembly
from deliberation.opinion import analysing
from deliberation.opinion.models import Analysis
from deliberation.opinion.snapshots import Subject
from elicitation.errors import DomainError


class Command(BaseCommand):
    help = (
        "Compute the results of an assembly now: of its questions and of the conversations brought to it. "
        "The worker does so by itself when votes come in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        assembly = terminal.named(options["slug"])
        for subject in _subjects(assembly):
            self.stdout.write(f"{subject}")
            try:
                results = analysing.analyse(subject)
            except DomainError as refused:
                raise CommandError(str(refused)) from refused
            for result in results:
                self.stdout.write(f"  {_told(result)}")


def _subjects(assembly: Assembly) -> Iterator[Subject]:
    yield from assembly.inquiries.order_by("agenda_item__position")
    yield from assembly.conversations.all()


def _told(result: Analysis) -> str:
    by = f"rule {result.rule} {result.rule_version}, {result.seconds:.2f} s"
    if result.kind != Analysis.Kind.GROUPS:
        return f"{result.get_kind_display()}: {len(result.result['edges'])} transitions, {by}"
    counts, sizes = result.result["counts"], [g["size"] for g in result.result["groups"]]
    told = f"{counts['people']} people, {counts['statements']} statements, {counts['votes']} votes"
    return f"{result.get_kind_display()}: {told}; groups of {sizes or 'nobody'}; {by}"
