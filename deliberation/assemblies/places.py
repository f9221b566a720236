"""Where an account belongs, and what of each organisation it may see: what it runs and studies there; stewards see who and what there is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from deliberation.assemblies.models import Assembly, Colleague, Organisation, Role

Account = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Place:
    """An account's place in an organisation."""

    organisation: Organisation
    is_steward: bool
    run: list[Assembly] = field(default_factory=list)
    studied: list[Assembly] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Held:
    """An assembly as its organisation's stewards see it: who runs it, and whether the one who asks does."""

    assembly: Assembly
    run_by: list[str]
    is_mine: bool


def stewarded(account: Account) -> QuerySet[Organisation]:
    """The organisations an account is a steward of."""
    if not account.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(
        colleagues__user_id=account.pk, colleagues__kind=Colleague.Kind.STEWARD
    )


def places_of(account: AbstractBaseUser) -> list[Place]:
    """Every organisation an account belongs to, each with what it runs and studies there."""
    places = Colleague.objects.filter(user_id=account.pk).select_related("organisation")
    found = {
        place.organisation_id: Place(place.organisation, place.kind == Colleague.Kind.STEWARD)
        for place in places.order_by("organisation__name", "organisation_id")
    }
    roles = Role.objects.filter(user_id=account.pk).select_related("assembly")
    for role in roles.order_by("assembly__created_at", "assembly_id"):
        here = found[role.organisation_id]
        runs = role.kind == Role.Kind.FACILITATOR
        (here.run if runs else here.studied).append(role.assembly)
    return list(found.values())


def is_alone(organisation: Organisation) -> bool:
    """Whether this is the only organisation of the site, so that what all of it did tells nothing of others."""
    return not Organisation.objects.exclude(pk=organisation.pk).exists()


def people_of(organisation: Organisation) -> list[tuple[Colleague, list[Role]]]:
    """Who belongs to an organisation, by name, each with their roles in its assemblies."""
    roles: Mapping[int, list[Role]] = defaultdict(list)
    for role in organisation.roles.select_related("assembly").order_by("kind", "assembly_id"):
        roles[role.user_id].append(role)
    there = organisation.colleagues.select_related("user").order_by("user__username")
    return [(place, roles[place.user_id]) for place in there]


def assemblies_of(organisation: Organisation, account: Account) -> list[Held]:
    """The assemblies of an organisation, each with who runs it."""
    running: Mapping[int, list[Role]] = defaultdict(list)
    roles = organisation.roles.filter(kind=Role.Kind.FACILITATOR).select_related("user")
    for role in roles.order_by("user__username"):
        running[role.assembly_id].append(role)
    return [
        Held(
            assembly,
            [role.user.get_username() for role in running[assembly.pk]],
            any(role.user_id == account.pk for role in running[assembly.pk]),
        )
        for assembly in organisation.assemblies.all()
    ]
