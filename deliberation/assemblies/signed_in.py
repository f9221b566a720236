"""With which browsers an account is signed in, and for how long that holds."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from deliberation.assemblies.models import SignedIn

HOLDS = timedelta(days=7)  # then staff signs in anew, however busy the browser was


def browsers_of(account: AbstractBaseUser) -> QuerySet[SignedIn]:
    """The browsers an account is signed in with now, the newest first."""
    return SignedIn.objects.filter(account_id=account.pk, since__gt=timezone.now() - HOLDS)


def is_signed_in(account: AbstractBaseUser, number: int) -> bool:
    """Whether the browser that was let in as `number` still is."""
    return browsers_of(account).filter(pk=number).exists()
