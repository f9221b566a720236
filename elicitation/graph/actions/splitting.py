"""Part the cards of a value that speak of something else into a value of their own, and bring them back exactly."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from elicitation.extraction.models import Candidate
from elicitation.graph.actions.keeping import cards_in, put_words, spoken, take_words, words_of
from elicitation.graph.actions.placing import dissolve
from elicitation.graph.errors import SplitUnfit, ValueGone
from elicitation.graph.models import Evidence, Value
from elicitation.record.actions import append, recorded


@dataclass(frozen=True, slots=True)
class Parted:
    """`value`: the new one. `places`: of each card that went to it (ids as text), the value it stood in. `words`: as keeping.spoken told them
    where the old value lost its own, else None."""

    value: Value
    places: Mapping[str, str]
    words: Mapping[str, object] | None


@recorded
def split(value: Value, cards: Collection[Candidate]) -> Parted:
    """Let these cards of a value, wherever in its tree they stand, stand in a new one with the words of the first. All else stays: votes too.

    Raises ValueGone; SplitUnfit where a card is not in it, none is given or none would be left.
    """
    held = Value.objects.select_for_update().get(pk=value.pk)
    if held.retired_at:
        raise ValueGone
    wanted = [card.pk for card in cards]
    moving = list(cards_in(held).filter(candidate__in=wanted).select_related("candidate"))
    if not moving or len(moving) < len(set(wanted)) or len(moving) == cards_in(held).count():
        raise SplitUnfit
    first = moving[0].candidate
    made = Value.objects.create(inquiry_id=held.inquiry_id, worded_from=first, **words_of(first))
    places = {str(one.candidate_id): str(one.value_id) for one in moving}
    Evidence.objects.filter(pk__in=[one.pk for one in moving]).update(value=made)
    gone = held.worded_from_id in {one.candidate_id for one in moving}
    words = spoken(held) if gone else None
    if gone:
        take_words(held)
    append("value.split", value=str(held.pk), made=str(made.pk), cards=sorted(places))
    return Parted(made, places, words)


@recorded
def unsplit(value: Value, parted: Parted) -> None:
    """Undo a split: the cards still in the new value go back to where they stood, and it is gone as if it had not been.

    Raises ValueShared where other cards joined it; ValueWeighed, ValueInUse.
    """
    both = Value.objects.select_for_update().filter(pk__in=[value.pk, parted.value.pk])
    held = {one.pk: one for one in both.order_by("pk")}
    here = Evidence.objects.filter(value=parted.value, candidate__in=list(parted.places))
    for evidence in here:
        place = UUID(parted.places[str(evidence.candidate_id)])
        Evidence.objects.filter(pk=evidence.pk).update(value=place)
    dissolve(parted.value, None)
    old = held[value.pk]
    if parted.words:
        put_words(old, parted.words)
    append("value.unsplit", value=str(old.pk), made=str(parted.value.pk))
