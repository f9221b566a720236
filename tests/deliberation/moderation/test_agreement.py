"""Kappa and alpha are those of the books and of a library, and say nothing where chance leaves nothing to say."""

from uuid import UUID

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deliberation.moderation.agreement import (
    USUAL,
    alpha,
    around_alpha,
    around_kappa,
    is_drawn,
    kappa,
    observed,
)

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


@pytest.mark.parametrize("share", [0, USUAL, 35, 100])
def test_so_many_keys_of_a_hundred_are_drawn_and_always_the_same(share):
    keys = [UUID(int=number << 80) for number in range(5000)]
    drawn = [key for key in keys if is_drawn(key, share)]
    assert abs(len(drawn) / len(keys) - share / 100) < 0.02
    assert all(is_drawn(key, share) for key in drawn)
    assert all(is_drawn(key, min(100, share + 20)) for key in drawn)  # a larger share has them all


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability": A two observers and two answers, B two observers and five, C four observers of whom some gave no answer.
MEG_AND_OWEN = list(zip("0100000010", "1110010000", strict=True))
BEN_AND_GERRY = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
FOUR = [
    [answer for answer in unit if answer != "."]
    for unit in zip("123321412...", "1233224125.3", ".3332342251.", "12332441251.", strict=True)
]


@pytest.mark.parametrize(
    ("units", "expected"), [(MEG_AND_OWEN, 0.095), (BEN_AND_GERRY, 0.692), (FOUR, 0.743)]
)
def test_alpha_is_that_of_krippendorffs_own_examples(units, expected):
    assert round(alpha(units), 3) == expected


def test_kappa_is_that_of_cohens_own_example():
    """Cohen (1960), table 2: two hundred cases, kappa 58 / 118 = .492."""
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(table[a][b])]
    assert kappa(pairs) == pytest.approx(58 / 118)


def test_the_interval_of_kappa_is_that_of_the_r_package_statpsych():
    """`ci.kappa(.05, 31, 12, 4, 58)`: 0.6756757, 0.5317210 to 0.8196303."""
    pairs = [(0, 0)] * 31 + [(0, 1)] * 12 + [(1, 0)] * 4 + [(1, 1)] * 58
    assert kappa(pairs) == pytest.approx(0.6756757, abs=1e-7)
    assert around_kappa(pairs) == pytest.approx((0.5317210, 0.8196303), abs=1e-7)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=15))
def test_alpha_of_any_number_of_coders_is_that_of_the_library(units):
    told = {answer for unit in units if len(unit) > 1 for answer in unit}
    assume(len(told) > 1)
    numbers = [
        [("abc".index(unit[coder]) if coder < len(unit) else None) for unit in units]
        for coder in range(4)
    ]
    data = [[float("nan") if one is None else one for one in row] for row in numbers]
    expected = krippendorff.alpha(
        reliability_data=data, level_of_measurement="nominal", value_domain=[0, 1, 2]
    )
    assert alpha(units) == pytest.approx(expected)


def test_the_jackknife_of_alpha_is_what_leaving_out_each_case_gives():
    units = FOUR
    left = [alpha(units[:n] + units[n + 1 :]) for n in range(len(units)) if len(units[n]) > 1]
    n, mean = len(left), sum(left) / len(left)
    error = ((n - 1) / n * sum((one - mean) ** 2 for one in left)) ** 0.5
    low, high = around_alpha(units)
    assert low == pytest.approx(alpha(units) - 1.959963984540054 * error)
    assert high == 1.0


@given(pairs_of)
def test_intervals_hold_their_figure_and_are_missing_where_all_agree(pairs):
    for measure, around in ((kappa, around_kappa), (alpha, around_alpha)):
        value, ends = measure(pairs), around(pairs)
        if value is None or value == 1:
            assert ends is None
        elif ends:
            assert -1 <= ends[0] <= max(value, -1) + 1e-9
            assert value - 1e-9 <= ends[1] <= 1


def test_many_cases_make_narrow_intervals():
    few, many = PROPOSALS, PROPOSALS * 20
    for around in (around_kappa, around_alpha):
        assert (around(many)[1] - around(many)[0]) * 4 < around(few)[1] - around(few)[0]
