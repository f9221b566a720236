"""The words a value carries: taken from a card behind it, and what was made of them thrown away with them."""

from collections.abc import Mapping

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from elicitation.extraction.models import Candidate
from elicitation.graph.actions.stories import erase
from elicitation.graph.models import Evidence, Story, Telling, Value, ValueContext, ValueVector
from elicitation.graph.models.vectors import CurrentTransaction
from elicitation.record.actions import append


def cards_in(value: Value) -> QuerySet[Evidence]:
    """The cards that stand in a value: in its whole tree, or in itself alone where it was folded."""
    inside = {"value": value} if value.is_folded else {"value__root": value}
    return Evidence.objects.filter(**inside)


def words_of(candidate: Candidate) -> dict[str, object]:
    """What a card says, as a value says it."""
    return {
        "title": candidate.title,
        "policies": [policy.text for policy in candidate.policies.all()],
        "context": candidate.context,
        "language": candidate.language,
    }


def spoken(value: Value) -> dict[str, object]:
    """What is needed to give a value its words again: the card they are of, or, where a person wrote them, the words themselves.

    Never the words of a card: whoever wrote those may take them back.
    """
    if value.worded_from_id:
        return {"worded_from": str(value.worded_from_id)}
    return {"title": value.title, "policies": value.policies, "worded_from": None}


def put_words(value: Value, words: Mapping[str, object]) -> None:
    """Let a value say what `spoken` told, or what a person wrote; the earliest card left words it where the one named is gone."""
    if named := words["worded_from"]:
        card = Candidate.objects.filter(evidence__in=cards_in(value), pk=named).first()
        if card is None:
            take_words(value)
            return
        words = {**words_of(card), "worded_from": card}
    Value.objects.filter(pk=value.pk).update(version=F("version") + 1, **words)
    _forget_what_was_made(value, for_good=False)


def silence(value: Value) -> None:
    """Empty the vectors of words that are gone; the row stays, so that whoever holds a copy learns of it."""
    ValueVector.objects.filter(value=value).update(
        version=0, whole=b"", policies=b"", written_in=CurrentTransaction()
    )


def take_words(value: Value) -> None:
    """Take the words of the earliest card left, or fall silent where none is.

    What was made of the old words goes with them: it may repeat words that are gone.
    """
    left = cards_in(value).select_related("candidate").first()
    if left:
        words = {**words_of(left.candidate), "worded_from": left.candidate}
    else:
        words = {"title": "", "policies": [], "context": "", "worded_from": None}
        words["retired_at"] = timezone.now()
    Value.objects.filter(pk=value.pk).update(version=F("version") + 1, **words)
    _forget_what_was_made(value, for_good=left is None)
    append("value.reworded", value=str(value.pk), retired=left is None)


def _forget_what_was_made(value: Value, *, for_good: bool) -> None:
    """What a machine made of a value's old words goes with them."""
    _untell(value, for_good=for_good)
    silence(value)
    ValueContext.objects.found().filter(value=value).delete()


def _untell(value: Value, *, for_good: bool) -> None:
    """Erase what models told of moves from and to a value, and let them be asked again: about the value, and about those beside it."""
    of_value = Q(transition__from_value=value) | Q(transition__to_value=value)
    stories = Story.objects.filter(of_value, written_by=None)
    moves = stories.values_list(
        "transition__from_value", "transition__to_value", "transition__context"
    )
    tellings = Q(value=value)
    for start, end, context in () if for_good else moves.order_by().distinct():
        tellings |= Q(value__in=[start, end], context=context)
    erase(stories)
    Telling.objects.filter(tellings).exclude(state=Telling.State.WAITING).delete()
