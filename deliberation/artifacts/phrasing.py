"""Ask a model for words of a proposed clause: claim, ask with nothing held open, keep what holds. A person reads it before it counts."""

import logging
from uuid import UUID

from deliberation.artifacts import plain
from deliberation.artifacts.actions import phrasings
from deliberation.artifacts.actions.phrasings import Outcome
from deliberation.artifacts.errors import PhrasingClaimed
from deliberation.artifacts.models import Clause, Phrasing
from elicitation.extraction import queries
from elicitation.extraction.actions import readings
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import ClauseAsk, ClauseWriter, EngineFailure
from elicitation.extraction.tongues import other_language
from elicitation.graph.flaws import QUOTES
from elicitation.graph.remembering import said
from elicitation.interview.texts import fault

log = logging.getLogger(__name__)
LONGEST = 600  # code points of a clause


def phrase(phrasing_id: UUID, writer: ClauseWriter) -> bool:
    """Ask for one clause; whether its words were put. A failure of the model is written down, never raised.

    Raises PhrasingClaimed where another is at it or it no longer waits.
    """
    if writer.lane and (until := queries.rests_until(writer.lane)):
        phrasings.put_off(phrasing_id, until)
        return False
    waiting = Phrasing.objects.filter(pk=phrasing_id).select_related("clause__version__artifact")
    for phrasing in waiting:
        ask = ask_about(phrasing.clause)
        who = Who(writer.name, writer.model, writer.prompt_version, writer.at_most(ask))
        opened = phrasings.open_phrasing(phrasing_id, who)
        return opened is not None and _worded(opened, ask, writer)
    raise PhrasingClaimed


def phrase_if_free(phrasing_id: UUID, writer: ClauseWriter) -> None:
    """Ask for one clause unless somebody is at it already; ringing twice is harmless."""
    try:
        phrase(phrasing_id, writer)
    except PhrasingClaimed as stopped:
        log.info("%s: %s", stopped.code, phrasing_id)


def ask_about(clause: Clause) -> ClauseAsk:
    """What the model is told: the values, the rules and what they are for; nothing of anybody."""
    artifact = clause.version.artifact
    values = clause.values.order_by("pk")
    return ClauseAsk(
        values=tuple(
            said(v.title, [*v.policies, *([f"when {v.context}"] if v.context else [])])
            for v in values
        ),
        language=artifact.language,
        kind=str(artifact.kind),
        title=artifact.title,
        rules=tuple(plain.of_norm(norm, norm.language) for norm in clause.norms.order_by("pk")),
    )


def unfit(text: str, ask: ClauseAsk) -> str:
    """Why words are not kept: unstorable, too_long, quotes, wrong_language; "" where nothing stands against them."""
    if fault(text):
        return "unstorable"
    if len(text) > LONGEST:
        return "too_long"
    if QUOTES.search(text):
        return "quotes"
    source = " ".join([*ask.values, *ask.rules, ask.title])
    return "wrong_language" if other_language(text, source, ask.language) else ""


def _worded(phrasing: Phrasing, ask: ClauseAsk, writer: ClauseWriter) -> bool:
    try:
        proposal = writer.word(ask)
    except EngineFailure as failure:
        if failure.code == "rate_limited":
            readings.rest(writer.lane, failure.retry_after)
        spent = writer.cost(ask, failure.usage) if writer.at_most(ask) else None
        phrasings.fail_phrasing(phrasing, failure, spent)
        return False
    cost = writer.cost(ask, proposal.usage) if writer.at_most(ask) else None
    text = proposal.text.strip()
    outcome = Outcome(text, unfit(text, ask), proposal.usage, cost)
    return phrasings.close_phrasing(phrasing, outcome)
