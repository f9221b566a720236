"""What the machine suggests of a card or of values, put so that a moderator can check it against the words themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.web.seats import tongue
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Suggestion, Value
from elicitation.graph.queries import is_overtaken, suggestion_for

Kind = Suggestion.Kind


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion with its reason in words: pairs of policies that say the same (card, value, score), and what goes beyond.

    `context`: the inquiry's context the card's own seems to be, "" for none.
    """

    suggestion: Suggestion
    reason: str
    pairs: Sequence[tuple[str, str, float]]
    beyond: Sequence[str]
    context: str
    overtaken: bool

    @property
    def value(self) -> Value | None:
        """The value to join, where one is suggested."""
        return None if self.suggestion.kind == Kind.NEW else self.suggestion.value


def shown(card: Candidate) -> Shown | None:
    """What is suggested of a card as it stands."""
    suggestion = suggestion_for(card)
    if suggestion is None:
        return None
    own = _said(card.title, [policy.text for policy in card.policies.all()])
    theirs = _said(suggestion.value.title, suggestion.value.policies) if suggestion.value else []
    told = suggestion.told
    says_more = theirs if suggestion.kind == Kind.NARROWER else own
    return Shown(
        suggestion,
        _reason(suggestion, len(told.get("beyond", []))),
        [(own[a], theirs[b], score) for a, b, score in told.get("pairs", [])],
        [says_more[n] for n in told.get("beyond", [])] if suggestion.kind != Kind.NEW else [],
        suggestion.context.said_in(tongue()) if suggestion.context else "",
        is_overtaken(suggestion),
    )


def _reason(suggestion: Suggestion, beyond: int) -> str:
    """Why, in a sentence."""
    if suggestion.kind == Kind.NARROWER:
        return ngettext(
            "The value says what this card says, and %(n)s thing more.",
            "The value says what this card says, and %(n)s things more.",
            beyond,
        ) % {"n": beyond}
    if suggestion.kind == Kind.WIDER:
        return ngettext(
            "This card says what the value says, and %(n)s thing more.",
            "This card says what the value says, and %(n)s things more.",
            beyond,
        ) % {"n": beyond}
    if suggestion.kind == Kind.SAME:
        return _("Each says most of what the other says, and neither says clearly more.")
    if suggestion.value is None:
        return _("There is no value yet it could be compared with.")
    return _("No value says most of what it says, nor the other way.")


def _said(title: str, policies: Sequence[str]) -> Sequence[str]:
    return policies or [title]
