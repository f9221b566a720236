"""Keys for programs: make one, end one, note that one was used."""

from collections.abc import Collection
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from deliberation.assemblies import tokens
from deliberation.assemblies.errors import ScopeBeyondRole
from deliberation.assemblies.models import Assembly, Token
from elicitation.record.actions import append, recorded


@recorded
def make_token(
    assembly: Assembly, account: AbstractBaseUser, name: str, scopes: Collection[str], days: int
) -> tuple[Token, str]:
    """Let a program in for so many days. Returns its token with the secret, which is kept nowhere. Raises ScopeBeyondRole."""
    if not set(scopes) <= set(tokens.scopes_for(assembly, account)):
        raise ScopeBeyondRole
    secret = tokens.new_secret()
    made = Token.objects.create(
        assembly=assembly,
        account_id=account.pk,
        name=name,
        digest=tokens.digest(secret),
        scopes=sorted(scopes),
        expires_at=timezone.now() + timedelta(days=days),
    )
    append("token.made", assembly=assembly.slug, token=made.pk, scopes=made.scopes)
    return made, secret


@recorded
def end_token(token: Token) -> None:
    """Let nobody in with it any more."""
    Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now())
    append("token.ended", token=token.pk)


@recorded
def note_use(token: Token, on: date) -> None:
    """Note the day a token was used; once a day, however often it is."""
    Token.objects.filter(pk=token.pk).exclude(last_used_on=on).update(last_used_on=on)
    append("token.used", token=token.pk)
