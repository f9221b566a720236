"""What pages show of the organisations somebody belongs to."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from deliberation.assemblies.models import Assembly, Organisation
from deliberation.assemblies.places import places_of
from deliberation.web.seats import tongue

Titled = list[tuple[Assembly, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An organisation somebody belongs to, with the titles of what they run and study there."""

    organisation: Organisation
    is_steward: bool
    run: Titled
    studied: Titled


def places_shown(account: AbstractBaseUser) -> list[Shown]:
    """Every organisation of an account, each apart from the others."""
    return [
        Shown(place.organisation, place.is_steward, titled(place.run), titled(place.studied))
        for place in places_of(account)
    ]


def titled(assemblies: list[Assembly]) -> Titled:
    """Each with its title in the reader's language."""
    return [(assembly, assembly.titled_in(tongue())) for assembly in assemblies]
