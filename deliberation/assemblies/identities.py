"""Who somebody is to an issuer of OpenID Connect, and which account that is. Issuer and subject alone tell; an e-mail address never does."""

import re
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User

LONGEST = 60  # letters of a name taken over


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom an issuer vouched for. `name`: what they call themselves there, for a new account's name only."""

    issuer: str
    subject: str
    name: str = ""


def account_of(identity: Identity) -> User | None:
    """The account joined to this identity, if it may still come in."""
    held = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject)
    found = held.filter(user__is_active=True).select_related("user").first()
    return found.user if found else None


def joined(account: User, issuer: str) -> SocialAccount | None:
    """What joins an account to an issuer, or None."""
    return SocialAccount.objects.filter(user=account, provider=issuer).first()


def username_for(name: str) -> str:
    """A name an account may have, near to `name`: letters, digits and @.+-_ alone."""
    return re.sub(r"[^\w.@+-]+", "-", name).strip("-")[:LONGEST] or "colleague"
