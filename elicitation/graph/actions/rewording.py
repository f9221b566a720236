"""Give a value words a person wrote for it, or other contexts, and take that back exactly."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from elicitation.graph.actions.keeping import put_words, spoken
from elicitation.graph.errors import ValueGone, WordsUnfit
from elicitation.graph.models import Value, ValueContext
from elicitation.interview.models import Context
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

MOST_WORDS = 12  # of a title
MOST_POLICIES = 7


@recorded
def reword(value: Value, title: str, policies: Sequence[str]) -> Mapping[str, object]:
    """Let a value say this, written by a person. Returns what word_back needs. Raises ValueGone, WordsUnfit."""
    held = _hold(value)
    kept = [policy.strip() for policy in policies if policy.strip()]
    fit = 0 < len(title.split()) <= MOST_WORDS and 0 < len(kept) <= MOST_POLICIES
    if not fit or any(fault(text) for text in (title, *kept)):
        raise WordsUnfit
    before = spoken(held)
    put_words(held, {"title": title.strip(), "policies": kept, "worded_from": None})
    append("value.worded", value=str(held.pk))
    return before


@recorded
def word_back(value: Value, before: Mapping[str, object]) -> None:
    """Give a value the words it had; those of a card that is gone are gone, and the earliest card left words it instead."""
    held = Value.objects.select_for_update().get(pk=value.pk)
    put_words(held, before)
    append("value.worded_back", value=str(held.pk))


@recorded
def hold_in(value: Value, contexts: Collection[Context]) -> list[dict[str, Any]]:
    """Let a value hold in these contexts of its inquiry and no other, as a person says. Returns what hold_back needs.

    Raises ValueGone; WordsUnfit for a context of another inquiry.
    """
    held = _hold(value)
    if any(context.inquiry_id != held.inquiry_id for context in contexts):
        raise WordsUnfit
    before: list[dict[str, Any]] = [
        {"context_id": one.context_id, "score": one.score}
        for one in held.held_in.order_by("context")
    ]
    held.held_in.all().delete()
    ValueContext.objects.bulk_create(
        ValueContext(value=held, context=context) for context in contexts
    )
    append("value.moved", value=str(held.pk), contexts=[context.pk for context in contexts])
    return before


@recorded
def hold_back(value: Value, before: Collection[Mapping[str, Any]]) -> None:
    """Let a value hold where it held before."""
    held = Value.objects.select_for_update().get(pk=value.pk)
    held.held_in.all().delete()
    ValueContext.objects.bulk_create(ValueContext(value=held, **one) for one in before)
    append("value.moved_back", value=str(held.pk))


def _hold(value: Value) -> Value:
    held = Value.objects.select_for_update().get(pk=value.pk)
    if held.retired_at:
        raise ValueGone
    return held
