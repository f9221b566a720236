"""Colleagues: invite one to run or study an assembly, take up an invitation, let somebody go."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.assemblies import codes
from deliberation.assemblies.actions.setting_up import give_role
from deliberation.assemblies.errors import InvitationUsed, LastFacilitator, NameTaken, NotHere
from deliberation.assemblies.models import Assembly, Role, StaffInvitation
from elicitation.record.actions import append, recorded

HOLDS = timedelta(days=7)


@recorded
def invite_colleague(assembly: Assembly, name: str, kind: Role.Kind) -> StaffInvitation:
    """Make a link by which one colleague takes up a role; it holds for HOLDS and works once."""
    salt = codes.new_salt()
    code = codes.derive(settings.SECRET_KEY, "colleague", salt)
    invited = StaffInvitation.objects.create(
        assembly=assembly,
        kind=kind,
        name=name,
        salt=salt,
        code_digest=codes.digest(code),
        expires_at=timezone.now() + HOLDS,
    )
    append("colleague.invited", assembly=assembly.slug, invitation=invited.pk, role=str(kind))
    return invited


@recorded
def uninvite(invited: StaffInvitation) -> None:
    """Let nobody take it up any more. What was taken up stays."""
    StaffInvitation.objects.filter(pk=invited.pk, used_at=None).update(expires_at=timezone.now())
    append("colleague.uninvited", invitation=invited.pk)


@recorded
def take_up(invited: StaffInvitation, account: AbstractBaseUser) -> Role:
    """Let `account` take up the role it was invited to. Raises InvitationUsed where somebody has, or it is over."""
    held = StaffInvitation.objects.select_for_update(of=("self",)).get(pk=invited.pk)
    if not held.is_open:
        raise InvitationUsed
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    role = give_role(held.assembly, account, held.kind)
    append("colleague.joined", invitation=held.pk, role=held.kind)
    return role


@recorded
def take_up_anew(invited: StaffInvitation, username: str, password: str) -> Role:
    """The same with an account made for it. Raises InvitationUsed, NameTaken."""
    try:
        with transaction.atomic():
            account = get_user_model().objects.create_user(username, password=password)
    except IntegrityError as taken:
        raise NameTaken from taken
    return take_up(invited, account)


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
