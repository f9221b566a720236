"""manage.py dead_letters [--assembly SLUG] [--requeue]: what gave up after its tries, and trying it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from deliberation.artifacts.actions import requeueing
from deliberation.artifacts.dead_letters import Pile, letters, piles
from deliberation.assemblies import terminal
from deliberation.assemblies.models import Assembly


class Command(BaseCommand):
    help = "List the work that gave up after its tries, by assembly, kind and failure; with --requeue, try all of it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assembly", metavar="SLUG", help="of this one alone")
        parser.add_argument("--requeue", action="store_true", help="try all that is listed again")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["assembly"]
        assemblies = [terminal.named(slug)] if slug else list(Assembly.objects.all())
        found = [(one, pile) for one in assemblies for pile in piles(letters(one))]
        for assembly, pile in found:
            self.stdout.write(_told(assembly, pile))
            if options["requeue"]:
                keys = [letter.key for letter in pile.letters]
                number = requeueing.try_again(assembly, pile.work, keys)
                self.stdout.write(f"  {number} tried again")
        if not found:
            self.stdout.write("Nothing gave up.")


def _told(assembly: Assembly, pile: Pile) -> str:
    since = pile.since.isoformat(timespec="seconds")
    return f"{assembly.slug} {pile.work.value} {pile.failure}: {len(pile.letters)}, the oldest since {since}, tried up to {pile.tries} times"
