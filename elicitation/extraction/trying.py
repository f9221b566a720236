"""Try a prompt before it is used: each golden answer is read with the prompt in use and with the new one, nothing held open."""

import logging
import time
from dataclasses import replace
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.actions import readings, spending, trying
from elicitation.extraction.actions.asking_keeping import BUSY, SPENT
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply
from elicitation.extraction.errors import AlreadyClaimed, BudgetBusy, Outlived, OverBudget
from elicitation.extraction.models import GoldenAnswer, OwnPrompt, Trial
from elicitation.extraction.trials import Outcome, as_json, sift

log = logging.getLogger(__name__)
SHORTER = 3  # times a model may be asked anew in shorter parts


def try_out(prompt_id: UUID, engine: Engine) -> None:
    """Try a prompt on the golden answers it was not yet tried on, as many as there is time for; the sweep rings for the rest.

    Raises AlreadyClaimed where another has it or it no longer waits, Outlived where a result could not be kept.
    """
    if engine.lane and (until := queries.rests_until(engine.lane)):
        trying.put_off_trial(prompt_id, until)
        return
    prompt = trying.start_trial(prompt_id)
    try:
        _go_through(prompt, engine)
    except EngineFailure as busy:  # it rests for all workers; the trial goes on afterwards
        trying.put_off_trial(prompt_id, readings.rest(engine.lane, busy.retry_after))
    except (OverBudget, BudgetBusy) as refused:  # it goes on once there is money again
        pause = SPENT if isinstance(refused, OverBudget) else BUSY
        trying.put_off_trial(prompt_id, timezone.now() + pause)
    else:
        trying.end_trial(prompt)


def try_if_free(prompt_id: UUID, engine: Engine) -> None:
    """Try a prompt unless somebody is at it already; ringing twice is harmless."""
    try:
        try_out(prompt_id, engine)
    except (AlreadyClaimed, Outlived) as stopped:
        log.info("%s: %s", stopped.code, prompt_id)


def _go_through(prompt: OwnPrompt, engine: Engine) -> None:
    """Read golden answers until all were, there is no more time, or machine reading was switched off.

    Raises EngineFailure where the endpoint wants to rest, OverBudget, BudgetBusy, Outlived.
    """
    over = time.monotonic() + settings.READING_DEADLINE
    for golden in queries.untried(prompt):
        if time.monotonic() > over or queries.is_switched_off(prompt.inquiry_id):
            return
        try:
            trying.keep_trial(_tried(prompt, golden, engine))
        except Outlived:
            if GoldenAnswer.objects.filter(pk=golden.pk).exists():
                raise


def _tried(prompt: OwnPrompt, golden: GoldenAnswer, engine: Engine) -> Trial:
    """What one golden answer becomes with either prompt. Raises EngineFailure where the endpoint wants to rest, OverBudget, BudgetBusy."""
    trial = Trial(prompt=prompt, golden=golden)
    trial.model = queries.reader_named(engine.name, engine.model)
    trial.against = queries.version_in_use(prompt.inquiry_id)
    ask = _ask(golden, queries.instructions_of(prompt.inquiry_id))
    try:
        trial.before = as_json(_outcome(ask, engine, prompt.inquiry_id))
        own = replace(ask, instructions=prompt.text)
        trial.after = as_json(_outcome(own, engine, prompt.inquiry_id))
    except EngineFailure as failure:
        if failure.code == "rate_limited":
            raise
        trial.before, trial.after, trial.failure = {}, {}, failure.code
    return trial


def _ask(golden: GoldenAnswer, instructions: str) -> Ask:
    contexts = (c.said_in(golden.language) for c in golden.inquiry.contexts.standing())
    return Ask(
        golden.text,
        golden.language,
        golden.question,
        contexts=tuple(contexts),
        instructions=instructions,
    )


def _outcome(ask: Ask, engine: Engine, inquiry: UUID) -> Outcome:
    """The cards that would be kept, or why the reply was of no use. Raises EngineFailure where no reply was to be had, OverBudget, BudgetBusy."""
    try:
        return sift(_reply(ask, engine, inquiry), ask.text)
    except EngineFailure as failure:
        if failure.temporary:
            raise
        return Outcome(failure=failure.code)


def _reply(ask: Ask, engine: Engine, inquiry: UUID) -> Reply:
    for _ in range(SHORTER):
        try:
            return _paid(ask, engine, inquiry)
        except EngineFailure as failure:
            if failure.code != "too_long" or not failure.temporary:
                raise
    return _paid(ask, engine, inquiry)


def _paid(ask: Ask, engine: Engine, inquiry: UUID) -> Reply:
    """A reply, paid for from the budgets of the day and the inquiry. Raises EngineFailure, OverBudget, BudgetBusy."""
    at_most = engine.at_most(ask)
    if not at_most:
        return engine.propose(ask)
    work, today = uuid4(), timezone.now().date().isoformat()
    spending.set_apart(work, {"day": today, "inquiry": str(inquiry)}, at_most)
    cost = None  # where nobody knows what it cost, it counts at its most
    try:
        reply = engine.propose(ask)
        cost = engine.cost(ask, reply.usage)
    except EngineFailure as failure:
        cost = engine.cost(ask, failure.usage)
        raise
    finally:
        spending.settle(work, cost)
    return reply
