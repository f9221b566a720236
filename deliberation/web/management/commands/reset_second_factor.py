"""manage.py reset_second_factor USERNAME: for whoever lost phone and recovery codes; takes their second factor away and ends their sessions."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies.actions.second_factors import reset_factors


class Command(BaseCommand):
    help = "Take an account's second factor away and end its sessions. Make sure first who asks for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        account = get_user_model().objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['username']!r}.")
        factors, sessions = reset_factors(account)
        self.stdout.write(
            f"Taken away: {factors} (app, passkeys, recovery codes). Sessions ended: {sessions}.\n"
            f"They sign in by password, or by: manage.py sign_in_link {account.get_username()}"
        )
