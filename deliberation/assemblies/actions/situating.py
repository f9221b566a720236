"""Change the situations of an assembly after it was founded: one more, other words, another order, and an end to putting anything under one."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from deliberation.assemblies.actions.text_keeping import ensure_fit, with_text
from deliberation.assemblies.models import Assembly
from elicitation.graph.models import Transition
from elicitation.interview.models import Context, Inquiry
from elicitation.record.actions import append, recorded


@recorded
def add_context(assembly: Assembly, inquiry: Inquiry, language: str, phrase: str) -> Context:
    """One situation more, after all others. Raises WordsUnfit."""
    ensure_fit(assembly, language, [phrase], [])
    held = _held(inquiry.pk)
    last = held.contexts.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    made = Context.objects.create(inquiry=held, position=place, phrase=_told({}, language, phrase))  # fmt: skip
    append("context.added", assembly=assembly.slug, context=made.pk)
    return made


@recorded
def reword_context(assembly: Assembly, context: Context, language: str, phrase: str) -> Context:
    """Call a situation otherwise, in one language: it stays the same one, with all that stands under it, and keeps what it was called. Raises WordsUnfit."""
    ensure_fit(assembly, language, [phrase], [])
    held = _held(context.inquiry_id)
    found = held.contexts.get(pk=context.pk)
    told = _told(found.phrase, language, phrase)
    if told == found.phrase:
        append("context.unchanged", assembly=assembly.slug, context=found.pk)
        return found
    before = {"phrase": found.phrase, "until": timezone.now().isoformat()}
    found.earlier, found.phrase = [*found.earlier, before], told
    found.save(update_fields=["earlier", "phrase"])
    append("context.reworded", assembly=assembly.slug, context=found.pk, language=language)
    return found


@recorded
def move_context(assembly: Assembly, context: Context, by: int) -> None:
    """Let it change places with the one before (`by` -1) or after it (1); at the end nothing moves."""
    order = list(_held(context.inquiry_id).contexts.order_by("position"))
    at = next(n for n, one in enumerate(order) if one.pk == context.pk)
    to = at + by
    if 0 <= to < len(order):
        one, other = order[at], order[to]
        one.position, other.position = other.position, one.position
        Context.objects.bulk_update([one, other], ["position"])
    append("context.moved", assembly=assembly.slug, context=context.pk, by=by)


@recorded
def retire_context(assembly: Assembly, context: Context) -> int:
    """Put nothing new under a situation: nobody is asked about it any more. What was said stays and counts. Returns how many comparisons are asked no more."""
    held = _held(context.inquiry_id)
    now, closed = timezone.now(), 0
    if held.contexts.standing().filter(pk=context.pk).update(retired_at=now):
        closed = Transition.objects.filter(context=context.pk, closed_at=None).update(closed_at=now)
    append("context.retired", assembly=assembly.slug, context=context.pk, comparisons=closed)
    return closed


@recorded
def restore_context(assembly: Assembly, context: Context) -> int:
    """Take a situation up again, with the comparisons that ended with it. Returns how many are asked again."""
    held = _held(context.inquiry_id)
    found = held.contexts.get(pk=context.pk)
    reopened = 0
    if found.retired_at:
        ended = Transition.objects.filter(context=found.pk, closed_at=found.retired_at)
        reopened = ended.update(closed_at=None)
        Context.objects.filter(pk=found.pk).update(retired_at=None)
        append("context.restored", assembly=assembly.slug, context=found.pk, comparisons=reopened)
    return reopened


def _told(texts: dict[str, str], language: str, phrase: str) -> dict[str, str]:
    """The phrase among those of other languages, in one line."""
    return with_text(texts, language, " ".join(phrase.split()))


def _held(inquiry_id: UUID) -> Inquiry:
    """The inquiry, whose situations nobody else changes meanwhile."""
    return Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry_id)
