"""Resampling people takes as long as it may, and says how often it was done."""

from math import inf

import numpy as np
import pytest

from elicitation.graph.stability import affordable, stability

PEOPLE = np.repeat(np.arange(12), 3)


def outline(weights):
    """Transitions 0 to 11, each kept where its own person was drawn; the first three values never change."""
    each = np.ones(12) if weights is None else weights[::3]
    return np.flatnonzero(each > 0), np.arange(3)


@pytest.mark.parametrize(
    ("took", "number"), [(0.01, 100), (0.2, 100), (0.5, 40), (2.0, 10), (2.1, 0), (60.0, 0)]
)
def test_as_many_resamples_are_drawn_as_fit_and_none_where_they_would_say_little(took, number):
    assert affordable(100, took, 20.0) == number


def test_a_few_that_were_asked_for_are_drawn_where_they_fit():
    assert affordable(3, 1.0, 20.0) == 3


def test_without_a_limit_all_are_drawn():
    steady = stability(PEOPLE, outline, 40, 1, inf)
    assert (steady.resamples, steady.top, steady.top_kept) == (40, 3, 3.0)
    assert np.allclose(steady.overlap, steady.kept.mean())


def test_where_not_even_a_few_fit_nothing_is_said():
    assert stability(PEOPLE, outline, 40, 1, 0.0) is None


def test_fewer_draws_are_the_first_of_many():
    few, many = (stability(PEOPLE, outline, number, 7) for number in (1, 2))
    assert set(2 * many.kept - few.kept) <= {0.0, 1.0}
