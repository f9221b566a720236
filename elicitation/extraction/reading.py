"""Read one answer: claim it, ask the engine with nothing held open, keep what holds."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from elicitation.extraction import at_work, bell, queries
from elicitation.extraction.actions import readings, spending, together, waiting
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply, Turn, Usage
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import Candidate, Reading
from elicitation.extraction.sifting import sift
from elicitation.interview import queries as threads
from elicitation.interview.models import Revision

log = logging.getLogger(__name__)
AT_ONCE = 8  # places free before more is opened: few transactions instead of many
GATHER = 0.02  # seconds in which replies are gathered


def read(revision_id: UUID, engine: Engine) -> list[Candidate]:
    """Read one revision and return the candidates kept.

    A failure of the engine is written down, never raised: the answer waits for another try or for a person.
    Raises AlreadyClaimed where another has it or it is gone, Outlived where the result could not be kept.
    """
    for revision in queries.to_read([revision_id]):
        engine = _permitted(revision, engine)
        if engine.lane and (until := queries.rests_until(engine.lane)):
            waiting.put_off([revision_id], until)
            return []
        ask = ask_about(revision, engine.window)
        reading = readings.open_reading(revision, engine, ask)
        return [] if reading is None else _read(reading, engine, ask)
    raise AlreadyClaimed


def read_waiting(engine: Engine, first: UUID) -> bool:
    """Read `first` and all else that waits, settings.READING_IN_FLIGHT answers at a time, until nothing is due or the turn is over.

    While many are asked over the network, one thread opens and closes readings, several in a transaction. With a price each
    answer is opened by itself, for its budget's sake. Returns whether the turn ended with more to read.
    """
    bell.heard()
    over, renew = time.monotonic() + settings.READING_TURN, 0.0
    with ThreadPoolExecutor(settings.READING_IN_FLIGHT) as pool:
        running = {pool.submit(engine.propose, ask): (r, ask) for r, ask in _open(engine, [first])}
        while True:
            room = settings.READING_IN_FLIGHT - len(running)
            may_open = time.monotonic() < over and (not running or room >= AT_ONCE)
            if may_open and queries.due().exists():
                for reading, ask in _open(engine, waiting.ring_due(room)):
                    running[pool.submit(engine.propose, ask)] = (reading, ask)
            if not running:
                return time.monotonic() >= over and queries.due().exists()
            if time.monotonic() >= renew:
                together.hold_on([reading for reading, _ in running.values()])
                renew = time.monotonic() + settings.READING_HOLD / 4
            _close(running, engine)


def _read(reading: Reading, engine: Engine, ask: Ask) -> list[Candidate]:
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


def _permitted(revision: Revision, engine: Engine) -> Engine:
    """The engine itself, where its author agreed to where it sends words; else the one that sends none."""
    may = revision.response.respondent.may_be_read_at(at_work.host_of(engine.lane))
    return engine if may else at_work.inside()


def ask_about(revision: Revision, window: int = 0) -> Ask:
    """What the engine is told: one answer, what was asked, what its author said before in the thread; nothing of anyone else.

    With it goes the prompt the inquiry's facilitators put in use, if they did.
    """
    inquiry = revision.response.prompt.inquiry
    return Ask(
        text=revision.text,
        language=revision.language,
        question=threads.question_of(revision),
        contexts=tuple(
            c.said_in(revision.language) for c in inquiry.contexts.all() if c.retired_at is None
        ),
        earlier=tuple(Turn(asked, words.text) for asked, words in threads.before(revision)),
        instructions=next((p.text for p in inquiry.own_prompts.all() if p.is_in_use), ""),
        window=window,
        key=f"{revision.pk}:{revision.reading_request.round}",
    )


def _open(engine: Engine, due: Sequence[UUID]) -> list[tuple[Reading, Ask]]:
    """Readings of those of these answers that can be asked about now. Those whose authors want them to stay here are read here, at once."""
    revisions = queries.to_read(due)
    kept = {one.pk for one in revisions if _permitted(one, engine) is not engine}
    for revision_id in kept:
        read_if_free(revision_id, engine)
    if engine.lane and (until := queries.rests_until(engine.lane)):
        waiting.put_off([one for one in due if one not in kept], until)
        return []
    asks = [(r, ask_about(r, engine.window)) for r in revisions if r.pk not in kept]
    plain = [(revision, ask) for revision, ask in asks if _is_plain(revision, engine, ask)]
    opened = together.open_readings(plain, engine) if plain else []
    for revision, ask in asks:
        if not _is_plain(revision, engine, ask) and (reading := _open_one(revision, engine, ask)):
            opened.append((reading, ask))
    return opened


def _open_one(revision: Revision, engine: Engine, ask: Ask) -> Reading | None:
    try:
        return readings.open_reading(revision, engine, ask)
    except AlreadyClaimed:
        return None


def _is_plain(revision: Revision, engine: Engine, ask: Ask) -> bool:
    """Whether a reading can be opened and closed together with others: no price, no thread, no switch."""
    off = hasattr(revision.response.prompt.inquiry, "reading_switched_off")
    return not (off or ask.earlier or engine.at_most(ask))


def _close(running: dict[Future[Reply], tuple[Reading, Ask]], engine: Engine) -> None:
    """Wait for a reply, and a moment for others, and close them: the plain ones together."""
    wait(running, timeout=settings.READING_HOLD / 8, return_when=FIRST_COMPLETED)
    wait(running, timeout=GATHER)
    done = [future for future in running if future.done()]
    replies = [_result(future, *running.pop(future), engine) for future in done]
    results = [result for result in replies if result]
    try:
        if results:
            together.close_readings(results)
    except DatabaseError:  # one of them cannot be stored: the others must not be lost with it
        log.exception("closing %s readings one by one", len(results))
        for result in results:
            _close_one(result, engine)


def _close_one(result: together.Result, engine: Engine) -> None:
    try:
        readings.close_reading(result.reading, result.reply)
    except Outlived as stopped:
        log.info("%s: %s", stopped.code, result.reading.revision_id)
    except DatabaseError:
        log.exception("a reply that cannot be stored: %s", result.reading.revision_id)
        unstorable = EngineFailure("invalid_schema", "a reply that cannot be stored")
        _fail_if_open(result.reading, unstorable, engine, ask_about(result.reading.revision))


def _result(
    future: Future[Reply], reading: Reading, ask: Ask, engine: Engine
) -> together.Result | None:
    """A reply to be closed with others; None where it was closed here, by itself."""
    try:
        reply = future.result()
        sifted = sift(reply, ask.texts)
        if _is_plain(reading.revision, engine, ask) and not sifted.beneath:
            return together.Result(reading, reply, sifted)
        _keep(reading, reply, engine, ask)
    except EngineFailure as failure:
        _fail_if_open(reading, failure, engine, ask)
    except Outlived as stopped:
        log.info("%s: %s", stopped.code, reading.revision_id)
    except Exception as broken:  # one answer's misfortune must not cost the others their replies
        log.exception("reading %s", reading.revision_id)
        fault = EngineFailure("endpoint_down", type(broken).__name__)
        fault.usage = Usage(unanswered=1)  # what it cost is not known: it counts at its most
        _fail_if_open(reading, fault, engine, ask)
    return None


def _fail_if_open(reading: Reading, failure: EngineFailure, engine: Engine, ask: Ask) -> None:
    try:
        _fail(reading, failure, engine, ask)
    except Outlived as stopped:
        log.info("%s: %s", stopped.code, reading.revision_id)


def _keep(reading: Reading, reply: Reply, engine: Engine, ask: Ask) -> list[Candidate]:
    cost = _cost(engine, ask, reply.usage)
    try:
        return readings.close_reading(reading, reply, cost)
    except Outlived:
        if cost is not None:
            spending.settle(reading.pk, cost)  # nothing is kept, but it was spent
        raise


def _fail(reading: Reading, failure: EngineFailure, engine: Engine, ask: Ask) -> None:
    cost = _cost(engine, ask, failure.usage)
    if failure.code == "rate_limited":
        readings.rest(engine.lane, failure.retry_after)
    try:
        readings.fail_reading(reading, failure, cost)
    except Outlived:
        if cost is not None:
            spending.settle(reading.pk, cost)
        raise


def _cost(engine: Engine, ask: Ask, usage: Usage) -> int | None:
    """What was spent, or None with an engine that has no price."""
    return engine.cost(ask, usage) if engine.at_most(ask) else None
