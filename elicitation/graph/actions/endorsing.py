"""What people say to values: agree, disagree or pass; change their mind, take it back. The tally moves with each vote.

One person's acts come one after the other, and none while the value is being retired or undone. Many people may vote on one value
at once: its tally, the one row they share, is written last, so that nobody waits longer than another's commit.
"""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from elicitation.graph.errors import OwnValue, ValueGone
from elicitation.graph.models import Endorsement, Exposure, Tally, Value
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

# Written out, for both are asked with every vote, and building them anew took half its time.
LOCK = """
    SELECT v.* FROM graph_value v JOIN interview_respondent r ON r.id = %s WHERE v.id = %s
    FOR KEY SHARE OF v FOR NO KEY UPDATE OF r
"""
FOUND = """
    SELECT v.id, e.id AS said, e.says, EXISTS (
        SELECT 1 FROM graph_evidence g
        JOIN extraction_candidate c ON c.id = g.candidate_id
        JOIN extraction_reading d ON d.id = c.reading_id
        JOIN interview_revision w ON w.id = d.revision_id
        JOIN interview_response a ON a.id = w.response_id
        WHERE g.value_id = v.id AND a.respondent_id = r.id
    ) AS own
    FROM graph_value v JOIN interview_respondent r ON r.id = %s
    LEFT JOIN graph_endorsement e
        ON e.value_id = v.id AND e.respondent_id = r.id AND e.replaced_at IS NULL
    WHERE v.id = %s
"""
COUNTED_AS = {
    Endorsement.Says.AGREE: "agrees",
    Endorsement.Says.DISAGREE: "disagrees",
    Endorsement.Says.PASS: "passes",
}


@recorded
def endorse(respondent: Respondent, value: Value, says: Endorsement.Says) -> Endorsement:
    """Let `respondent` say this to `value`, in place of what it said before; the same again changes nothing.

    Raises ValueGone; OwnValue where a card of the respondent stands in the value.
    """
    _hold_standing(respondent, value)
    before, own = _found(respondent, value)
    if own:
        raise OwnValue
    if before and before.says == says:
        append("value.endorsed_again", endorsement=before.pk)
        return before
    if before:
        _replace(before)
    said = Endorsement.objects.create(respondent=respondent, value=value, says=says)
    append("value.endorsed", endorsement=said.pk)
    _count(respondent, value, before=before, after=said)
    return said


@recorded
def take_back(respondent: Respondent, value: Value) -> Endorsement | None:
    """Let nothing stand of what `respondent` said to `value`; it stays as history.

    Returns what stood, None where nothing did. Raises ValueGone where the value itself is no more.
    """
    _hold(respondent, value)
    before, _ = _found(respondent, value)
    if before is None:
        append("endorsement.none_to_take_back", value=str(value.pk))
        return None
    _replace(before)
    append("endorsement.taken_back", endorsement=before.pk)
    _count(respondent, value, before=before, after=None)
    return before


@recorded
def expose(respondent: Respondent, value: Value, route: str, chance: float) -> Exposure:
    """Note that `value` is put before `respondent`, by which rule and with what chance (above 0, at most 1); twice is once.

    Raises ValueGone.
    """
    _hold_standing(respondent, value)
    exposure, new = Exposure.objects.get_or_create(
        respondent=respondent, value=value, defaults={"route": route, "chance": chance}
    )
    append("value.shown", exposure=exposure.pk, new=new)
    if new and _counts(respondent):
        _add(value, shown=1)
    return exposure


@recorded
def erase_endorsements(respondent: Respondent) -> int:
    """Erase all `respondent` ever said to values, and what was put before it; every tally goes on without it.

    To be called before a respondent is removed. Returns how many votes are erased.
    """
    votes = 0
    Respondent.objects.select_for_update(no_key=True).get(pk=respondent.pk)
    for value in _touched(respondent):
        said = Endorsement.objects.filter(respondent=respondent, value=value)
        seen = Exposure.objects.filter(respondent=respondent, value=value)
        standing, erased = said.standing().first(), said.delete()[0]
        if erased:  # what was taken back before counts in no tally, and in what is told of the past
            _count(respondent, value, before=standing, after=None)
        votes += erased
        if seen.delete()[0] and _counts(respondent):
            _add(value, shown=-1)
    append("endorsements.erased", votes=votes)
    return votes


def _touched(respondent: Respondent) -> QuerySet[Value]:
    """In one order for everybody, so that nobody waits for somebody who waits for them."""
    said = Endorsement.objects.filter(respondent=respondent).values("value")
    seen = Exposure.objects.filter(respondent=respondent).values("value")
    return Value.objects.filter(Q(pk__in=said) | Q(pk__in=seen)).order_by("pk")


def _hold(respondent: Respondent, value: Value) -> Value:
    """Let this respondent do nothing else meanwhile, and nobody retire or undo the value. Raises ValueGone where there is none."""
    held = next(iter(Value.objects.raw(LOCK, [respondent.pk, value.pk])), None)
    if held is None:
        raise ValueGone
    return held


def _hold_standing(respondent: Respondent, value: Value) -> None:
    if _hold(respondent, value).retired_at:
        raise ValueGone


def _found(respondent: Respondent, value: Value) -> tuple[Endorsement | None, bool]:
    """What the respondent says now, and whether a card of theirs stands in the value: asked once, after both are held."""
    told: Any = Value.objects.raw(FOUND, [respondent.pk, value.pk])[0]
    return (Endorsement(pk=told.said, says=told.says) if told.said else None), told.own


def _replace(said: Endorsement) -> None:
    Endorsement.objects.filter(pk=said.pk).update(replaced_at=timezone.now())


def _count(
    respondent: Respondent,
    value: Value,
    *,
    before: Endorsement | None,
    after: Endorsement | None,
) -> None:
    """Take one vote out of the tally and another in. What an AI agent says is kept, and never counted."""
    if not _counts(respondent):
        return
    changes = {"changes": 1}
    if before:
        changes[COUNTED_AS[Endorsement.Says(before.says)]] = -1
    if after:
        changes[COUNTED_AS[Endorsement.Says(after.says)]] = 1
    _add(value, **changes)


def _add(value: Value, **by: int) -> None:
    """Add to the counts of a value; the row is locked from here to the commit."""
    tally = Tally.objects.filter(value=value)
    step = {name: F(name) + n for name, n in by.items()}
    if not tally.update(**step):
        Tally.objects.bulk_create([Tally(value=value)], ignore_conflicts=True)
        tally.update(**step)


def _counts(respondent: Respondent) -> bool:
    return respondent.kind != Respondent.Kind.AI_AGENT
