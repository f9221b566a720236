"""Second factors of an account: set one up, use it, take it away."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session

from deliberation.assemblies.actions import guarding
from deliberation.assemblies.errors import CodeWrong, NotHere
from deliberation.assemblies.guarding import Trying, ensure_may_try
from deliberation.assemblies.models import SignedIn
from deliberation.assemblies.second_factors import FACTORS, Kind, counter_of, plain_digits
from elicitation.record.actions import append, recorded


@recorded
def set_up_app(account: AbstractBaseUser, secret: str, code: str) -> bool:
    """Keep the app that gave `code` of `secret`, instead of any before. Returns whether recovery codes were made too. Raises CodeWrong."""
    _one_at_a_time(account)
    counter = counter_of(secret, code)
    if counter is None:
        raise CodeWrong
    Authenticator.objects.filter(user_id=account.pk, type=Kind.TOTP).delete()
    app = TOTP.activate(account, secret).instance
    app.data["last"] = counter
    app.save()
    append("second_factor.added", of=str(Kind.TOTP))
    return _codes_beside(account)


@recorded
def keep_passkey(account: AbstractBaseUser, name: str, credential: Mapping[str, Any]) -> bool:
    """Keep a passkey whose making was verified. Returns whether recovery codes were made too."""
    _one_at_a_time(account)
    WebAuthn.add(account, name, dict(credential))
    append("second_factor.added", of=str(Kind.WEBAUTHN))
    return _codes_beside(account)


@recorded
def renew_codes(account: AbstractBaseUser) -> None:
    """Make new recovery codes; those before work no more. Raises NotHere where there is nothing they would stand in for."""
    _one_at_a_time(account)
    if not Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists():
        raise NotHere
    Authenticator.objects.filter(user_id=account.pk, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)
    append("second_factor.codes_made")


@recorded
def check_code(account: AbstractBaseUser, code: str, network: str) -> bool:
    """Whether `code` is the app's, later than the last one used, or a recovery code nobody has used; either works once.

    Guesses at an account are looked at one after the other, and counted. Raises TooManyTries.
    """
    _one_at_a_time(account)
    trying = Trying(str(account.pk), network, step="second")
    ensure_may_try(trying)
    used = _fitting(account, plain_digits(code))
    if used is None:
        guarding.note_failure(trying)
        return False
    used.record_usage()
    guarding.forget_failures(trying)
    append("second_factor.used", of=used.type)
    return True


@recorded
def note_passkey(passkey: Authenticator) -> None:
    """Note that a passkey was used, as its signature has shown."""
    passkey.record_usage()
    append("second_factor.used", of=passkey.type)


@recorded
def remove_factor(account: AbstractBaseUser, factor_id: int) -> None:
    """Take an app or a passkey away; with the last of them go the recovery codes. Raises NotHere."""
    _one_at_a_time(account)
    mine = Authenticator.objects.filter(user_id=account.pk)
    found = mine.filter(pk=factor_id, type__in=FACTORS).first()
    if found is None:
        raise NotHere
    found.delete()
    if not mine.filter(type__in=FACTORS).exists():
        mine.delete()
    append("second_factor.removed", of=found.type)


@recorded
def reset_factors(account: AbstractBaseUser) -> tuple[int, int]:
    """Take everything of an account's second factor away and end its sessions. Returns how many of both."""
    _one_at_a_time(account)
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    ended = [
        one.pk
        for one in Session.objects.iterator(chunk_size=1000)
        if one.get_decoded().get(SESSION_KEY) == str(account.pk)
    ]
    Session.objects.filter(pk__in=ended).delete()
    SignedIn.objects.filter(account_id=account.pk).delete()
    append("second_factor.reset", factors=removed, sessions=len(ended))
    return removed, len(ended)


def _one_at_a_time(account: AbstractBaseUser) -> None:
    get_user_model().objects.select_for_update().get(pk=account.pk)


def _codes_beside(account: AbstractBaseUser) -> bool:
    held = Authenticator.objects.filter(user_id=account.pk, type=Kind.RECOVERY_CODES)
    if held.exists():
        return False
    RecoveryCodes.activate(account)
    return True


def _fitting(account: AbstractBaseUser, code: str) -> Authenticator | None:
    held = Authenticator.objects.filter(user_id=account.pk).exclude(type=Kind.WEBAUTHN)
    return next((one for one in held.order_by("-type") if _fits(one, code)), None)


def _fits(one: Authenticator, code: str) -> bool:
    """Whether a code fits, and is used up with that. What the site's key of today does not open fits nothing."""
    try:
        if one.type == Kind.RECOVERY_CODES:
            return bool(one.wrap().validate_code(code))
        counter = counter_of(decrypt(one.data["secret"]), code, after=one.data["last"])
    except InvalidToken:
        return False
    if counter is None:
        return False
    one.data["last"] = counter
    one.save(update_fields=["data"])
    return True
