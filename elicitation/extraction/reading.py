"""Read one answer: claim it, ask the engine with nothing held open, keep what holds."""

import logging
from uuid import UUID

from elicitation.extraction.actions import readings
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import Candidate
from elicitation.interview.models import Revision

log = logging.getLogger(__name__)


def read(revision_id: UUID, engine: Engine) -> list[Candidate]:
    """Read one revision and return the candidates kept.

    A failure of the engine is written down, never raised: the answer waits for another try or for a person.
    Raises AlreadyClaimed where another has it, Outlived where the result could not be kept.
    """
    reading = readings.open_reading(revision_id, engine)
    try:
        reply = engine.propose(ask_about(reading.revision))
    except EngineFailure as failure:
        readings.fail_reading(reading, failure)
        return []
    return readings.close_reading(reading, reply)


def read_if_free(revision_id: UUID, engine: Engine) -> None:
    """Read one revision unless somebody has it already; ringing twice is harmless."""
    try:
        read(revision_id, engine)
    except (AlreadyClaimed, Outlived) as stopped:
        log.info("%s: %s", stopped.code, revision_id)


def ask_about(revision: Revision) -> Ask:
    """What the engine is told: one answer, what was asked, and nothing of anyone else."""
    prompt = revision.response.prompt
    return Ask(
        text=revision.text,
        language=revision.language,
        question=prompt.asked_in(revision.language),
        contexts=tuple(c.said_in(revision.language) for c in prompt.inquiry.contexts.all()),
    )
