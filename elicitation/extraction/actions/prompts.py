"""An inquiry's own prompt: written, put in use once it was tried, and taken out of use; and the golden answers it is tried on."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.engines.base import Ask, Reply, ValueProposal
from elicitation.extraction.errors import (
    CardIncomplete,
    GoldenSetFull,
    NothingToQuote,
    PromptNotTried,
    PromptUnchanged,
)
from elicitation.extraction.instructions import prompt, version_of
from elicitation.extraction.models import GoldenAnswer, OwnPrompt
from elicitation.extraction.trials import cards_as_json, places, sift
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import Inquiry
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

MOST_GOLDEN = 20
State = OwnPrompt.State


@recorded
def write_prompt(inquiry: Inquiry, text: str) -> OwnPrompt:
    """Keep a new prompt, to be tried; one that was on trial before gives way. Raises UnstorableText, PromptUnchanged."""
    if reason := fault(text):
        raise UnstorableText(fault=reason)
    _hold(inquiry)
    if text.strip() == (queries.instructions_of(inquiry.pk) or prompt("read_answer")).strip():
        raise PromptUnchanged
    OwnPrompt.objects.on_trial().filter(inquiry=inquiry).update(
        state=State.RETIRED, ring_at=None, leased_until=None
    )
    written = OwnPrompt.objects.create(
        inquiry=inquiry,
        text=text,
        version=version_of(text, settings.READING_CRITIQUE),
        ring_at=timezone.now(),
    )
    append("own_prompt.written", prompt=str(written.pk), version=written.version)
    return written


@recorded
def add_golden(inquiry: Inquiry, told: Ask, cards: Sequence[ValueProposal]) -> GoldenAnswer:
    """Add an answer with the cards a person made of it; without any, there is nothing to find in it.

    What is on trial is tried on it, too. Raises UnstorableText, NothingToQuote, CardIncomplete, GoldenSetFull.
    """
    for words in (told.question, told.text):
        if reason := fault(words):
            raise UnstorableText(fault=reason)
    by_hand = _by_hand(told.text, cards)
    _hold(inquiry)
    if GoldenAnswer.objects.filter(inquiry=inquiry).count() >= MOST_GOLDEN:
        raise GoldenSetFull(most=MOST_GOLDEN)
    golden = GoldenAnswer.objects.create(
        inquiry=inquiry,
        question=told.question,
        text=told.text,
        language=told.language,
        cards=by_hand,
    )
    _try_anew(inquiry, State.TRIED)  # a worker under way comes upon it
    append("golden_answer.added", golden=str(golden.pk), cards=len(by_hand))
    return golden


@recorded
def add_golden_card(golden: GoldenAnswer, card: ValueProposal) -> GoldenAnswer:
    """Add one more card a person would make of a golden answer; its trials stand. Raises NothingToQuote, CardIncomplete."""
    by_hand = _by_hand(golden.text, [card])
    _hold(golden.inquiry)
    golden.refresh_from_db()
    GoldenAnswer.objects.filter(pk=golden.pk).update(cards=golden.cards + by_hand)
    append("golden_answer.card_added", golden=str(golden.pk))
    golden.refresh_from_db()
    return golden


@recorded
def remove_golden(golden: GoldenAnswer) -> None:
    """Take an answer out of the golden set, with its trials."""
    _hold(golden.inquiry)
    append("golden_answer.removed", golden=str(golden.pk))
    golden.delete()


@recorded
def use_prompt(tried: OwnPrompt) -> OwnPrompt:
    """Read answers with this prompt from now on. Raises PromptNotTried unless each golden answer was read with it."""
    _hold(tried.inquiry)
    held = OwnPrompt.objects.filter(pk=tried.pk, state=State.TRIED)
    golden = GoldenAnswer.objects.filter(inquiry=tried.inquiry_id)
    failed = queries.trials_that_hold(tried).exclude(failure="")
    if (
        not (held.exists() and golden.exists())
        or queries.untried(tried).exists()
        or failed.exists()
    ):
        raise PromptNotTried
    OwnPrompt.objects.in_use().filter(inquiry=tried.inquiry_id).update(state=State.RETIRED)
    held.update(state=State.IN_USE)
    append("own_prompt.used", prompt=str(tried.pk), version=tried.version)
    tried.refresh_from_db()
    return tried


@recorded
def use_standard_prompt(inquiry: Inquiry) -> None:
    """Read answers with the standard prompt from now on; what is on trial is tried against that one."""
    _hold(inquiry)
    OwnPrompt.objects.in_use().filter(inquiry=inquiry).update(state=State.RETIRED)
    _try_anew(inquiry, State.TRYING, State.TRIED)
    append("own_prompt.standard_used", inquiry=str(inquiry.pk))


@recorded
def try_again(tried: OwnPrompt) -> None:
    """Have the golden answers read once more for which the model was not to be had, or another one read."""
    _hold(tried.inquiry)
    tried.trials.exclude(failure="").delete()
    _try_anew(tried.inquiry, State.TRIED)
    append("own_prompt.tried_again", prompt=str(tried.pk))


def _try_anew(inquiry: Inquiry, *states: str) -> None:
    """Let a worker look at what is on trial, where it is in one of `states`; trials that still hold are not made again."""
    OwnPrompt.objects.filter(inquiry=inquiry, state__in=states).update(
        state=State.DRAFT, ring_at=timezone.now(), leased_until=None
    )


def _hold(inquiry: Inquiry) -> None:
    """One change at a time to an inquiry's prompts and golden answers."""
    list(Inquiry.objects.select_for_update(no_key=True).filter(pk=inquiry.pk))


def _by_hand(text: str, cards: Sequence[ValueProposal]) -> list[dict[str, Any]]:
    """Cards a person made of `text`, as they are stored. Raises NothingToQuote, CardIncomplete."""
    for quote in (q for card in cards for policy in card.policies for q in policy.quotes):
        if not places([quote], text):
            raise NothingToQuote(quote=quote)
    sifted = sift(Reply(tuple(cards)), text)
    if sifted.refused:
        raise CardIncomplete
    return cards_as_json(sifted.cards)
