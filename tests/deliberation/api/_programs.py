"""Programs that come in with a token."""

from django.test import Client

from deliberation.assemblies.actions.tokens import make_token


def program(assembly, account, *scopes, days=30):
    """A client that shows a token of its own."""
    _, secret = make_token(assembly, account, "A program", scopes, days)
    return shows(secret)


def shows(secret):
    return Client(headers={"Authorization": f"Bearer {secret}"})
