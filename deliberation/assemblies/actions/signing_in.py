"""Which browsers an account is signed in with: one comes in, one is sent out; and another password, which sends all others out."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from deliberation.assemblies.devices import Device
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import SignedIn
from deliberation.assemblies.signed_in import HOLDS
from elicitation.record.actions import append, recorded


@recorded
def note_sign_in(account: AbstractBaseUser, device: Device) -> SignedIn:
    """Keep that an account is in with a browser more; it goes with what this returns."""
    one = SignedIn.objects.create(account_id=account.pk, kind=device.kind, browser=device.browser)
    append("signed_in.began")
    return one


@recorded
def end_sign_in(account: AbstractBaseUser, number: int) -> None:
    """Send one browser of this account out. Raises NotHere."""
    ended, _ = SignedIn.objects.filter(account_id=account.pk, pk=number).delete()
    if not ended:
        raise NotHere
    append("signed_in.ended", count=1)


@recorded
def end_other_sign_ins(account: AbstractBaseUser, staying: int | None) -> int:
    """Send every browser of this account out but one. Returns how many."""
    others = SignedIn.objects.filter(account_id=account.pk).exclude(pk=staying or 0)
    ended, _ = others.delete()
    append("signed_in.ended", count=ended)
    return ended


@recorded
def change_password(account: AbstractBaseUser, password: str, staying: int | None) -> None:
    """Let an account sign in by this password from now on. Its other browsers, and links that would sign it in, are void with that."""
    account.set_password(password)
    account.save(update_fields=["password"])
    end_other_sign_ins(account, staying)
    append("password.changed")


@recorded
def forget_old_sign_ins() -> int:
    """Erase what holds no more. Returns how many."""
    erased, _ = SignedIn.objects.filter(since__lt=timezone.now() - HOLDS).delete()
    append("signed_in.old_forgotten", count=erased)
    return erased
