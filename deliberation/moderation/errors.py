"""Refusals of this room."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from deliberation.moderation.models import Decision
from elicitation.errors import DomainError


class StaleDecision(DomainError):
    code = "stale_decision"
    message = _(
        "Somebody was here before you. It is now: %(now)s. Nothing was changed by you, and your words are kept. Look again, then decide."
    )
    status = 409


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("Please say why, in a sentence its author can read.")
    status = 422


class UndoFirst(DomainError):
    """`later`: the decisions that depend on it, newest first."""

    code = "undo_first"
    message = _(
        "%(n)s later decisions rest on this one: %(which)s. Undo those first, or all of them together."
    )
    status = 409

    def __init__(self, later: Sequence[Decision]) -> None:
        self.later = later
        super().__init__(n=len(later), which="; ".join(str(d.get_kind_display()) for d in later))


class HeldByOther(DomainError):
    code = "held_by_other"
    message = _(
        "%(who)s works on this now. Nothing was changed by you, and your words are kept. Take it over knowingly, or choose another."
    )
    status = 409


class NotOpened(DomainError):
    code = "not_opened"
    message = _("Open it first: only what you have read as it stands can be accepted together.")
    status = 409


class SuggestionMoved(DomainError):
    code = "suggestion_moved"
    message = _("What is suggested of it has changed since you saw the list. Open it, then decide.")
    status = 409


class MeaningGone(DomainError):
    code = "meaning_gone"
    message = _(
        "This is not asked any more: the value has changed since, or the card stands elsewhere. Look again at what is asked now."
    )
    status = 409


class AppealGone(DomainError):
    code = "appeal_gone"
    message = _(
        "This was answered already, or the decision was undone meanwhile. Nothing was changed by you. Look again."
    )
    status = 409


class OwnDecision(DomainError):
    code = "own_decision"
    message = _(
        "This is about a decision of your own. Somebody else who moderates here answers it."
    )
    status = 409


class ValueUnchosen(DomainError):
    code = "value_unchosen"
    message = _("Choose the value this card belongs to.")
    status = 422


class ShareUnfit(DomainError):
    code = "share_unfit"
    message = _("The share of cases asked of a second moderator is a whole number from 0 to 100.")
    status = 422


class ReasonsFixed(DomainError):
    code = "reasons_fixed"
    message = _(
        "Answering has begun, and people rely on the reasons they were shown. They cannot be changed any more."
    )
    status = 409


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("There is no such decision left to undo: it was undone already, or there was none.")
    status = 409


class ProposalsClosed(DomainError):
    code = "proposals_closed"
    message = _("This assembly does not let AI systems propose. Whoever runs it can, on the page of proposals by AI.")  # fmt: skip
    status = 403


class ProposalsFull(DomainError):
    code = "proposals_full"
    message = _("As many proposals by AI systems as one assembly takes are there, or wait. Nothing was kept. Wait until some were decided on.")  # fmt: skip
    status = 409


class ProposalUnfit(DomainError):
    """`field`: where it does not fit."""

    code = "proposal_unfit"
    message = _("This cannot be proposed as it is: look at %(field)s. A value has a short title and one to seven policies; a rule says who must, must not, may or should do what; each in one line.")  # fmt: skip
    status = 422


class QuotingProposal(DomainError):
    """`field`: where words are quoted."""

    code = "proposal_quotes"
    message = _("A machine quotes nobody: leave out the quotation marks in %(field)s.")
    status = 422
