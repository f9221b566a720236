"""How far a share is from its target, held against counting up and down one person at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion.aiming import Gap, Standing, gap


def reaches(number, of, target):
    return 100 * number >= target * of


@given(st.data())
def test_it_is_what_counting_one_by_one_finds(data):
    of = data.draw(st.integers(2, 300))
    number = data.draw(st.integers(0, of))
    target = data.draw(st.integers(1, 99))
    found = gap(number, of, target)
    if not reaches(number, of, target):
        more = next(k for k in range(100_000) if reaches(number + k, of + k, target))
        assert found == Gap(Standing.SHORT, more)
    elif number and reaches(number - 1, of - 1, target):
        assert found == Gap(Standing.OVER)
    else:
        assert found == Gap(Standing.REACHED)


@pytest.mark.parametrize(
    ("number", "of", "target", "expected"),
    [
        (12, 40, 40, Gap(Standing.SHORT, 7)),  # 19 of 47 is 40.4 %, 18 of 46 is 39.1 %
        (16, 40, 40, Gap(Standing.REACHED)),
        (28, 40, 40, Gap(Standing.OVER)),
        (40, 40, 100, Gap(Standing.REACHED)),
        (39, 40, 100, Gap(Standing.OUT_OF_REACH)),
        (1, 1, 50, Gap(Standing.REACHED)),
    ],
)
def test_by_hand(number, of, target, expected):
    assert gap(number, of, target) == expected
