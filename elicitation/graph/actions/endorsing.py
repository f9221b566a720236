"""What people say to values: agree, disagree or pass; change their mind, take it back. The tally moves with each vote.

Every act locks the value first, so that votes on it, and what moderators do to it, come one after the other.
"""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from elicitation.graph.errors import OwnValue, ValueGone
from elicitation.graph.models import Endorsement, Evidence, Exposure, Tally, Value
from elicitation.graph.queries import OF_RESPONDENT
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

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
    _hold_standing(value)
    if Evidence.objects.filter(value=value, **{OF_RESPONDENT: respondent}).exists():
        raise OwnValue
    before = _standing(respondent, value)
    if before and before.says == says:
        append("value.endorsed_again", endorsement=before.pk)
        return before
    if before:
        _replace(before)
    said = Endorsement.objects.create(respondent=respondent, value=value, says=says)
    _count(respondent, value, before=before, after=said)
    append("value.endorsed", endorsement=said.pk)
    return said


@recorded
def take_back(respondent: Respondent, value: Value) -> Endorsement | None:
    """Let nothing stand of what `respondent` said to `value`; it stays as history.

    Returns what stood, None where nothing did. Raises ValueGone where the value itself is no more.
    """
    _hold(value)
    before = _standing(respondent, value)
    if before is None:
        append("endorsement.none_to_take_back", value=str(value.pk))
        return None
    _replace(before)
    _count(respondent, value, before=before, after=None)
    append("endorsement.taken_back", endorsement=before.pk)
    return before


@recorded
def expose(respondent: Respondent, value: Value, route: str, chance: float) -> Exposure:
    """Note that `value` is put before `respondent`, by which rule and with what chance (above 0, at most 1); twice is once.

    Raises ValueGone.
    """
    _hold_standing(value)
    exposure, new = Exposure.objects.get_or_create(
        respondent=respondent, value=value, defaults={"route": route, "chance": chance}
    )
    if new and _counts(respondent):
        _add(value, shown=1)
    append("value.shown", exposure=exposure.pk, new=new)
    return exposure


@recorded
def erase_endorsements(respondent: Respondent) -> int:
    """Erase all `respondent` ever said to values, and what was put before it; every tally goes on without it.

    To be called before a respondent is removed. Returns how many votes are erased.
    """
    votes = 0
    for value in _touched(respondent):
        _hold(value)
        said = Endorsement.objects.filter(respondent=respondent, value=value)
        seen = Exposure.objects.filter(respondent=respondent, value=value)
        if standing := said.standing().first():
            _count(respondent, value, before=standing, after=None)
        votes += said.delete()[0]
        if seen.delete()[0] and _counts(respondent):
            _add(value, shown=-1)
    append("endorsements.erased", votes=votes)
    return votes


def _touched(respondent: Respondent) -> QuerySet[Value]:
    """In one order for everybody, so that nobody waits for somebody who waits for them."""
    said = Endorsement.objects.filter(respondent=respondent).values("value")
    seen = Exposure.objects.filter(respondent=respondent).values("value")
    return Value.objects.filter(Q(pk__in=said) | Q(pk__in=seen)).order_by("pk")


def _hold(value: Value) -> Value:
    """Lock a value, but not against rows that only point to it. Raises ValueGone where there is none any more."""
    held = Value.objects.select_for_update(no_key=True).filter(pk=value.pk).first()
    if held is None:
        raise ValueGone
    return held


def _hold_standing(value: Value) -> None:
    if _hold(value).retired_at:
        raise ValueGone


def _standing(respondent: Respondent, value: Value) -> Endorsement | None:
    return Endorsement.objects.standing().filter(respondent=respondent, value=value).first()


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
    """Add to the counts of a value that is held."""
    moved = Tally.objects.filter(value=value).update(
        **{name: F(name) + n for name, n in by.items()}
    )
    if not moved:
        Tally.objects.create(value=value, **by)


def _counts(respondent: Respondent) -> bool:
    return respondent.kind != Respondent.Kind.AI_AGENT
