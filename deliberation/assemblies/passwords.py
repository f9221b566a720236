"""A password that is nothing but a name anybody here would try first is none."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OURS = "groundwork"


class NotANameOfThisPlace:
    """Refuses the name of the software, of the site and of the account, also with digits and signs around it or twice."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        bare = "".join(letter for letter in password.casefold() if letter.isalpha())
        if bare and any(not bare.replace(word, "") for word in names(user)):
            raise ValidationError(
                _("This is what somebody would try first: a name of this site or of yours."),
                code="password_of_this_place",
            )

    def get_help_text(self) -> str:
        """What Django's forms say beneath the field."""
        return _("Not just the name of this site, or your own.")


def names(user: Any) -> Iterator[str]:
    """The letters of every such name; those of three letters and fewer are no name to guess."""
    hosts = (part for host in settings.ALLOWED_HOSTS for part in host.split("."))
    for name in (OURS, *hosts, user.get_username() if user else ""):
        word = "".join(letter for letter in name.casefold() if letter.isalpha())
        if len(word) > 3:
            yield word
