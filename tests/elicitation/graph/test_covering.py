"""A card is compared with a value policy by policy: who holds what the other says, and who says more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from elicitation.extraction.encoder import encode
from elicitation.graph import covering
from elicitation.graph.covering import (
    GAP,
    HELD,
    Relation,
    account,
    best,
    cards,
    cover,
    foremost,
    relation,
    standing_for,
    strength,
)

MEETING = "CHANCES to meet neighbours without having planned to"
QUIET = "NIGHTS quiet enough for children to sleep"
SHADE = "SHADE under old trees in summer"
BUDGET = "BILLS that a family can pay at the end of the month"
AROUND = encode(
    [
        MEETING, QUIET, SHADE, BUDGET, "who is left without a door to knock on", "TRUTH told even when it is hard to hear",
        "meeting people by chance on the bench", "a good night's sleep for the kids", "rent that leaves something to live on",
    ]
)  # fmt: skip
share = st.floats(0, 1)


def made(*policies):
    texts = [text for of in policies for text in of]
    return cards(policies, encode(texts), AROUND)


def told(left, right):
    found = cover(made(left), made(right))
    return relation(float(found.held[0, 0]), float(found.holds[0, 0]))


def test_a_card_is_the_same_as_one_of_the_same_policies_in_another_order():
    assert told([MEETING, QUIET], [QUIET, MEETING]) is Relation.SAME


def test_a_card_that_says_half_of_what_a_value_says_is_narrower_and_the_value_wider():
    assert told([MEETING], [MEETING, QUIET, BUDGET]) is Relation.NARROWER
    assert told([MEETING, QUIET, BUDGET], [MEETING]) is Relation.WIDER


def test_a_card_that_shares_no_policy_is_new():
    assert told([SHADE], [BUDGET]) is Relation.NEW


def test_how_far_a_card_is_held_is_the_mean_of_its_policies_best_matches():
    left, right = made([MEETING, BUDGET]), made([MEETING, QUIET])
    point = covering.scores(left.policies, right.policies, covering.Kind.POINT)
    found = cover(left, right)
    assert found.held[0, 0] == pytest.approx((1 + point[1].max()) / 2)
    assert found.holds[0, 0] == pytest.approx((1 + point[:, 1].max()) / 2)


def test_many_cards_at_once_are_covered_as_each_pair_alone():
    left, right = [[MEETING, SHADE], [QUIET]], [[BUDGET], [QUIET, MEETING, SHADE], [SHADE]]
    found = cover(made(*left), made(*right))
    assert found.held.shape == found.holds.shape == (2, 3)
    for a, of in enumerate(left):
        for b, other in enumerate(right):
            alone = cover(made(of), made(other))
            assert found.held[a, b] == pytest.approx(alone.held[0, 0], abs=1e-5)
            assert found.holds[a, b] == pytest.approx(alone.holds[0, 0], abs=1e-5)


def test_what_holds_one_way_is_held_the_other():
    one, two = made([MEETING, QUIET], [SHADE]), made([QUIET], [BUDGET, SHADE])
    there, back = cover(one, two), cover(two, one)
    np.testing.assert_allclose(there.held, back.holds.T, atol=1e-5)
    np.testing.assert_allclose(there.likeness, back.likeness.T, atol=1e-5)


@given(held=share, holds=share)
def test_seen_from_the_other_side_narrower_is_wider_and_the_rest_is_unmoved(held, holds):
    turned = {Relation.NARROWER: Relation.WIDER, Relation.WIDER: Relation.NARROWER}
    found = relation(held, holds)
    assert relation(holds, held) is turned.get(found, found)


@given(held=share, holds=share)
def test_nothing_is_suggested_unless_one_holds_the_other_more_likely_than_not(held, holds):
    found = relation(held, holds)
    if max(held, holds) < HELD:
        assert found is Relation.NEW
    if min(held, holds) >= HELD and abs(held - holds) < GAP:
        assert found is Relation.SAME
    if found in (Relation.NARROWER, Relation.WIDER):
        assert abs(held - holds) >= GAP
    assert 0 <= strength(found, held, holds) <= 1


def test_the_value_that_says_most_about_a_card_is_preferred_to_one_that_is_merely_near():
    found = covering.Cover(np.array([[0.45, 0.9, 0.1]]), np.array([[0.48, 0.0, 0.1]]))
    assert best(found) == 1


def test_the_account_names_policies_by_place_and_says_what_goes_beyond():
    card, value = made([MEETING]), made([QUIET, MEETING, BUDGET])
    found = account(card, value, Relation.NARROWER)
    assert found.pairs == ((0, 1, 1.0),)
    assert found.beyond == (0, 2)
    other = account(made([SHADE, MEETING]), made([MEETING]), Relation.WIDER)
    assert other.beyond == (0,)


def test_one_card_of_many_keeps_its_policies():
    whole = made([MEETING], [QUIET, SHADE], [BUDGET])
    assert whole.only(1).policies.bare == made([QUIET, SHADE]).policies.bare
    assert list(whole.counts) == [1, 2, 1]


def test_a_card_without_policies_is_compared_by_its_title():
    assert standing_for("Open doors", []) == ["Open doors"]
    with pytest.raises(ValueError, match="needs a policy"):
        cards([[]], encode([]).reshape(0, 512))


def test_the_sieve_keeps_the_likest_by_their_policies():
    own = encode([MEETING, QUIET])
    theirs = [encode(of) for of in ([BUDGET], [QUIET, MEETING], [SHADE, BUDGET], [MEETING])]
    assert foremost(own, theirs, 2) == [1, 3]
    assert foremost(own, theirs, 1) == [1]
    assert foremost(own, theirs, 9) == [0, 1, 2, 3]
