"""Ask authors whether a value still says what they meant, and take in what they say."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import MeaningGone
from deliberation.moderation.meanings import AUTHOR, cards_in, standing
from deliberation.moderation.models import Decision, Meaning
from elicitation.extraction.models import Candidate
from elicitation.graph.forest import below
from elicitation.graph.models import Fold, Value
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

K = Decision.Kind
LONGEST = 600


@recorded
def ask_authors(decision: Decision) -> int:
    """Ask the authors of every card that ends in words not their own by this decision, in place of what they were asked before.

    Whose own card words the value is not asked. Returns how many are asked.
    """
    asked = 0
    for value in _reached(decision):
        cards = cards_in([value.pk])
        if decision.kind == K.MERGE:
            cards = cards.filter(pk=decision.candidate.pk) if decision.candidate else cards.none()
        elif decision.kind == K.FOLD:
            cards = cards.filter(evidence__value__in=_below(decision))
        asked += _ask(decision, value, cards.exclude(worded_values=value))
    append("meaning.asked", decision=str(decision.pk), cards=asked)
    return asked


@recorded
def unask(decision: Decision) -> None:
    """Ask no more what an undone decision made us ask; what was asked before stands again where it is still so."""
    now = timezone.now()
    mine = Meaning.objects.current().filter(decision=decision)
    cards = list(mine.values_list("candidate", flat=True))
    mine.update(replaced_at=now)
    for card in cards:
        before = Meaning.objects.filter(candidate=card).exclude(decision=decision)
        last = before.select_related("value").order_by("-asked_at").first()
        if last and last.value.version == last.value_version and not last.value.retired_at:
            Meaning.objects.filter(pk=last.pk).update(replaced_at=None)
    append("meaning.unasked", decision=str(decision.pk), cards=len(cards))


@recorded
def answer_meaning(
    member: Membership, meaning: Meaning, answer: Meaning.Answer, words: str = ""
) -> Meaning:
    """Take in what an author says of their own card; it can be changed. Raises NotHere, MeaningGone."""
    held = Meaning.objects.select_for_update().filter(pk=meaning.pk).first()
    if (
        held is None
        or not Meaning.objects.filter(pk=held.pk, **{AUTHOR: member.respondent_id}).exists()
    ):
        raise NotHere
    if not standing().filter(pk=held.pk).exists():
        raise MeaningGone
    held.answer, held.answered_at, held.seen_to_at = answer, timezone.now(), None
    held.words = words.strip()[:LONGEST] if words.strip() and not fault(words) else ""
    held.save(update_fields=["answer", "answered_at", "words", "seen_to_at"])
    append("meaning.answered", meaning=str(held.pk))
    return held


@recorded
def see_to(bench: Bench, meaning: Meaning) -> Meaning:
    """Note that a moderator looked at an author's no. Raises MeaningGone where it is answered anew or asked no more."""
    held = standing().select_for_update(of=("self",)).filter(pk=meaning.pk).first()
    if held is None or held.answer in (Meaning.Answer.OPEN, Meaning.Answer.SAME):
        raise MeaningGone
    held.seen_to_at = timezone.now()
    held.save(update_fields=["seen_to_at"])
    append("meaning.seen_to", meaning=str(held.pk), assembly=bench.assembly.slug)
    return held


def _reached(decision: Decision) -> list[Value]:
    """The values in which cards now end with other words."""
    named = {
        K.MERGE: [decision.value_id],
        K.FOLD: [decision.other_id],
        K.SPLIT: [decision.other_id, decision.value_id if decision.inverse.get("words") else None],
        K.RENAME: [decision.value_id],
        K.EDIT: [decision.value_id],
    }.get(K(decision.kind), [])
    return list(Value.objects.standing().filter(pk__in=[pk for pk in named if pk]).order_by("pk"))


def _below(decision: Decision) -> list[UUID | None]:
    """What came into the parent by a fold: the child, and all that was folded into it before."""
    folds = Fold.objects.living().filter(child__root=decision.other_id)
    return list(below(decision.value_id, folds.values_list("child", "parent")))


def _ask(decision: Decision, value: Value, cards: Iterable[Candidate]) -> int:
    asked = list(cards)
    Meaning.objects.current().filter(candidate__in=asked).update(replaced_at=timezone.now())
    Meaning.objects.bulk_create(
        Meaning(candidate=card, value=value, value_version=value.version, decision=decision)
        for card in asked
    )
    return len(asked)
