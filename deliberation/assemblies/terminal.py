"""What commands share: the assembly, the account, or the organisation somebody names at a terminal."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from deliberation.assemblies.actions.organising import found_organisation
from deliberation.assemblies.models import Assembly, Organisation

FIRST = ("first", "First organisation")


def named(slug: str) -> Assembly:
    """The assembly with this short name. Raises CommandError, which names those there are."""
    if found := Assembly.objects.filter(slug=slug).first():
        return found
    there = ", ".join(Assembly.objects.values_list("slug", flat=True)) or "none yet"
    raise CommandError(f"There is no assembly {slug!r}. There are: {there}.")


def account(username: str) -> User:
    """The account with this name. Raises CommandError."""
    if found := User.objects.filter(username=username).first():
        return found
    raise CommandError(f"There is no account {username!r}.")


def organisation(slug: str | None) -> Organisation:
    """The organisation with this short name; for None the only one that holds more than a sample, or a first one made now.

    Raises CommandError, which names those there are.
    """
    there = list(Organisation.objects.all())
    named = [one for one in there if one.slug == slug]
    own = [one for one in there if not one.assemblies.filter(is_sample=True).exists()]
    if not own and slug is None:
        return found_organisation(*FIRST)
    if found := named if slug is not None else own[: len(own) == 1]:
        return found[0]
    listed = ", ".join(one.slug for one in there) or "none yet"
    told = "Say which organisation" if slug is None else f"There is no organisation {slug!r}"
    raise CommandError(f"{told}: --organisation SLUG. There are: {listed}.")
