"""Read one answer: claim it, ask the engine with nothing held open, keep what holds."""

import logging
from uuid import UUID

from elicitation.extraction import queries
from elicitation.extraction.actions import readings, spending, waiting
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply, Turn
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import Candidate, Reading
from elicitation.interview import queries as threads
from elicitation.interview.models import Revision

log = logging.getLogger(__name__)


def read(revision_id: UUID, engine: Engine) -> list[Candidate]:
    """Read one revision and return the candidates kept.

    A failure of the engine is written down, never raised: the answer waits for another try or for a person.
    Raises AlreadyClaimed where another has it or it is gone, Outlived where the result could not be kept.
    """
    if engine.lane and (until := queries.rests_until(engine.lane)):
        waiting.put_off(revision_id, until)
        return []
    revision = queries.to_read(revision_id)
    ask = ask_about(revision)
    reading = readings.open_reading(revision, engine, ask)
    if reading is None:
        return []
    try:
        return _keep(reading, engine.propose(ask), engine, ask)
    except EngineFailure as failure:
        _fail(reading, failure, engine, ask)
        return []


def read_if_free(revision_id: UUID, engine: Engine) -> None:
    """Read one revision unless somebody has it already; ringing twice is harmless."""
    try:
        read(revision_id, engine)
    except (AlreadyClaimed, Outlived) as stopped:
        log.info("%s: %s", stopped.code, revision_id)


def ask_about(revision: Revision) -> Ask:
    """What the engine is told: one answer, what was asked, what its author said before in the thread; nothing of anyone else.

    With it goes the prompt the inquiry's facilitators put in use, if they did.
    """
    inquiry = revision.response.prompt.inquiry
    return Ask(
        text=revision.text,
        language=revision.language,
        question=threads.question_of(revision),
        contexts=tuple(c.said_in(revision.language) for c in inquiry.contexts.all()),
        earlier=tuple(Turn(asked, words.text) for asked, words in threads.before(revision)),
        instructions=queries.instructions_of(inquiry.pk),
    )


def _keep(reading: Reading, reply: Reply, engine: Engine, ask: Ask) -> list[Candidate]:
    cost = engine.cost(ask, reply.usage)
    try:
        return readings.close_reading(reading, reply, cost)
    except Outlived:
        spending.settle(reading.pk, cost)  # nothing is kept, but it was spent
        raise


def _fail(reading: Reading, failure: EngineFailure, engine: Engine, ask: Ask) -> None:
    cost = engine.cost(ask, failure.usage)
    if failure.code == "rate_limited":
        readings.rest(engine.lane, failure.retry_after)
    try:
        readings.fail_reading(reading, failure, cost)
    except Outlived:
        spending.settle(reading.pk, cost)
        raise
