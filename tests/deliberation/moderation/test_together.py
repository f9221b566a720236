"""Several cards are accepted together: only those opened as they stand, each by its own decision, and one that fails takes no other with it."""

from uuid import uuid4

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards, claiming
from deliberation.moderation.bench import Item
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.together import Ticked, accept_together
from deliberation.moderation.why import Why
from elicitation.extraction.actions.cards import Rewording
from elicitation.graph.models import Evidence, Suggestion, Value
from tests.deliberation.moderation.test_waiting import suggest


@pytest.fixture
def opened(bench, another):
    """Make a card this moderator has opened."""

    def made(title):
        card = another(title)
        claiming.open_item(bench, Item(Thing.CARD, card.pk, card.version))
        return card

    return made


def tick(card, value=None):
    return Ticked(card.pk, card.version, value.pk if value else None)


def codes(ended):
    return [one.refused.code if one.refused else one.decision.kind for one in ended]


def test_cards_become_new_values_or_join_what_they_are_suggested_to_be_the_same_as(
    bench, opened, accepted
):
    value, new, same, narrower = accepted("Doors"), opened("A"), opened("B"), opened("C")
    suggest(same, value)
    suggest(narrower, value, kind="narrower")
    ended = accept_together(bench, [tick(new), tick(same, value), tick(narrower)])
    assert codes(ended) == ["accept", "merge", "accept"]
    assert Evidence.objects.get(candidate=same).value == value
    assert {one.decision.pk for one in ended} <= set(Decision.objects.values_list("pk", flat=True))
    assert Value.objects.count() == 3


def test_each_that_cannot_be_accepted_is_told_and_the_rest_is_done(
    bench, colleague, opened, another, accepted
):
    unopened, decided, changed, held, good = (
        another("Unopened"), opened("Decided"), opened("Changed"), opened("Held"), opened("Good"),
    )  # fmt: skip
    ticked = [tick(card) for card in (unopened, decided, changed, held, good)]
    cards.reject(colleague, decided, decided.version, Why("No."))
    taking_part.reword_card(changed, Rewording("Other", "", {0: "DOORS"}), False)
    claiming.take_over(colleague, Item(Thing.CARD, held.pk, held.version))
    ended = accept_together(bench, [*ticked, Ticked(uuid4(), 1)])
    assert codes(ended) == [
        "not_opened",
        "stale_decision",
        "stale_decision",
        "held_by_other",
        "accept",
        "stale_decision",
    ]
    assert [value.title for value in Value.objects.all()] == ["Good"]


def test_a_suggestion_that_moved_since_the_list_was_shown_is_not_followed_unseen(
    bench, opened, accepted
):
    value, other, card = accepted("Doors"), accepted("Roofs"), opened("A")
    suggest(card, value)
    assert codes(accept_together(bench, [tick(card)])) == ["suggestion_moved"]
    assert codes(accept_together(bench, [tick(card, other)])) == ["suggestion_moved"]
    Suggestion.objects.all().delete()
    assert codes(accept_together(bench, [tick(card, value)])) == ["suggestion_moved"]
    assert not Evidence.objects.filter(candidate=card).exists()


def test_what_another_opened_is_not_opened_by_me(bench, colleague, opened):
    card = opened("A")
    claiming.let_go(bench, Item(Thing.CARD, card.pk))
    assert codes(accept_together(colleague, [tick(card)])) == ["not_opened"]


def test_one_ticked_twice_is_decided_once(bench, opened):
    card = opened("A")
    assert codes(accept_together(bench, [tick(card), tick(card)])) == ["accept", "stale_decision"]
