"""manage.py demo_links: links that sign you in as citizen, facilitator (and another, for two sign a document) and researcher of the sample."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from deliberation.assemblies import gates
from deliberation.assemblies.actions import organising, setting_up
from deliberation.assemblies.models import Assembly, Colleague, Role
from deliberation.web.public.links import token_for


class Command(BaseCommand):
    help = "Print links into a sample assembly. Refuses any assembly that is not a sample."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        assembly = Assembly.objects.filter(is_sample=True).first()
        if assembly is None:
            raise CommandError("There is no sample assembly. Run: manage.py load_sample")
        invitation = assembly.invitations.filter(closed_at=None).last()
        code = gates.invitation_code(invitation) if invitation else None
        if code is None:
            code = gates.invitation_code(setting_up.invite(assembly, "sample"))
        ways = {
            "citizen": reverse("citizen:welcome", args=[code]),
            "facilitator": self._way(assembly, Role.Kind.FACILITATOR),
            "colleague": self._way(assembly, Role.Kind.FACILITATOR, "sample-colleague"),
            "researcher": self._way(assembly, Role.Kind.RESEARCHER),
        }
        for who, path in ways.items():
            self.stdout.write(f"  {who:<12} {options['base']}{path}")

    def _way(self, assembly: Assembly, kind: str, name: str = "") -> str:
        account = self._account(assembly, kind, name or f"sample-{kind}")
        return reverse("public:sign_in_link", args=[token_for(account)])

    def _account(self, assembly: Assembly, kind: str, name: str) -> User:
        """The sample's own account of that role; it has no password, so only a link signs it in."""
        accounts = User.objects
        account = accounts.filter(username=name).first() or accounts.create_user(name)
        setting_up.give_role(assembly, account, kind)
        stewards = assembly.organisation.colleagues.filter(kind=Colleague.Kind.STEWARD)
        if kind == Role.Kind.FACILITATOR and not stewards.exists():
            organising.give_place(assembly.organisation, account, Colleague.Kind.STEWARD)
        return account
