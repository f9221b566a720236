"""Quartiles and the interval of a median are those of the papers, and of the statistics library."""

from math import comb
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.measures.spread import around_median, spread

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60)


@given(NUMBERS)
def test_quartiles_are_those_of_the_library_by_definition_7(numbers):
    found = spread(numbers)
    expected = quantiles(numbers, n=4, method="inclusive")
    assert [found.lower, found.median, found.upper] == pytest.approx(expected)
    assert found.median == pytest.approx(median(numbers))


def test_of_a_hundred_numbers_the_median_lies_between_the_40th_and_the_61st():
    """By hand: 50 - 9.8 = 40.2 and 51 + 9.8 = 60.8, each to the nearest whole number."""
    assert around_median(range(1, 101)) == (40, 61)


@pytest.mark.parametrize("n", [6, 10, 25, 60, 200])
def test_the_interval_holds_the_median_in_about_95_of_100_draws(n):
    """Exactly: the chance that of n fair coins at least r and fewer than s show heads."""
    first, last = around_median(range(1, n + 1))
    held = sum(comb(n, heads) for heads in range(first, last)) / 2**n
    assert 0.93 < held < 0.985


def test_of_five_numbers_or_fewer_there_is_no_interval_and_of_none_nothing():
    assert around_median([1, 2, 3, 4, 5]) == (None, None)
    assert spread([7.0]).median == 7.0
    assert spread([]) is None
