"""What a token looks like, which roles may do what by one, and whose one is."""

import secrets
from collections.abc import Collection, Mapping
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser

from deliberation.assemblies.models import Assembly, Role, Token

PREFIX = "gw_"  # so that scanners of leaked secrets know one when they see it
BYTES = 32
Kind, Scope = Role.Kind, Token.Scope
MAY: Mapping[str, Collection[str]] = {
    Scope.READ: (Kind.FACILITATOR, Kind.RESEARCHER),
    Scope.EXPORT: (Kind.RESEARCHER,),
    Scope.IMPORT: (Kind.FACILITATOR,),
    Scope.MODERATE: (Kind.FACILITATOR,),
    Scope.PROPOSE: (Kind.FACILITATOR, Kind.RESEARCHER),
    Scope.RELEASE: (Kind.FACILITATOR,),
}


def new_secret() -> str:
    """A token nobody has seen yet."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What the database keeps of it. One round is enough for 256 random bits."""
    return sha256(secret.encode()).hexdigest()


def living(secret: str) -> Token | None:
    """The token somebody shows; None where it opens nothing."""
    found = Token.objects.living().filter(digest=digest(secret))
    return found.select_related("account", "assembly").first()


def scopes_for(assembly: Assembly, account: AbstractBaseUser) -> list[Token.Scope]:
    """What `account` may let a program do here, by the roles it has now."""
    held = set(assembly.roles.filter(user_id=account.pk).values_list("kind", flat=True))
    return [scope for scope in Scope if held & set(MAY[scope])]
