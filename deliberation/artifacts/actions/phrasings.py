"""Ask a model for words of proposed clauses: put them on the list, claim one, keep what it said or why it said nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from deliberation.artifacts import chores
from deliberation.artifacts.actions.keeping import keep_wording, touch
from deliberation.artifacts.errors import PhrasingClaimed
from deliberation.artifacts.models import Clause, Phrasing
from elicitation.extraction.actions import asking_keeping
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.record.actions import append, recorded, recorded_at_once

State = Phrasing.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking: words, or why they are not kept, and what it took. `cost`: None where none was set apart."""

    text: str
    refused: str
    usage: Usage
    cost: int | None


@recorded
def request(clauses: Iterable[Clause]) -> int:
    """Put proposed clauses on the list a model is asked about. Returns how many."""
    now = timezone.now()
    wanted = [Phrasing(clause=clause, edits=clause.edits, ring_at=now) for clause in clauses]
    Phrasing.objects.bulk_create(wanted)
    append("phrasings.requested", clauses=[str(one.clause_id) for one in wanted])
    return len(wanted)


@recorded
def ring(most: int) -> list[UUID]:
    """Take up to `most` that are due, and put off their next ring. Returns their ids. One tried too often ends as failed."""
    ids, lost = asking_keeping.ring(chores.phrasings_due(), most)
    append("phrasings.rung", count=len(ids), lost=[str(pk) for pk in lost])
    return ids


@recorded_at_once
def open_phrasing(phrasing_id: UUID, writer: Who) -> Phrasing | None:
    """Claim one and set apart what it may cost. None where there is no money now: it waits. Raises PhrasingClaimed."""
    if not asking_keeping.claim(Phrasing, phrasing_id, writer):
        raise PhrasingClaimed
    append("phrasing.opened", phrasing=str(phrasing_id), by=writer.engine)
    opened = Phrasing.objects.select_related("clause").get(pk=phrasing_id)
    inquiry = opened.clause.values.values_list("inquiry", flat=True).first()
    there = not writer.at_most or asking_keeping.set_apart(opened, inquiry, writer.at_most)
    return opened if there else None


@recorded_at_once
def close_phrasing(phrasing: Phrasing, outcome: Outcome) -> bool:
    """Put the model's words in the clause, labelled as its own; not where a person has touched it since, or the words are unfit.

    Returns whether they were. Raises PhrasingClaimed where the worker was too slow and another took over.
    """
    _ensure_held(phrasing)
    held = Clause.objects.select_for_update(of=("self",)).select_related("version__artifact")
    clause = held.get(pk=phrasing.clause_id)
    version = clause.version
    is_draft = version.published_at is None and version.frozen_at is None
    untouched = is_draft and clause.is_unread and clause.edits == phrasing.edits
    put = untouched and not outcome.refused
    if put:
        clause.text, clause.origin, clause.edits = outcome.text, Clause.Origin.MODEL, clause.edits + 1  # fmt: skip
        clause.save(update_fields=["text", "origin", "edits"])
        keep_wording(clause, None)
        touch(version)
    ended = {"state": State.FAILED, "failure": outcome.refused} if outcome.refused else {"state": State.DONE}  # fmt: skip
    asking_keeping.end(phrasing, outcome.usage, outcome.cost, **ended)
    append("phrasing.closed", phrasing=str(phrasing.pk), put=put)
    return put


@recorded_at_once
def fail_phrasing(phrasing: Phrasing, failure: EngineFailure, cost: int | None) -> None:
    """Write down why a model said nothing: it is asked again, or not any more. A busy endpoint costs no try. Raises PhrasingClaimed."""
    _ensure_held(phrasing)
    asking_keeping.fail(phrasing, failure, cost)
    append("phrasing.failed", phrasing=str(phrasing.pk), failure=failure.code)


@recorded
def put_off(phrasing_id: UUID, until: datetime) -> None:
    """Let one wait until `until`: its endpoint rests."""
    Phrasing.objects.filter(pk=phrasing_id, state=State.WAITING).update(ring_at=until)
    append("phrasing.put_off", phrasing=str(phrasing_id))


@recorded
def word_again(ids: Iterable[UUID]) -> int:
    """Let a model be asked anew for words it failed to find. Returns how many."""
    number = asking_keeping.again(Phrasing, list(ids))
    append("phrasings.requested_again", count=number)
    return number


def _ensure_held(phrasing: Phrasing) -> None:
    if not asking_keeping.is_held(phrasing):
        raise PhrasingClaimed
