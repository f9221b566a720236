"""What people say to values: agree, disagree or pass; change their mind, take it back. The tally moves with each vote.

One person's acts come one after the other, and none while the value is being retired or undone. Many people may vote on one value
at once: its tally, the one row they share, is written last, so that nobody waits longer than another's commit.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from elicitation.graph.actions import person_keeping
from elicitation.graph.actions.tally_keeping import add, counts, step
from elicitation.graph.errors import OwnValue, ValueGone
from elicitation.graph.models import Endorsement, Exposure, Tally, Value
from elicitation.graph.terms import NONE, Terms
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

# Written out, for both are asked with every vote, and building them anew took half its time.
LOCK = """
    SELECT root.* FROM graph_value v JOIN graph_value root ON root.id = v.root_id
    JOIN interview_respondent r ON r.id = %s WHERE v.id = %s
    FOR KEY SHARE OF root FOR NO KEY UPDATE OF r
"""
FOUND = """
    SELECT v.id, v.root_id, v.title, root.retired_at, e.id AS said, e.says, e.value_id AS said_to, EXISTS (
        SELECT 1 FROM graph_evidence g
        JOIN graph_value w ON w.id = g.value_id AND w.root_id = v.root_id
        JOIN extraction_candidate c ON c.id = g.candidate_id
        JOIN extraction_reading d ON d.id = c.reading_id
        JOIN interview_revision i ON i.id = d.revision_id
        JOIN interview_response a ON a.id = i.response_id
        WHERE a.respondent_id = r.id
    ) AS own
    FROM graph_value v JOIN graph_value root ON root.id = v.root_id JOIN interview_respondent r ON r.id = %s
    LEFT JOIN (graph_endorsement e JOIN graph_value t ON t.id = e.value_id)
        ON t.root_id = v.root_id AND e.respondent_id = r.id AND e.replaced_at IS NULL AND NOT e.covered
    WHERE v.id = %s
"""
# A value put before somebody for the first time moves its tally once, whatever was folded into it since.
EXPOSE = """
    WITH held AS (
        SELECT id FROM graph_value WHERE id = %(value)s AND root_id = id AND retired_at IS NULL FOR KEY SHARE
    ), before AS (
        SELECT FROM graph_exposure e JOIN graph_value v ON v.id = e.value_id JOIN held ON held.id = v.root_id
        WHERE e.respondent_id = %(respondent)s
    ), made AS (
        INSERT INTO graph_exposure (respondent_id, value_id, route, chance, at)
        SELECT %(respondent)s, id, %(route)s, %(chance)s, %(at)s FROM held
        ON CONFLICT (respondent_id, value_id) DO NOTHING RETURNING id
    ), counted AS (
        INSERT INTO graph_tally (value_id, agrees, disagrees, passes, shown, changes)
        SELECT id, 0, 0, 0, 1, 0 FROM held
        WHERE %(counts)s AND EXISTS (SELECT FROM made) AND NOT EXISTS (SELECT FROM before)
        ON CONFLICT (value_id) DO UPDATE SET shown = graph_tally.shown + 1
    )
    SELECT (SELECT id FROM made) FROM held
"""
TURNS = 5  # so often may a value be folded or unfolded while somebody waits to say something to it


@recorded
def endorse(respondent: Respondent, value: Value, says: Endorsement.Says) -> Endorsement:
    """Let `respondent` say this to `value`, in place of what it said before; the same again changes nothing.

    What it said before to another value of the same tree is covered, and counts again once they are unfolded. Raises ValueGone;
    OwnValue where a card of the respondent stands in the value.
    """
    held = _held(respondent, value)
    if held.retired_at or not held.title:
        raise ValueGone
    if held.own:
        raise OwnValue
    before = _said(held)
    if before and before.says == says:
        append("value.endorsed_again", endorsement=before.pk)
        return before
    _replace(respondent, Q(value=value))
    _cover(respondent, held)
    said = Endorsement.objects.create(respondent=respondent, value=value, says=says)
    append("value.endorsed", endorsement=said.pk)
    _count(respondent, held.root_id, before=before, after=said)
    return said


@recorded
def take_back(respondent: Respondent, value: Value) -> Endorsement | None:
    """Let nothing stand of what `respondent` said to `value` and all folded with it; it stays as history.

    Returns what stood, None where nothing did. Raises ValueGone where the value itself is no more.
    """
    held = _held(respondent, value)
    before = _said(held)
    if before is None:
        append("endorsement.none_to_take_back", value=str(value.pk))
        return None
    _replace(respondent, Q(value__root=held.root_id))
    append("endorsement.taken_back", endorsement=before.pk)
    _count(respondent, held.root_id, before=before, after=None)
    return before


@recorded
def expose(
    respondent: Respondent, value: Value, route: str, chance: float, terms: Terms = NONE
) -> Exposure:
    """Note that `value` is put before `respondent`, by which rule and with what chance (above 0, at most 1); twice is once.

    Raises ValueGone, and what the terms refuse with.
    """
    person_keeping.held(respondent, terms)
    told: dict[str, Any] = {"value": value.pk, "respondent": respondent.pk, "route": route, "chance": chance}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(EXPOSE, {**told, "at": timezone.now(), "counts": counts(respondent)})
        made = cursor.fetchone()
    if made is None:
        raise ValueGone
    mine = Exposure.objects.filter(respondent=respondent, value=value.pk)
    exposure = Exposure(pk=made[0], **_named(told)) if made[0] else mine.get()
    append("value.shown", exposure=exposure.pk, new=bool(made[0]))
    return exposure


@recorded
def erase_endorsements(respondent: Respondent) -> int:
    """Erase all `respondent` ever said to values, and what was put before it; every tally goes on without it.

    To be called before a respondent is removed. Returns how many votes are erased.
    """
    votes = 0
    Respondent.objects.select_for_update(no_key=True).get(pk=respondent.pk)
    for value in _touched(respondent):
        root = _held(respondent, value).root_id
        said = Endorsement.objects.filter(respondent=respondent, value__root=root)
        seen = Exposure.objects.filter(respondent=respondent, value__root=root)
        standing, erased = said.standing().first(), said.delete()[0]
        if erased:  # what was taken back before counts in no tally, and in what is told of the past
            _count(respondent, root, before=standing, after=None)
        votes += erased
        if seen.delete()[0] and counts(respondent):
            add(Tally(value_id=root), shown=-1)
    append("endorsements.erased", votes=votes)
    return votes


def _named(told: dict[str, Any]) -> dict[str, Any]:
    """The same as fields of a row."""
    return {f"{n}_id" if n in ("value", "respondent") else n: said for n, said in told.items()}


def _touched(respondent: Respondent) -> QuerySet[Value]:
    """The roots of what it said or was shown, in one order for everybody, so that nobody waits for somebody who waits for them."""
    said = Endorsement.objects.filter(respondent=respondent).values("value__root")
    seen = Exposure.objects.filter(respondent=respondent).values("value__root")
    return Value.objects.filter(Q(pk__in=said) | Q(pk__in=seen)).order_by("pk")


def _held(respondent: Respondent, value: Value) -> Any:
    """Let this respondent do nothing else meanwhile, and nobody retire, fold or undo the value or what it goes on as part of.

    Returns the value with what the respondent says now in its tree, and whether a card of theirs stands there: asked once all is held.
    Raises ValueGone where there is no such value.
    """
    asked = [respondent.pk, value.pk]
    for _ in range(TURNS):
        root = next(iter(Value.objects.raw(LOCK, asked)), None)
        told = next(iter(Value.objects.raw(FOUND, asked)), None)
        if root and told and told.root_id == root.pk:
            return told
        if told is None:
            break
    raise ValueGone


def _said(held: Any) -> Endorsement | None:
    return Endorsement(pk=held.said, says=held.says, value_id=held.said_to) if held.said else None


def _replace(respondent: Respondent, what: Q) -> None:
    said = Endorsement.objects.filter(what, respondent=respondent, replaced_at=None)
    said.update(replaced_at=timezone.now(), covered=False)


def _cover(respondent: Respondent, held: Any) -> None:
    """What was said to another value of the tree counts no more while they are folded."""
    if held.said_to and held.said_to != held.pk:
        Endorsement.objects.filter(pk=held.said).update(covered=True)


def _count(
    respondent: Respondent,
    value: UUID,
    *,
    before: Endorsement | None,
    after: Endorsement | None,
) -> None:
    """Take one vote out of the tally and another in."""
    if counts(respondent):
        says = (one.says if one else None for one in (before, after))
        add(Tally(value_id=value), **step(*says))
