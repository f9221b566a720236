"""Codes of an app are those of RFC 6238, hold for a minute and a half, and none but a later one follows."""

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.second_factors import counter_of, plain_digits
from tests._factors import SEED, code_at, code_now


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_oracle_of_these_tests_makes_the_codes_of_the_rfc(seconds, code):
    assert code_at(seconds // 30, base64.b32encode(b"12345678901234567890").decode()) == code


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_a_code_of_now_and_of_the_half_minutes_beside_it_fits(ahead):
    before = counter_of(SEED, code_now(ahead))
    again = counter_of(SEED, code_now(ahead))  # a half minute may end between making and reading
    assert (before or again) is not None


@pytest.mark.parametrize("ahead", [-40, -3, 3, 40])
def test_older_and_later_ones_do_not(ahead):
    assert counter_of(SEED, code_now(ahead)) is None


def test_only_one_later_than_the_last_fits():
    now = int(time.time()) // 30
    assert counter_of(SEED, code_at(now), after=now) is None
    assert counter_of(SEED, code_at(now + 1), after=now) == now + 1


@given(st.text(max_size=12))
def test_whatever_else_is_typed_fits_nothing_and_breaks_nothing(typed):
    now = int(time.time()) // 30
    known = {code_at(now + n) for n in range(-2, 3)}
    found = counter_of(SEED, typed)
    digits = "".join(letter for letter in plain_digits(typed) if letter.isalnum())
    assert found is None or digits in known


@given(st.text(alphabet="٠١٢٣٤٥٦٧٨٩०१२३४५६७८९0123456789", min_size=1))
def test_digits_of_any_script_are_read_as_the_same_number(typed):
    assert int(plain_digits(typed)) == int(typed)
    assert plain_digits(typed).isascii()
