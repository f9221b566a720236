"""Codes of letters, and what a letter says. Plain text, in the reader's language; no picture, no address of anybody else's, nothing that tells who opened it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from deliberation.assemblies import codes
from deliberation.assemblies.models import Address, Letter
from deliberation.assemblies.sealed import ADDRESSES, opened

YES, NO = "letters-yes", "letters-no"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it goes out. `end`: where it is ended with one request and no sign-in (RFC 8058)."""

    subject: str
    body: str
    end: str


def yes_code(salt: str) -> str:
    """The code by which an address is confirmed."""
    return codes.derive(settings.SECRET_KEY, YES, salt)


def no_code(salt: str) -> str:
    """The code by which it is ended."""
    return codes.derive(settings.SECRET_KEY, NO, salt)


def written(address: Address, letters: Sequence[Letter]) -> Written:
    """One letter that says all of `letters`."""
    assembly = address.membership.assembly
    end = settings.SITE_URL + reverse("public:letters_end", args=[no_code(address.salt)])
    with override(address.language):
        title = assembly.titled_in(address.language)
        kinds = {letter.kind for letter in letters}
        if Letter.Kind.CONFIRM in kinds:
            yes = settings.SITE_URL + reverse("public:letters_yes", args=[yes_code(address.salt)])
            lines = [
                _("Somebody, we think you, asked to be written to about “%(title)s”.") % {"title": title},
                _("If it was you, open this address and press the button:"),
                yes,
                _("If it was not you, do nothing: this address is erased within a week."),
            ]  # fmt: skip
            subject = _("Is this your address?")
        else:
            mine = settings.SITE_URL + reverse("citizen:mine", args=[assembly.slug])
            lines = [*said(kinds), _("Go on here, with the code of your receipt where you are asked for it:"), mine]  # fmt: skip
            subject = title
        lines += [_("To get no more letters, and have this address erased at once:"), end]
    return Written(" ".join(subject.split()), "\n\n".join(lines) + "\n", end)


def said(kinds: set[str]) -> list[str]:
    """What a letter tells, a line each, in the language that is set."""
    lines = {
        Letter.Kind.READ: _("Your answer was read. Whether it was understood, only you can say: it waits for you."),
        Letter.Kind.PHASE: _("Something new is open for you."),
        Letter.Kind.RESULT: _("There are results to look at."),
        Letter.Kind.REMIND: _("You left something unfinished. There is still time for it."),
    }  # fmt: skip
    return [line for kind, line in lines.items() if kind in kinds]


def opened_as(address: Address) -> str:
    """The address itself; "" where the site's key has changed since."""
    kept = opened(ADDRESSES, bytes(address.sealed))
    return kept.decode() if kept else ""
