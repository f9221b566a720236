"""Try a prompt before it is used: each golden answer is read with the prompt in use and with the new one, nothing held open."""

import logging
import time
from dataclasses import replace
from uuid import UUID

from django.conf import settings

from elicitation.extraction import queries
from elicitation.extraction.actions import readings, trying
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply
from elicitation.extraction.errors import AlreadyClaimed, Outlived
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
        return
    trying.end_trial(prompt)


def try_if_free(prompt_id: UUID, engine: Engine) -> None:
    """Try a prompt unless somebody is at it already; ringing twice is harmless."""
    try:
        try_out(prompt_id, engine)
    except (AlreadyClaimed, Outlived) as stopped:
        log.info("%s: %s", stopped.code, prompt_id)


def _go_through(prompt: OwnPrompt, engine: Engine) -> None:
    """Read golden answers until all were, there is no more time, or machine reading was switched off.

    Raises EngineFailure where the endpoint wants to rest, Outlived.
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
    """What one golden answer becomes with either prompt. Raises EngineFailure where the endpoint wants to rest."""
    trial = Trial(prompt=prompt, golden=golden)
    trial.model = queries.reader_named(engine.name, engine.model)
    trial.against = queries.version_in_use(prompt.inquiry_id)
    ask = _ask(golden, queries.instructions_of(prompt.inquiry_id))
    try:
        trial.before = as_json(_outcome(ask, engine))
        trial.after = as_json(_outcome(replace(ask, instructions=prompt.text), engine))
    except EngineFailure as failure:
        if failure.code == "rate_limited":
            raise
        trial.before, trial.after, trial.failure = {}, {}, failure.code
    return trial


def _ask(golden: GoldenAnswer, instructions: str) -> Ask:
    contexts = (c.said_in(golden.language) for c in golden.inquiry.contexts.all())
    return Ask(
        golden.text,
        golden.language,
        golden.question,
        contexts=tuple(contexts),
        instructions=instructions,
    )


def _outcome(ask: Ask, engine: Engine) -> Outcome:
    """The cards that would be kept, or why the reply was of no use. Raises EngineFailure where no reply was to be had."""
    try:
        return sift(_reply(ask, engine), ask.text)
    except EngineFailure as failure:
        if failure.temporary:
            raise
        return Outcome(failure=failure.code)


def _reply(ask: Ask, engine: Engine) -> Reply:
    for _ in range(SHORTER):
        try:
            return engine.propose(ask)
        except EngineFailure as failure:
            if failure.code != "too_long" or not failure.temporary:
                raise
    return engine.propose(ask)
