"""What of a reply would be kept, and how two readings of one answer differ."""

import pytest

from elicitation.extraction.engines.base import PolicyProposal, Reply, ValueProposal
from elicitation.extraction.trials import (
    Agreement,
    Outcome,
    agreement,
    as_json,
    compare,
    from_json,
    sift,
)

TEXT = "When it snows I look at who clears the path of the old ones. I like a street that is quiet at night."
PATH, NIGHT = "who clears the path of the old ones", "a street that is quiet at night"


def card(title="Clear paths", quote=PATH, **more):
    return ValueProposal(title, (PolicyProposal(quote, (quote,), **more),))


def words(before, after):
    return [pair.word for pair in compare(before, after, TEXT)]


def test_a_card_whose_words_stand_in_the_answer_would_be_kept_as_they_stand_there():
    kept = sift(Reply((card(quote=PATH.upper()),)), TEXT)
    assert kept.cards[0].policies[0].quotes == (PATH,)
    assert kept.refused == ()


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (card(quote="words that nobody here has written"), "quote_not_found"),
        (card(kind="goal"), "goal"),
        (card(title="one two three four five six seven"), "title_too_long"),
        (card(title=" "), "title_or_context_unfit"),
        (ValueProposal("Bare", ()), "no_policy_with_a_quote"),
    ],
)
def test_what_would_not_be_kept_says_why(told, reason):
    outcome = sift(Reply((told,)), TEXT)
    assert outcome.cards == ()
    assert [why for _, why in outcome.refused] == [reason]


def test_what_a_database_cannot_hold_is_left_out_of_what_was_refused():
    ((what, _),) = sift(Reply((card(title="A\x00B\ud800 " * 200),)), TEXT).refused
    assert what.startswith("AB AB")
    assert len(what) <= 200


def test_a_card_is_the_same_only_where_no_letter_differs():
    assert words([card()], [card()]) == ["same"]
    assert words([card()], [card(title="Paths cleared")]) == ["changed"]


def test_a_card_on_other_words_is_new_and_the_older_one_lost():
    assert words([card()], [card(quote=NIGHT)]) == ["lost", "new"]


def test_a_longer_quote_of_the_same_words_is_a_change():
    longer = card(quote="When it snows I look at who clears the path of the old ones")
    assert words([card()], [longer]) == ["changed"]


def test_of_two_cards_on_the_same_words_one_is_new():
    assert words([card()], [card(title="Again"), card()]) == ["same", "new"]


def test_agreement_counts_what_was_found_and_what_nobody_made():
    assert agreement([card(title="Other name"), card(quote=NIGHT)], [card()], TEXT) == Agreement(
        by_hand=1, found=1, beyond=1
    )
    assert agreement([], [], TEXT) == Agreement(0, 0, 0)


@pytest.mark.parametrize(
    "outcome", [sift(Reply((card(), card(kind="rule"))), TEXT), Outcome(failure="refused")]
)
def test_an_outcome_comes_back_as_it_was_stored(outcome):
    assert from_json(as_json(outcome)) == outcome
