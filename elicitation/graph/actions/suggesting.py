"""Keep what is suggested of cards and values, and what people say to it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from elicitation.extraction.models import Candidate
from elicitation.graph.errors import NotSuggested
from elicitation.graph.findings import Found, Regroup
from elicitation.graph.models import Regrouped, Regrouping, Suggestion, Value
from elicitation.interview.models import Inquiry
from elicitation.record.actions import append, recorded


@recorded
def keep_suggestions(found: Sequence[Found], rule: str, engine: str, looked_at: datetime) -> int:
    """Keep what was found of cards that still wait and say what they said. Returns how many differ from before.

    What is suggested again stays the same row, with its newest score; what is not is replaced and stays as history.
    """
    current = _still_so(found)
    waiting = Suggestion.objects.filter(candidate__in=[one.candidate for one in current])
    living = {known.candidate_id: known for known in waiting.filter(replaced_at=None)}
    new, again = list[Suggestion](), list[Suggestion]()
    for one in current:
        row = _suggestion(one, rule, engine)
        row.at = looked_at
        known = living.get(one.candidate)
        if known and _says(known) == _says(row):
            row.pk = known.pk
            again.append(row)
        else:
            new.append(row)
    replaced = [living[row.candidate_id].pk for row in new if row.candidate_id in living]
    Suggestion.objects.filter(pk__in=replaced).update(replaced_at=timezone.now())
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(again, ["score", "told", "context_score", "at"])
    append(
        "suggestions.made",
        cards=len(found),
        candidates=[str(row.candidate_id) for row in new],
    )
    return len(new)


@recorded
def regroup(inquiry: Inquiry, found: Sequence[Regroup], rule: str, engine: str) -> int:
    """Keep what a look at all values suggests, and outdate what is open and was not found again. Returns how many are new.

    Values that said something else while they were looked at are passed over.
    """
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    open_ones = inquiry.regroupings.filter(state=Regrouping.State.OPEN).prefetch_related("members")
    known = {_key(regrouping): regrouping for regrouping in open_ones}
    unmoved = _versions({value for one in found for value, _ in one.values}).items()
    wanted = {one.key: one for one in found if set(one.values) <= unmoved}
    gone = [known[key].pk for key in known.keys() - wanted.keys()]
    Regrouping.objects.filter(pk__in=gone).update(
        state=Regrouping.State.OUTDATED, answered_at=timezone.now()
    )
    for key in known.keys() & wanted.keys():
        one = wanted[key]
        Regrouping.objects.filter(pk=known[key].pk).update(score=one.score, told=dict(one.told))
    new = [_regrouping(inquiry, wanted[key], rule, engine) for key in wanted if key not in known]
    append(
        "values.regrouped",
        inquiry=str(inquiry.pk),
        new=[str(regrouping.pk) for regrouping in new],
        outdated=[str(pk) for pk in gone],
    )
    return len(new)


@recorded
def call_apart(regrouping: Regrouping, value: Value | None = None) -> Regrouping:
    """Say that values are not the same: all of a suggestion, or one of a set; of a split, that the value is one and not two.

    Raises NotSuggested where it is not open any more or `value` is not in it.
    """
    held = _open(regrouping)
    members = held.members.filter(apart=None)
    named = members if value is None else members.filter(value=value)
    apart = [str(pk) for pk in named.values_list("value", flat=True)]
    if not apart:
        raise NotSuggested
    named.update(apart=timezone.now())
    if members.count() < 2:  # what is left of a set is no set
        _answer(held, Regrouping.State.DECLINED)
    append("regrouping.declined", regrouping=str(held.pk), values=apart)
    return held


@recorded
def call_together(regrouping: Regrouping) -> Regrouping:
    """Take back that values are not the same, or that one is not two: the suggestion is open again.

    Raises NotSuggested where nothing was said to it, or its values have changed since.
    """
    held = Regrouping.objects.select_for_update().get(pk=regrouping.pk)
    members = held.members.select_related("value")
    moved = any(m.value.version != m.version or m.value.retired_at for m in members)
    said = held.members.exclude(apart=None)
    if moved or held.state not in (Regrouping.State.OPEN, Regrouping.State.DECLINED):
        raise NotSuggested
    if not said.update(apart=None):
        raise NotSuggested
    Regrouping.objects.filter(pk=held.pk).update(state=Regrouping.State.OPEN, answered_at=None)
    append("regrouping.reopened", regrouping=str(held.pk))
    held.refresh_from_db()
    return held


@recorded
def take_up(regrouping: Regrouping) -> Regrouping:
    """Mark a suggestion as taken up; whoever does this carries it out. Raises NotSuggested where it is not open any more."""
    held = _open(regrouping)
    _answer(held, Regrouping.State.TAKEN)
    append("regrouping.taken", regrouping=str(held.pk))
    return held


def _open(regrouping: Regrouping) -> Regrouping:
    held = Regrouping.objects.open().select_for_update().filter(pk=regrouping.pk).first()
    if held is None:
        raise NotSuggested
    return held


def _answer(regrouping: Regrouping, state: str) -> None:
    Regrouping.objects.filter(pk=regrouping.pk).update(state=state, answered_at=timezone.now())
    regrouping.refresh_from_db()


def _still_so(found: Sequence[Found]) -> list[Found]:
    """Those whose card and value still stand and say what they said; both are locked, cards first."""
    cards = Candidate.objects.standing().select_for_update(of=("self",)).filter(evidence=None)
    seen = cards.filter(pk__in=[one.candidate for one in found]).order_by("pk")
    card_versions = dict(seen.values_list("pk", "version"))
    values = _versions({one.value for one in found if one.value})
    return [
        one
        for one in found
        if card_versions.get(one.candidate) == one.card_version
        and (one.value is None or values.get(one.value) == one.value_version)
    ]


def _says(row: Suggestion) -> tuple[object, ...]:
    """What makes a suggestion another one."""
    words = (row.card_version, row.value_version, row.rule, row.engine)
    return (row.kind, row.value_id, row.context_id, *words)


def _suggestion(one: Found, rule: str, engine: str) -> Suggestion:
    return Suggestion(
        candidate_id=one.candidate,
        card_version=one.card_version,
        kind=one.kind,
        value_id=one.value,
        value_version=one.value_version,
        score=one.score,
        told=dict(one.told),
        context_id=one.context,
        context_score=one.context_score,
        rule=rule,
        engine=engine,
    )


def _versions(values: Collection[UUID]) -> dict[UUID, int]:
    """Versions of those that still stand, locked in one order."""
    standing = Value.objects.standing().select_for_update(no_key=True).filter(pk__in=values)
    return dict(standing.order_by("pk").values_list("pk", "version"))


def _regrouping(inquiry: Inquiry, one: Regroup, rule: str, engine: str) -> Regrouping:
    regrouping = Regrouping.objects.create(
        inquiry=inquiry,
        kind=one.kind,
        score=one.score,
        told=dict(one.told),
        rule=rule,
        engine=engine,
    )
    Regrouped.objects.bulk_create(
        Regrouped(regrouping=regrouping, value_id=value, version=version, position=n)
        for n, (value, version) in enumerate(one.values)
    )
    return regrouping


def _key(regrouping: Regrouping) -> tuple[str, frozenset[tuple[UUID, int]]]:
    members = [m for m in regrouping.members.all() if m.apart is None]
    return regrouping.kind, frozenset((m.value_id, m.version) for m in members)
