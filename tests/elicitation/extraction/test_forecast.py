"""What reading will still cost: the mean a paid answer times what waits, never below what hand calculation says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elicitation.extraction.forecast import forecast

AMOUNT = st.integers(0, 10**12)


def test_forty_answers_at_two_cents_each_cost_eighty_cents_more():
    told = forecast(3_200_000, (2_000_000, 100), 40, 20_000_000)
    assert (told.each, told.to_come, told.lasts) == (20_000, 800_000, True)


def test_what_does_not_fit_under_the_cap_does_not_last():
    assert not forecast(19_500_000, (2_000_000, 100), 40, 20_000_000).lasts
    assert forecast(19_200_000, (2_000_000, 100), 40, 20_000_000).lasts
    assert forecast(10**12, (1, 1), 1, None).lasts


def test_before_any_answer_was_paid_nothing_is_forecast():
    told = forecast(0, (0, 0), 40, 1)
    assert (told.each, told.to_come, told.lasts) == (None, None, True)


@given(AMOUNT, AMOUNT, st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_forecast_is_never_below_the_mean_and_less_than_one_unit_an_answer_above(
    spent, cost, answers, waiting
):
    told = forecast(spent, (cost, answers), waiting, None)
    assert cost * waiting <= told.to_come * answers < (cost + answers) * waiting + 1


@pytest.mark.parametrize("wrong", [(-1, (0, 0), 0, 0), (0, (0, -1), 0, 0), (0, (0, 0), 0, -1)])
def test_amounts_below_zero_are_refused(wrong):
    with pytest.raises(ValueError, match="below zero"):
        forecast(*wrong)
