"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ValueGone(DomainError):
    code = "value_gone"
    message = _("Nobody stands behind this value any more. Leave it, and go on with another.")
    status = 409


class OtherInquiry(DomainError):
    code = "other_inquiry"
    message = _("This card and this value answer different questions and cannot become one.")
    status = 409


class ValueInUse(DomainError):
    code = "value_in_use"
    message = _("A clause rests on this value. Take the value out of the clause first, then undo.")
    status = 409


class ValueShared(DomainError):
    code = "value_shared"
    message = _("Other cards have joined this value since. Undo those decisions first.")
    status = 409


class OwnValue(DomainError):
    code = "own_value"
    message = _("Your own words stand behind this value. It is for others to say what they think.")
    status = 409


class ValueWeighed(DomainError):
    code = "value_weighed"
    message = _(
        "People have said already what they think of this value, and that is not thrown away. It can no longer be undone."
    )
    status = 409
