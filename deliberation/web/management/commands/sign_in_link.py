"""manage.py sign_in_link USERNAME: a link that signs an account in, for a limited time; with --create a new steward of an organisation."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from deliberation.assemblies import terminal
from deliberation.assemblies.actions.organising import give_place
from deliberation.assemblies.models import Colleague
from deliberation.web.public.links import token_for


class Command(BaseCommand):
    help = "Print a sign-in link for an account; --create makes the account where there is none, a steward of an organisation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--base", default="http://127.0.0.1:8000")
        parser.add_argument("--create", action="store_true")
        parser.add_argument(
            "--organisation",
            metavar="SLUG",
            help="which a new account looks after; may be left out where there is one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = get_user_model().objects
        account = accounts.filter(username=options["username"]).first()
        if account is None and not options["create"]:
            raise CommandError(f"There is no account {options['username']!r}. Add --create.")
        if account is None:
            organisation = terminal.organisation(options["organisation"])
            account = accounts.create_user(options["username"])
            give_place(organisation, account, Colleague.Kind.STEWARD)
        path = reverse("public:sign_in_link", args=[token_for(account)])
        self.stdout.write(f"{options['base']}{path}")
