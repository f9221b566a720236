"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ValueGone(DomainError):
    code = "value_gone"
    message = _(
        "Nobody stands behind this value any more. Choose another, or accept the card as new."
    )
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


class NotSuggested(DomainError):
    code = "not_suggested"
    message = _(
        "This suggestion is not open any more: it was answered, or a value has changed since. Nothing was changed by you."
    )
    status = 409
