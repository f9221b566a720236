"""Let cards into the graph, and out of it again."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import ProtectedError, Q
from django.utils import timezone

from elicitation.extraction.models import Candidate
from elicitation.graph.actions.keeping import cards_in, silence, take_words, words_of
from elicitation.graph.errors import OtherInquiry, ValueGone, ValueInUse, ValueShared, ValueWeighed
from elicitation.graph.models import (
    Compared,
    Evidence,
    Judgement,
    Likeness,
    Regrouping,
    Story,
    Transition,
    Value,
)
from elicitation.interview.models import Inquiry, Response
from elicitation.record.actions import append, recorded


@recorded
def admit(candidate: Candidate) -> Value:
    """Make a new value of a card: its title, policies and context, as its author left them."""
    _hold(candidate)
    value = Value.objects.create(
        inquiry=_inquiry(candidate), worded_from=candidate, **words_of(candidate)
    )
    Evidence.objects.create(value=value, candidate=candidate)
    append("value.admitted", value=str(value.id), candidate=str(candidate.id))
    return value


@recorded
def join(candidate: Candidate, value: Value) -> Value:
    """Let a card stand in a value that is there already, or in the one it was folded into. Raises ValueGone, OtherInquiry."""
    _hold(candidate)
    _, held = _hold_with_root(value.pk)
    if held.retired_at:
        raise ValueGone
    if held.inquiry != _inquiry(candidate):
        raise OtherInquiry
    Evidence.objects.create(value=held, candidate=candidate)
    append("value.joined", value=str(held.id), candidate=str(candidate.id))
    return held


@recorded
def release(candidate: Candidate) -> Value | None:
    """Take a card out of the value it stands in; that value, and the one it was folded into, go on with the words of who is left.

    Returns that value, or None where the card stood in none.
    """
    evidence = Evidence.objects.filter(candidate=candidate).first()
    if evidence is None:
        append("value.not_touched", candidate=str(candidate.id))
        return None
    value, root = _hold_with_root(evidence.value_id)
    evidence.delete()
    append("value.released", value=str(value.id), candidate=str(candidate.id))
    for one in (value, root) if root != value else (value,):
        if one.worded_from_id == candidate.pk or not cards_in(one).exists():
            take_words(one)
    return value


@recorded
def dissolve(value: Value, candidate: Candidate | None) -> None:
    """Undo admit exactly: the value is gone as if it had not been; `candidate` may still stand in it.

    Raises ValueShared, ValueInUse, ValueWeighed.
    """
    held = Value.objects.select_for_update().get(pk=value.pk)
    apart = not held.is_folded and not held.tree.exclude(pk=held.pk).exists()
    if not apart or held.evidence.exclude(candidate=candidate).exists():
        raise ValueShared
    _ensure_unweighed(held)
    outdated = _outdate(held)
    silence(held)
    held.folds.all().delete()
    held.folded_in.all().delete()  # undone, all of them: nothing is folded into it now
    try:
        held.delete()
    except ProtectedError as used:
        raise ValueInUse from used
    append(
        "value.dissolved",
        value=str(value.pk),
        candidate=str(candidate.id) if candidate else None,
        regroupings=outdated,
    )


@recorded
def offer(candidate: Candidate, found: Sequence[tuple[Value, float]]) -> None:
    """Put values that seem close before the author of a card, who may have seen some of them before.

    A card taken back and a value that fell silent meanwhile are passed over.
    """
    there = list(Candidate.objects.select_for_update(no_key=True).filter(pk=candidate.pk))
    held = Value.objects.standing().select_for_update(no_key=True)
    named = held.filter(pk__in=[value.pk for value, _ in found]).order_by("pk")
    standing = set(named.values_list("pk", flat=True)) if there else set()
    Likeness.objects.filter(candidate=candidate, wish="").delete()
    offered = [
        Likeness(candidate=candidate, value=value, score=score)
        for value, score in found
        if value.pk in standing
    ]
    Likeness.objects.bulk_create(offered, ignore_conflicts=True)
    if there:
        Compared.objects.update_or_create(
            candidate=candidate, defaults={"version": candidate.version}
        )
    values = [str(likeness.value_id) for likeness in offered]
    append("likenesses.offered", candidate=str(candidate.id), values=values)


@recorded
def wish(candidate: Candidate, value: Value | None) -> None:
    """Its author says that a card means the same as `value`, or (None) as none of those offered. A moderator decides."""
    offered = Likeness.objects.filter(candidate=candidate)
    offered.update(wish=Likeness.Wish.KEEP)
    if value:
        offered.filter(value=value).update(wish=Likeness.Wish.JOIN)
    append("likeness.wished", candidate=str(candidate.id), value=str(value.pk) if value else None)


def _ensure_unweighed(value: Value) -> None:
    """Raises ValueWeighed where people voted on a value, judged, proposed or told something of a comparison with it."""
    touching = Transition.objects.filter(Q(from_value=value) | Q(to_value=value))
    ids = [transition.pk for transition in touching.select_for_update().order_by("pk")]
    weighed = (
        value.endorsements,
        Judgement.objects.filter(showing__transition__in=ids),
        Story.objects.filter(transition__in=ids).exclude(written_by=None),
        touching.filter(source=Transition.Source.PERSON),
    )
    if any(said.exists() for said in weighed):
        raise ValueWeighed


def _outdate(value: Value) -> list[str]:
    """Close what is suggested of a value and others: without it, it says nothing. Returns which."""
    of_value = Regrouping.objects.filter(state=Regrouping.State.OPEN, members__value=value)
    ids = list(of_value.values_list("pk", flat=True))
    Regrouping.objects.filter(pk__in=ids).update(
        state=Regrouping.State.OUTDATED, answered_at=timezone.now()
    )
    return [str(pk) for pk in ids]


def _inquiry(candidate: Candidate) -> Inquiry:
    return candidate.reading.revision.response.prompt.inquiry


def _hold_with_root(value_id: UUID) -> tuple[Value, Value]:
    """Lock a value and the one it goes on as part of, by key. Returns both; they are the same where it was not folded.

    Raises ValueGone where it was undone meanwhile.
    """
    both = Value.objects.filter(Q(pk=value_id) | Q(tree=value_id)).values("pk")
    held = {v.pk: v for v in Value.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    if value_id not in held:
        raise ValueGone
    value = held[value_id]
    return value, held.get(value.root_id, value)


def _hold(candidate: Candidate) -> None:
    """Lock the answer behind a card, so that nothing is admitted of words being withdrawn."""
    list(Response.objects.select_for_update().filter(revisions__readings=candidate.reading_id))
    Candidate.objects.select_for_update().get(pk=candidate.pk)
