"""A value as people see it: what it attends to, in the words somebody released where these are the same."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from deliberation.artifacts.queries import behind
from deliberation.opinion.queries import voices_behind
from elicitation.graph.models import Value

MOST_QUOTES = 3  # beside the policies; a voice is not louder for having released more


class Words(NamedTuple):
    """Words somebody released, with the language they are in."""

    text: str
    language: str
    by_helper: bool


def card_of(value: Value) -> dict[str, Any]:
    """A value as its card shows it: each policy, as a quote where somebody released these very words; and what else was released."""
    return {**card_by(value.pk), "value": value}


def card_by(value_id: UUID) -> dict[str, Any]:
    """The same of a value by its key, in one query. Raises Value.DoesNotExist."""
    value: Any = _told().get(pk=value_id)
    by_words = {said["text"]: Words(**said) for said in value.words}
    others = [words for text, words in by_words.items() if text not in value.policies]
    policies = [(policy, by_words.get(policy)) for policy in value.policies]
    return {
        "value": value,
        "policies": [told for told in policies if told[1] or told[0] != value.title],
        "quotes": others[:MOST_QUOTES],
        "voices": value.voices,
    }


def _told() -> QuerySet[Value]:
    quotes = behind(OuterRef("root")).order_by("pk")
    words = JSONObject(text="text", language="policy__candidate__language", by_helper="by_helper")
    return Value.objects.annotate(
        voices=voices_behind(), words=ArraySubquery(quotes.values(told=words))
    )
