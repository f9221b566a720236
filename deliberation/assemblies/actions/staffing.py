"""Colleagues: invite one to run or study an assembly, or into an organisation; take up an invitation, let somebody go."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.assemblies import codes
from deliberation.assemblies.actions.organising import give_place
from deliberation.assemblies.actions.setting_up import give_role
from deliberation.assemblies.errors import InvitationUsed, LastFacilitator, NameTaken, NotHere
from deliberation.assemblies.models import (
    Assembly,
    Colleague,
    Organisation,
    Role,
    StaffInvitation,
)
from elicitation.record.actions import append, recorded

HOLDS = timedelta(days=7)


@recorded
def invite_colleague(assembly: Assembly, name: str, kind: Role.Kind) -> StaffInvitation:
    """Make a link by which one colleague takes up a role; it holds for HOLDS and works once."""
    invited = _invited(assembly.organisation, assembly, name, kind)
    append("colleague.invited", assembly=assembly.slug, invitation=invited.pk, role=str(kind))
    return invited


@recorded
def invite_into(organisation: Organisation, name: str, kind: Colleague.Kind) -> StaffInvitation:
    """Make such a link to a place in an organisation."""
    invited = _invited(organisation, None, name, kind)
    append(
        "colleague.invited",
        organisation=organisation.slug,
        invitation=invited.pk,
        place=str(kind),
    )
    return invited


@recorded
def uninvite(invited: StaffInvitation) -> None:
    """Let nobody take it up any more. What was taken up stays."""
    StaffInvitation.objects.filter(pk=invited.pk, used_at=None).update(expires_at=timezone.now())
    append("colleague.uninvited", invitation=invited.pk)


@recorded
def take_up(invited: StaffInvitation, account: AbstractBaseUser) -> None:
    """Let `account` take up the role, or the place, it was invited to. Raises InvitationUsed where somebody has, or it is over."""
    held = StaffInvitation.objects.select_for_update(of=("self",)).get(pk=invited.pk)
    if not held.is_open:
        raise InvitationUsed
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    if held.assembly is not None:
        give_role(held.assembly, account, held.kind)
    else:
        give_place(held.organisation, account, Colleague.Kind(held.kind))
    append("colleague.joined", invitation=held.pk, role=held.kind)


@recorded
def take_up_anew(invited: StaffInvitation, username: str, password: str) -> User:
    """The same with an account made for it, which is returned. Raises InvitationUsed, NameTaken."""
    try:
        with transaction.atomic():
            account = User.objects.create_user(username, password=password)
    except IntegrityError as taken:
        raise NameTaken from taken
    take_up(invited, account)
    return account


@recorded
def let_go(assembly: Assembly, role_id: int) -> None:
    """Take a role back from an account. What it decided stays. Raises NotHere, LastFacilitator."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    role = assembly.roles.filter(pk=role_id).first()
    if role is None:
        raise NotHere
    running = assembly.roles.filter(kind=Role.Kind.FACILITATOR)
    if role.kind == Role.Kind.FACILITATOR and running.count() == 1:
        raise LastFacilitator
    role.delete()
    append("role.taken_back", assembly=assembly.slug, role=role.kind)


def _invited(
    organisation: Organisation, assembly: Assembly | None, name: str, kind: str
) -> StaffInvitation:
    salt = codes.new_salt()
    code = codes.derive(settings.SECRET_KEY, "colleague", salt)
    return StaffInvitation.objects.create(
        organisation=organisation,
        assembly=assembly,
        kind=kind,
        name=name,
        salt=salt,
        code_digest=codes.digest(code),
        expires_at=timezone.now() + HOLDS,
    )
