"""Organisations: found one, give somebody a place in it, end it, and let it take over an assembly."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from deliberation.assemblies.errors import (
    LastSteward,
    NobodyElseRuns,
    NotHere,
    OrganisationNameTaken,
)
from deliberation.assemblies.models import Assembly, Colleague, Organisation, Role, StaffInvitation
from elicitation.record.actions import append, recorded


@recorded
def found_organisation(slug: str, name: str) -> Organisation:
    """Make an organisation with nothing and nobody in it. Raises OrganisationNameTaken."""
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(slug=slug, name=name)
    except IntegrityError as taken:
        raise OrganisationNameTaken from taken
    append("organisation.founded", organisation=slug)
    return organisation


@recorded
def rename(organisation: Organisation, name: str) -> None:
    """Call it otherwise; its short name, which is in addresses, stays."""
    organisation.name = name
    organisation.save(update_fields=["name"])
    append("organisation.renamed", organisation=organisation.slug)


@recorded
def give_place(
    organisation: Organisation, account: AbstractBaseUser, kind: Colleague.Kind
) -> Colleague:
    """Let an account belong to an organisation. Who is a steward stays one: a place only rises."""
    _hold(organisation)
    place, new = Colleague.objects.get_or_create(
        organisation=organisation, user_id=account.pk, defaults={"kind": kind}
    )
    if not new and kind == Colleague.Kind.STEWARD:
        place.kind = kind
        place.save(update_fields=["kind"])
    append("place.given", organisation=organisation.slug, place=place.kind)
    return place


@recorded
def end_place(organisation: Organisation, place_id: int) -> None:
    """Let somebody belong to it no more, with all roles in its assemblies. What they decided stays.

    Raises NotHere, LastSteward, and NobodyElseRuns, which names the assemblies somebody else has to run first.
    """
    _hold(organisation)
    place = organisation.colleagues.filter(pk=place_id).first()
    if place is None:
        raise NotHere
    stewards = organisation.colleagues.filter(kind=Colleague.Kind.STEWARD, user__is_active=True)
    if place.kind == Colleague.Kind.STEWARD and not stewards.exclude(pk=place.pk).exists():
        raise LastSteward
    roles = organisation.roles.filter(user=place.user_id)
    _ensure_others_run(organisation, place)
    ended, _ = roles.delete()
    place.delete()
    append("place.ended", organisation=organisation.slug, place=place.kind, roles=ended)


@recorded
def take_over(organisation: Organisation, assembly: Assembly) -> None:
    """Let it hold an assembly another held. Whoever has a role there becomes a member of it; who only belonged to the other sees it no more."""
    for one in sorted((organisation, assembly.organisation), key=lambda one: one.pk):
        _hold(one)
    before = assembly.organisation.slug
    for role in assembly.roles.select_related("user"):
        give_place(organisation, role.user, Colleague.Kind.MEMBER)
    Role.objects.filter(assembly=assembly).update(organisation=organisation)
    StaffInvitation.objects.filter(assembly=assembly).update(organisation=organisation)
    assembly.organisation = organisation
    assembly.save(update_fields=["organisation"])
    append(
        "assembly.taken_over",
        assembly=assembly.slug,
        organisation=organisation.slug,
        before=before,
    )


def _hold(organisation: Organisation) -> None:
    """Nobody else gives or ends places of it until this is over."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _ensure_others_run(organisation: Organisation, place: Colleague) -> None:
    """Raises NobodyElseRuns where an assembly would be left to nobody. Holds those this account runs, so that nobody else leaves them meanwhile."""
    running = Role.objects.filter(kind=Role.Kind.FACILITATOR)
    theirs = running.filter(user=place.user_id).values("assembly")
    held = organisation.assemblies.select_for_update().filter(pk__in=theirs).order_by("pk")
    others = running.exclude(user=place.user_id)
    if alone := [one for one in held if not others.filter(assembly=one).exists()]:
        raise NobodyElseRuns(titles=", ".join(map(str, alone)))
