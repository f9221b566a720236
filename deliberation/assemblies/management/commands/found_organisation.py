"""manage.py found_organisation SLUG --name NAME --steward USERNAME --holding ASSEMBLY: an organisation, who looks after it, and what it holds."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.assemblies.actions import organising
from deliberation.assemblies.models import Colleague, Organisation


class Command(BaseCommand):
    help = "Found an organisation, or change the one there is: its name, one more steward, assemblies it takes over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--name")
        parser.add_argument("--steward", action="append", default=[], metavar="USERNAME")
        parser.add_argument("--holding", action="append", default=[], metavar="ASSEMBLY")

    def handle(self, *args: Any, **options: Any) -> None:
        stewards = [terminal.account(one) for one in options["steward"]]
        taken_over = [terminal.named(one) for one in options["holding"]]
        there = self._there(options["slug"], options["name"])
        for account in stewards:
            organising.give_place(there, account, Colleague.Kind.STEWARD)
        for assembly in taken_over:
            if assembly.organisation_id != there.pk:
                organising.take_over(there, assembly)
        people, held = there.colleagues.count(), there.assemblies.count()
        self.stdout.write(f"{there.name} ({there.slug}): people {people}, assemblies {held}.")
        if not there.colleagues.filter(kind=Colleague.Kind.STEWARD).exists():
            self.stdout.write("It has no steward yet: nobody can found assemblies or invite. Add --steward USERNAME.")  # fmt: skip

    def _there(self, slug: str, name: str | None) -> Organisation:
        there = Organisation.objects.filter(slug=slug).first()
        if there is None:
            fits(made := Organisation(slug=slug, name=name or slug))
            return organising.found_organisation(made.slug, made.name)
        if name:
            fits(Organisation(pk=there.pk, slug=slug, name=name))
            organising.rename(there, name)
        return there


def fits(organisation: Organisation) -> None:
    """Raises CommandError where a name is too long, or has what addresses do not take."""
    try:
        organisation.clean_fields()
    except ValidationError as unfit:
        told = "; ".join(f"{name}: {' '.join(said)}" for name, said in unfit.message_dict.items())
        raise CommandError(told) from unfit
