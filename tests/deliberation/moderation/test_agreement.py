"""Kappa and alpha are those of the books and of a library, and say nothing where chance leaves nothing to say."""

from uuid import UUID

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deliberation.moderation.agreement import EVERY, alpha, is_drawn, kappa, observed

ANSWERS = ("accept", "merge", "reject")
pairs_of = st.lists(
    st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS)), min_size=1, max_size=40
)
# Two readers of 50 grant proposals, the example most textbooks give: kappa 0.4.
PROPOSALS = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15


def test_kappa_is_that_of_the_textbooks():
    assert kappa(PROPOSALS) == pytest.approx(0.4)
    assert observed(PROPOSALS) == 0.7


@given(pairs_of)
def test_alpha_is_that_of_the_library(pairs):
    told = {answer for pair in pairs for answer in pair}
    assume(len(told) > 1)
    numbers = [[ANSWERS.index(pair[side]) for pair in pairs] for side in (0, 1)]
    expected = krippendorff.alpha(
        reliability_data=numbers, level_of_measurement="nominal", value_domain=[0, 1, 2]
    )
    assert alpha(pairs) == pytest.approx(expected)


@given(pairs_of)
def test_both_stay_within_their_bounds_and_are_one_for_full_agreement(pairs):
    for measure in (kappa, alpha):
        told = measure(pairs)
        assert told is None or -1 - 1e-9 <= told <= 1 + 1e-9
        if told is not None and all(a == b for a, b in pairs):
            assert told == pytest.approx(1)


@given(pairs_of)
def test_alpha_does_not_ask_who_was_first(pairs):
    assert alpha(pairs) == pytest.approx(alpha([(b, a) for a, b in pairs]))


def test_nothing_and_one_answer_throughout_say_nothing():
    for measure in (kappa, alpha):
        assert measure([]) is None
        assert measure([("accept", "accept")] * 5) is None


def test_one_key_in_ten_is_drawn_and_always_the_same():
    keys = [UUID(int=number << 80) for number in range(5000)]
    drawn = [key for key in keys if is_drawn(key)]
    assert 0.08 < len(drawn) / len(keys) < 0.12
    assert EVERY == 10
    assert all(map(is_drawn, drawn))
