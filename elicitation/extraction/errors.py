"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class AlreadyClaimed(DomainError):
    """Another worker holds the answer, or it no longer waits. Not a fault: the bell rang twice."""

    code = "already_claimed"
    message = _("This answer is being read already.")
    status = 409


class Outlived(DomainError):
    """The reading came back after its lease had passed on, or its words were changed or withdrawn."""

    code = "reading_outlived"
    message = _("This reading came too late and was not kept.")
    status = 409


class CardGone(DomainError):
    code = "card_gone"
    message = _(
        "This card no longer stands, because its answer was changed. Open your answers anew."
    )
    status = 409


class CardReworded(DomainError):
    """Whether a card says what its author cares about is asked of a card as it was read."""

    code = "card_reworded"
    message = _("This card is in your own words by now, so there is nothing to ask about it.")
    status = 409


class NothingToQuote(DomainError):
    code = "nothing_to_quote"
    message = _(
        "These words do not stand in the answer: %(quote)s. Copy them exactly; a card without a quote is not kept."
    )
    status = 422


class CardIncomplete(DomainError):
    code = "card_incomplete"
    message = _("A card needs a title and at least one thing that matters, each with words in it.")
    status = 422


class RuleIncomplete(DomainError):
    code = "rule_incomplete"
    message = _(
        "A rule needs at least what is to be done, and whether it must, must not, may or should."
    )
    status = 422


class OverBudget(DomainError):
    """What the assembly may spend is spent: the answer goes to a person."""

    code = "over_budget"
    message = _("The budget for machine reading is used up. A person can read this answer.")
    status = 409


class BudgetBusy(DomainError):
    """The rest of the budget is set apart for readings under way: the answer waits for them."""

    code = "budget_busy"
    message = _("The rest of the budget is set apart for readings under way.")
    status = 409


class PromptUnchanged(DomainError):
    code = "prompt_unchanged"
    message = _("This is the prompt in use, word for word. Change something, then save.")
    status = 422


class PromptNotTried(DomainError):
    """A prompt is used only once each golden answer was read with it, and there is at least one."""

    code = "prompt_not_tried"
    message = _(
        "This prompt was not tried on every golden answer yet, or there is none. Wait for the trial, try again, or add a golden answer."
    )
    status = 409


class GoldenSetFull(DomainError):
    code = "golden_set_full"
    message = _("There are %(most)s golden answers already. Remove one, then add another.")
    status = 409
