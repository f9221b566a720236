"""Accept several cards at once: only what this moderator has opened as it stands, each by a decision of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from deliberation.moderation import queries
from deliberation.moderation.actions import cards
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.errors import NotOpened, StaleDecision, SuggestionMoved
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.waiting import ensure_free, is_opened
from elicitation.errors import DomainError
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Suggestion, Value
from elicitation.graph.queries import suggestion_for


@dataclass(frozen=True, slots=True)
class Ticked:
    """A card as the list showed it: at version `seen`, to be joined to `value`, or None to become a new one."""

    card: UUID
    seen: int
    value: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a ticked card: its decision, or why there is none."""

    ticked: Ticked
    title: str
    decision: Decision | None = None
    refused: DomainError | None = None


def accept_together(bench: Bench, ticked: Iterable[Ticked]) -> list[Ended]:
    """Accept each that can be, and say of each other why not. One that fails takes no other with it."""
    return [_accept(bench, one) for one in ticked]


def _accept(bench: Bench, one: Ticked) -> Ended:
    card = queries.cards_of(bench.assembly).filter(pk=one.card).first()
    if card is None:
        return Ended(one, "", refused=StaleDecision(now=Decision.Kind.REJECT.label))
    try:
        return Ended(one, card.title, _decide(bench, card, one))
    except DomainError as refused:
        return Ended(one, card.title, refused=refused)


def _decide(bench: Bench, card: Candidate, one: Ticked) -> Decision:
    """Raises NotOpened, HeldByOther, SuggestionMoved and what accepting raises."""
    item = Item(Thing.CARD, card.pk, one.seen)
    if not is_opened(bench, item):
        raise NotOpened
    ensure_free(bench, item)
    same = _same_as(card)
    if card.version == one.seen and (same.pk if same else None) != one.value:
        raise SuggestionMoved
    if same:
        return cards.merge(bench, card, one.seen, same)
    return cards.accept(bench, card, one.seen)


def _same_as(card: Candidate) -> Value | None:
    """The value the card is suggested to be the same as."""
    told = suggestion_for(card)
    return told.value if told and told.kind == Suggestion.Kind.SAME else None
