"""manage.py import_polis DIR --assembly SLUG: bring a conversation held on Polis into an assembly."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.opinion.bringing import Folder, bring
from deliberation.opinion.models import Conversation, StatementVote
from deliberation.opinion.polis_tables import PolisFileError
from elicitation.errors import DomainError

NAMED = 10


class Command(BaseCommand):
    help = (
        "Bring a conversation exported from Polis into an assembly, whole or not at all: its statements and every vote. "
        "Numbers in its files that the votes do not bear out are kept as findings."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument("--name", default="", help="its topic, where none is given")
        parser.add_argument("--attribution", default="", help="to stand wherever it is shown")
        parser.add_argument(
            "--inverted",
            action="store_true",
            help="the files hold agree as -1 (Polis' exports of October 2024)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        assembly = terminal.named(options["assembly"])
        folder = Folder(
            options["folder"], options["name"], options["inverted"], options["attribution"]
        )
        try:
            kept = bring(assembly, folder)
        except (PolisFileError, DomainError) as refused:
            raise CommandError(f"{refused} Nothing was kept.") from refused
        self._tell(kept)

    def _tell(self, kept: Conversation) -> None:
        votes = StatementVote.objects.filter(statement__conversation=kept).count()
        self.stdout.write(f"{kept.name}: {kept.statements.count()} statements, {votes} votes.")
        for found in kept.findings[:NAMED]:
            stated, counted = found["stated"], found["counted"]
            self.stdout.write(
                f"  {found['file']}: {found['about']}: {stated} stated, {counted} counted"
            )
        if len(kept.findings) > NAMED:
            self.stdout.write(f"  and {len(kept.findings) - NAMED} more; all are kept with it")
        self.stdout.write(f"Now: manage.py analyse_assembly {kept.assembly.slug}")
