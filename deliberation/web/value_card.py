"""A value as people see it: what it attends to, in the words somebody released where these are the same."""

from typing import Any

from deliberation.artifacts.queries import released
from deliberation.opinion.queries import support
from elicitation.graph.models import Value

MOST_QUOTES = 3  # beside the policies; a voice is not louder for having released more


def card_of(value: Value) -> dict[str, Any]:
    """A value as its card shows it: each policy, as a quote where somebody released these very words; and what else was released."""
    quotes = list(released(value).select_related("policy__candidate").order_by("pk"))
    by_words = {quote.text: quote for quote in quotes}
    others = [quote for text, quote in by_words.items() if text not in value.policies]
    policies = [(policy, by_words.get(policy)) for policy in value.policies]
    return {
        "value": value,
        "policies": [told for told in policies if told[1] or told[0] != value.title],
        "quotes": others[:MOST_QUOTES],
        "voices": support([value.pk]).voices,
    }
