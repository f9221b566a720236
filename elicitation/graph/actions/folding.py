"""Fold values that say the same into one, and unfold them again exactly.

Nothing is moved: cards, votes and judgements stay with the value they were given to, and count at its root. A person who spoke to two
values of a tree counts once, by what was said last; unfolding gives both back.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.utils import timezone

from elicitation.graph.actions.keeping import cards_in, silence, take_words
from elicitation.graph.errors import FoldGone, OtherInquiry, SameValue, ValueGone
from elicitation.graph.forest import below
from elicitation.graph.models import Fold, Value
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

COVER = """
    UPDATE graph_endorsement e SET covered = NOT e.covered
    FROM (
        SELECT s.id, s.id <> max(s.id) OVER (PARTITION BY s.respondent_id) AS covered
        FROM graph_endorsement s JOIN graph_value v ON v.id = s.value_id
        WHERE v.root_id = %(root)s AND s.replaced_at IS NULL
    ) now
    WHERE e.id = now.id AND e.covered <> now.covered
"""
COUNT = """
    INSERT INTO graph_tally (value_id, agrees, disagrees, passes, shown, changes)
    SELECT %(root)s,
        count(*) FILTER (WHERE says = 1), count(*) FILTER (WHERE says = -1), count(*) FILTER (WHERE says = 0),
        (SELECT count(DISTINCT x.respondent_id) FROM graph_exposure x
         JOIN graph_value w ON w.id = x.value_id AND w.root_id = %(root)s
         JOIN interview_respondent p ON p.id = x.respondent_id AND p.kind <> %(ai)s), 1
    FROM graph_endorsement e
    JOIN graph_value v ON v.id = e.value_id AND v.root_id = %(root)s
    JOIN interview_respondent r ON r.id = e.respondent_id AND r.kind <> %(ai)s
    WHERE e.replaced_at IS NULL AND NOT e.covered
    HAVING count(*) > 0
        OR EXISTS (SELECT FROM graph_tally k JOIN graph_value w ON w.id = k.value_id AND w.root_id = %(root)s)
    ON CONFLICT (value_id) DO UPDATE SET agrees = EXCLUDED.agrees, disagrees = EXCLUDED.disagrees,
        passes = EXCLUDED.passes, shown = EXCLUDED.shown, changes = graph_tally.changes + 1
"""


@recorded
def fold(child: Value, parent: Value) -> Fold:
    """Let `child` go on as part of `parent`, both of them roots. Raises ValueGone, OtherInquiry, SameValue."""
    if child.pk == parent.pk:
        raise SameValue
    held = _hold({child.pk, parent.pk})
    small, large = held[child.pk], held[parent.pk]
    if small.retired_at or large.retired_at:
        raise ValueGone
    if small.inquiry_id != large.inquiry_id:
        raise OtherInquiry
    made = Fold.objects.create(child=small, parent=large)
    small.tree.update(root=large)
    Value.objects.filter(pk=small.pk).update(retired_at=timezone.now())
    silence(small)
    _settle(large)
    append("value.folded", fold=made.pk, child=str(small.pk), parent=str(large.pk))
    return made


@recorded
def unfold(fold: Fold) -> Value:
    """Undo a fold: the child is by itself again, with all that was folded into it, its votes and its cards. Returns the child.

    Raises FoldGone where it was undone already.
    """
    held = _hold({fold.child_id, fold.parent_id, fold.child.root_id})
    if not Fold.objects.living().filter(pk=fold.pk).update(undone_at=timezone.now()):
        raise FoldGone
    child = held[fold.child_id]
    child.refresh_from_db()
    root = child.root_id
    folds = Fold.objects.living().filter(child__root=root).values_list("child", "parent")
    own = below(child.pk, folds)
    Value.objects.filter(pk__in=own).update(root=child)
    child.refresh_from_db()
    if child.title:  # it may have fallen silent meanwhile
        Value.objects.filter(pk=child.pk).update(retired_at=None)
    for value in Value.objects.filter(pk__in=[child.pk, root]).order_by("pk"):
        _settle(value)
        _mend_words(value)
    append("value.unfolded", fold=fold.pk, child=str(child.pk), parent=str(fold.parent_id))
    child.refresh_from_db()
    return child


def _hold(values: Collection[UUID]) -> dict[UUID, Value]:
    """Lock these values by key: nobody votes on them or what was folded into them, retires, folds or unfolds them meanwhile."""
    locked = Value.objects.select_for_update().filter(pk__in=values).order_by("pk")
    held = {value.pk: value for value in locked}
    if len(held) < len(values):
        raise ValueGone
    return held


def _settle(root: Value) -> None:
    """Of everybody, what was said last in the tree counts; the tally of the root is that of the whole tree."""
    with connection.cursor() as cursor:
        cursor.execute(COVER, {"root": root.pk})
        cursor.execute(COUNT, {"root": root.pk, "ai": Respondent.Kind.AI_AGENT.value})


def _mend_words(value: Value) -> None:
    """A value that carries the words of a card which is not its own any more takes those of one that is."""
    carried = value.worded_from_id
    if (value.title and carried and not cards_in(value).filter(candidate=carried).exists()) or (
        value.title and not cards_in(value).exists()
    ):
        take_words(value)
