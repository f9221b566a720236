"""manage.py found_assembly SLUG --title ... --question ...: an assembly from the command line."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

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

    def handle(self, *args: Any, **options: Any) -> None:
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
            assembly = setting_up.found(draft, self._account(options["facilitator"]))
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Founded {assembly.slug}.")

    def _account(self, username: str | None) -> Any:
        if username is None:
            return None
        if account := get_user_model().objects.filter(username=username).first():
            return account
        raise CommandError(f"There is no account {username!r}.")
