"""Decide on cards, and take the last decision back."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.moderation import queries
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import NothingToUndo, ReasonMissing, StaleDecision
from deliberation.moderation.models import Decision
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.placing import admit, dissolve, join, release
from elicitation.graph.models import Evidence, Value
from elicitation.interview.models import Response
from elicitation.record.actions import append, recorded


@recorded
def accept(bench: Bench, card: Candidate, seen: int, reason: str = "") -> Decision:
    """Make a new value of `card` as it stood at version `seen`. Raises StaleDecision."""
    _ensure_fresh(card, seen)
    return _decide(bench, card, Decision.Kind.ACCEPT, value=admit(card), reason=reason)


@recorded
def merge(bench: Bench, card: Candidate, seen: int, value: Value, reason: str = "") -> Decision:
    """Let `card` stand in `value`. Raises StaleDecision, ValueGone, OtherInquiry."""
    _ensure_fresh(card, seen)
    return _decide(bench, card, Decision.Kind.MERGE, value=join(card, value), reason=reason)


@recorded
def send_back(bench: Bench, card: Candidate, seen: int, question: str) -> Decision:
    """Ask its author a question before deciding. Raises StaleDecision, ReasonMissing."""
    if not question.strip():
        raise ReasonMissing
    _ensure_fresh(card, seen)
    return _decide(bench, card, Decision.Kind.SEND_BACK, question=question)


@recorded
def reject(bench: Bench, card: Candidate, seen: int, reason: str) -> Decision:
    """Leave `card` out of the graph, with a reason its author can read. Raises StaleDecision, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _ensure_fresh(card, seen)
    return _decide(bench, card, Decision.Kind.REJECT, reason=reason)


@recorded
def undo_last(bench: Bench) -> Decision:
    """Take this moderator's newest decision back: the card waits again as it did before.

    Raises NothingToUndo; ValueInUse, ValueShared or ValueWeighed where something later rests on the value that would go.
    """
    last = queries.last_decision(bench.assembly, bench.moderator)
    if last is None:
        raise NothingToUndo
    if last.candidate:
        _hold(last.candidate)
    decision = Decision.objects.living().select_for_update().filter(pk=last.pk).first()
    if decision is None:
        raise NothingToUndo
    Decision.objects.filter(pk=decision.pk).update(undone_at=timezone.now())
    if decision.candidate and decision.value:
        if decision.kind == Decision.Kind.ACCEPT:
            dissolve(decision.value, decision.candidate)
        elif decision.value.evidence.filter(candidate=decision.candidate).exists():
            release(decision.candidate)  # it may stand in another value by now, by another decision
    append("decision.undone", decision=str(decision.id), undone=decision.kind)
    return decision


def _decide(bench: Bench, card: Candidate, kind: str, **what: Value | str) -> Decision:
    decision = Decision.objects.create(
        assembly=bench.assembly,
        moderator_id=bench.moderator.pk,
        candidate=card,
        card_version=card.version,
        kind=kind,
        **what,
    )
    append(
        f"decision.{kind}",
        decision=str(decision.id),
        assembly=bench.assembly.slug,
        candidate=str(card.id),
        value=str(decision.value_id) if decision.value_id else None,
    )
    return decision


def _hold(card: Candidate) -> None:
    """Lock the answer, then the card, in the order its author does who takes the words back."""
    list(Response.objects.select_for_update().filter(revisions__readings=card.reading_id))
    list(Candidate.objects.select_for_update(no_key=True).filter(pk=card.pk))


def _ensure_fresh(card: Candidate, seen: int) -> None:
    """Lock the answer and the card, in that order. Raises StaleDecision where it moved on or was decided."""
    list(Response.objects.select_for_update().filter(revisions__readings=card.reading_id))
    now = Candidate.objects.select_for_update().filter(pk=card.pk).first()
    if now is None or now.version != seen or now not in Candidate.objects.standing():
        raise StaleDecision(now=now.get_state_display() if now else "withdrawn")
    if other := card.decisions.living().filter(card_version=F("candidate__version")).first():
        raise StaleDecision(now=other.get_kind_display())
    if Evidence.objects.filter(candidate=card).exists():
        raise StaleDecision(now=_("part of a value"))
    card.refresh_from_db()
