"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class StaleDecision(DomainError):
    code = "stale_decision"
    message = _(
        "Somebody was here before you: this card is now «%(now)s». Nothing was changed by you. Look again, then decide."
    )
    status = 409


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("Please say why, in a sentence its author can read.")
    status = 422


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("There is no decision of yours left to undo.")
    status = 409
