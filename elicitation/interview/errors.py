"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class UnstorableText(DomainError):
    code = "unstorable_text"
    message = _(
        "These words cannot be kept as they are (%(fault)s). Nothing was lost: change them and send again."
    )
    status = 422


class OtherWordsSameKey(DomainError):
    code = "other_words_same_key"
    message = _("This was already received with other words. Open your answers to change it.")
    status = 422


class AlreadyAnswered(DomainError):
    code = "already_answered"
    message = _("You have answered this before. Open your answers to change it.")
    status = 409


class AlreadyWithdrawn(DomainError):
    code = "already_withdrawn"
    message = _("This answer was withdrawn; its words are gone and cannot be changed.")
    status = 409


class InquiryIncomplete(DomainError):
    code = "inquiry_incomplete"
    message = _("A question needs at least one language and one prompt with words in it.")
    status = 422


class FollowUpGone(DomainError):
    code = "follow_up_gone"
    message = _(
        "This question was answered or put aside, or its answer was changed. Nothing was lost."
    )
    status = 409
