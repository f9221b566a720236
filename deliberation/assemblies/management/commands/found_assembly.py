"""manage.py found_assembly SLUG --title ... --question ...: an assembly from the command line."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from deliberation.assemblies import terminal
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Phase
from elicitation.errors import DomainError
from elicitation.interview.drafts import InquiryDraft, PromptDraft


class Command(BaseCommand):
    help = (
        "Found an assembly, open for answers from now on. Questions can also come with an import."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--title", required=True)
        parser.add_argument("--question", action="append", default=[])
        parser.add_argument("--language", default="en")
        parser.add_argument("--days", type=int, default=30, help="how long answers are taken")
        parser.add_argument("--facilitator", metavar="USERNAME", help="an account that is there")
        parser.add_argument(
            "--organisation",
            metavar="SLUG",
            help="which holds it; may be left out where there is one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        facilitator = terminal.account(named) if (named := options["facilitator"]) else None
        organisation = terminal.organisation(options["organisation"])
        tag, now = options["language"], timezone.now()
        phase = (now, now + timedelta(days=options["days"]))
        inquiries = tuple(
            InquiryDraft({tag: q}, (tag,), (PromptDraft({tag: q}),)) for q in options["question"]
        )
        draft = AssemblyDraft(
            slug=options["slug"],
            title={tag: options["title"]},
            welcome={},
            consent={},
            languages=(tag,),
            zone="UTC",
            inquiries=inquiries,
            phases={Phase.Kind.ANSWERING: phase},
        )
        try:
            assembly = setting_up.found(draft, facilitator, organisation)
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Founded {assembly.slug}.")
