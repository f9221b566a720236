"""What an account proves itself by besides its password: codes of an app, recovery codes, passkeys. What is secret of them is sealed at rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import decimal

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from deliberation.assemblies.sealed import SECOND_FACTORS, seal

Kind = Authenticator.Type
FACTORS = (Kind.TOTP, Kind.WEBAUTHN)  # recovery codes stand in for these, never alone


class Sealed(DefaultMFAAdapter):
    """allauth's adapter: a copy of the database without the site's key tells no secret of an app and no recovery code."""

    def encrypt(self, text: str) -> str:
        return seal(SECOND_FACTORS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises cryptography's InvalidToken where the site's key has changed since."""
        return seal(SECOND_FACTORS).decrypt(encrypted_text.encode()).decode()


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has. `codes_left`: recovery codes nobody has used."""

    app: Authenticator | None
    codes: Authenticator | None
    passkeys: Sequence[Authenticator]

    @property
    def any(self) -> bool:
        """Whether there is a second factor to ask for."""
        return bool(self.app or self.passkeys)

    @property
    def codes_left(self) -> int:
        """How many recovery codes nobody has used; 0 to 10."""
        return 10 - self.codes.data["used_mask"].bit_count() if self.codes else 0


def factors_of(account: AbstractBaseUser) -> Factors:
    """What `account` proves itself by, the oldest passkey first."""
    held = list(Authenticator.objects.filter(user_id=account.pk).order_by("pk"))
    first = {one.type: one for one in reversed(held)}
    passkeys = [one for one in held if one.type == Kind.WEBAUTHN]
    return Factors(first.get(Kind.TOTP), first.get(Kind.RECOVERY_CODES), passkeys)


def asked_of(account: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this account has a second factor, so that it is asked for."""
    held = Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS)
    return account.is_authenticated and held.exists()


def counter_of(secret: str, code: str, after: int = 0) -> int | None:
    """The half minute, counted from 1970, whose code this is (RFC 6238, SHA-1, six digits); None for none later than `after`.

    Codes of the half minute before and after now hold too; digits may be of any script.
    """
    typed = plain_digits(code)
    counters: Iterator[int] = yield_hotp_counters_from_time()
    for counter in counters:
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > after and compare_user_code(actual=typed, expected=expected):
            return counter
    return None


def plain_digits(code: str) -> str:
    """The same with digits as ASCII has them, whatever keyboard they were typed on."""
    return "".join(str(decimal(letter, letter)) for letter in code)
