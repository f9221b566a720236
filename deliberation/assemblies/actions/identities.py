"""Join an account to an identity somebody else vouches for, and part them."""

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from deliberation.assemblies.actions.staffing import take_up
from deliberation.assemblies.errors import IdentityTaken, NotHere
from deliberation.assemblies.identities import Identity, username_for
from deliberation.assemblies.models import StaffInvitation
from elicitation.record.actions import append, recorded


@recorded
def join_identity(account: User, identity: Identity) -> None:
    """Let whoever proves this identity sign in to `account`. Nothing of it is kept but issuer and subject.

    Raises IdentityTaken where it belongs to an account, or the account has one of this issuer already.
    """
    get_user_model().objects.select_for_update().get(pk=account.pk)
    held = SocialAccount.objects.filter(provider=identity.issuer)
    if held.filter(user=account).exists():
        raise IdentityTaken
    try:
        with transaction.atomic():
            held.create(user=account, provider=identity.issuer, uid=identity.subject)
    except IntegrityError as taken:
        raise IdentityTaken from taken
    append("identity.joined")


@recorded
def part_identity(account: User, issuer: str) -> None:
    """Let the issuer's word sign nobody in to `account` any more. Raises NotHere."""
    parted, _ = SocialAccount.objects.filter(user=account, provider=issuer).delete()
    if not parted:
        raise NotHere
    append("identity.parted")


@recorded
def take_up_by(invited: StaffInvitation, identity: Identity) -> User:
    """Let a new account, joined to `identity`, take up an invitation, and return it. Raises InvitationUsed, IdentityTaken."""
    account = _new_account(username_for(identity.name))
    join_identity(account, identity)
    take_up(invited, account)
    return account


def _new_account(wanted: str) -> User:
    """An account of this name, or of the first like it that is free; it has no password."""
    like = get_user_model().objects.filter(username__istartswith=wanted)
    taken = {name.casefold() for name in like.values_list("username", flat=True)}
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    free = next(name for name in (wanted, *numbered) if name.casefold() not in taken)
    return get_user_model().objects.create_user(free)
