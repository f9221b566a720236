"""Decide on values: fold two that are one, part one that is two, word one anew, let it hold elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from deliberation.moderation.actions.doubled_keeping import ask_of_pair
from deliberation.moderation.actions.keeping import ensure_standing, keep
from deliberation.moderation.actions.meaning import ask_authors
from deliberation.moderation.bench import Bench
from deliberation.moderation.inverse import What
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate
from elicitation.graph.actions import folding, rewording, splitting
from elicitation.graph.actions.suggesting import call_apart, take_up
from elicitation.graph.models import Regrouping, Value
from elicitation.interview.models import Context, Response
from elicitation.record.actions import recorded

K = Decision.Kind
Seen = Mapping[UUID, int]  # version of each value as the moderator saw it


@recorded
def fold(bench: Bench, child: Value, parent: Value, seen: Seen, why: Why) -> Decision:
    """Let `child` go on as part of `parent`. Raises StaleDecision, ReasonMissing, OtherInquiry, SameValue."""
    for value in sorted({child, parent}, key=lambda one: one.pk):
        ensure_standing(value, seen.get(value.pk, 0))
    made = folding.fold(child, parent)
    decision = keep(bench, What(K.FOLD, value=child.pk, other=parent.pk), why, fold=made)
    ask_authors(decision)
    return decision


@recorded
def fold_suggested(
    bench: Bench, regrouping: Regrouping, parent: Value, seen: Seen, why: Why
) -> list[Decision]:
    """Fold all values of a suggestion nobody took out of it into one of them, each by a decision of its own.

    Raises NotSuggested, and what fold raises.
    """
    taken = take_up(regrouping)
    members = taken.members.filter(apart=None).exclude(value=parent).order_by("value")
    made = [fold(bench, m.value, parent, seen, why) for m in members.select_related("value")]
    for one in made:
        one.regrouping = taken
        one.save(update_fields=["regrouping"])
    ask_of_pair(bench, taken, SecondLook.FOLD)
    return made


@recorded
def say_apart(bench: Bench, regrouping: Regrouping, value: Value | None = None) -> Regrouping:
    """Say that values are not the same, as call_apart does; a second moderator may be asked. Raises NotSuggested."""
    told = call_apart(regrouping, value)
    ask_of_pair(bench, told, SecondLook.APART)
    return told


@recorded
def split(
    bench: Bench, value: Value, cards: Collection[Candidate], seen: int, why: Why
) -> Decision:
    """Let these cards stand in a value of their own. Raises StaleDecision, ReasonMissing, SplitUnfit."""
    chosen = sorted(cards, key=lambda card: card.pk)
    answers = Response.objects.filter(revisions__readings__in=[c.reading_id for c in chosen])
    list(Response.objects.select_for_update().filter(pk__in=answers).order_by("pk"))
    here = Candidate.objects.select_for_update(no_key=True).order_by("pk")
    list(here.filter(pk__in=[card.pk for card in chosen]))
    held = ensure_standing(value, seen)
    parted = splitting.split(held, chosen)
    what = What(
        K.SPLIT,
        value=held.pk,
        other=parted.value.pk,
        cards=[card.pk for card in chosen],
        reworded=parted.words is not None,
    )
    decision = keep(bench, what, why, inverse={"places": parted.places, "words": parted.words})
    ask_authors(decision)
    return decision


@recorded
def split_suggested(bench: Bench, regrouping: Regrouping, seen: int, why: Why) -> Decision:
    """Let the cards of one side of a suggested split stand in a value of their own. Raises NotSuggested, and what split raises."""
    taken = take_up(regrouping)
    value = taken.members.select_related("value").get().value
    side = Candidate.objects.filter(pk__in=taken.told["parts"][1], evidence__value__root=value)
    decision = split(bench, value, list(side), seen, why)
    decision.regrouping = taken
    decision.save(update_fields=["regrouping"])
    return decision


@recorded
def reword(
    bench: Bench, value: Value, words: tuple[str, Sequence[str]], seen: int, why: Why
) -> Decision:
    """Give a value another title and other policies, in words a moderator wrote. Raises StaleDecision, ReasonMissing, WordsUnfit."""
    held = ensure_standing(value, seen)
    title, policies = words
    kind = K.RENAME if list(policies) == held.policies else K.EDIT
    before = rewording.reword(held, title, policies)
    decision = keep(bench, What(kind, value=held.pk), why, inverse={"words": before})
    ask_authors(decision)
    return decision


@recorded
def move(
    bench: Bench, value: Value, contexts: Collection[Context], seen: int, why: Why
) -> Decision:
    """Say in which contexts of its question a value holds. Raises StaleDecision, ReasonMissing, WordsUnfit."""
    held = ensure_standing(value, seen)
    before = rewording.hold_in(held, contexts)
    return keep(bench, What(K.MOVE, value=held.pk), why, inverse={"contexts": before})
