"""Any colour a facilitator chooses can be read, light and dark; and its hue stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.web.accent import DARK, EASY, LIGHT, READABLE, _lch, _rgb, contrast, scheme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0b6b62", "#ffffff", 6.38), ("#123456", "#123456", 1.0)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one, other, told):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(told, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "lightness", "chroma"),
    [("#ffffff", 1.0, 0.0), ("#000000", 0.0, 0.0), ("#ff0000", 0.62796, 0.25768), ("#0000ff", 0.45201, 0.31321)],
)  # fmt: skip
def test_lightness_and_chroma_are_those_published_for_oklch(colour, lightness, chroma):
    found = _lch(_rgb(colour))
    assert found[0] == pytest.approx(lightness, abs=1e-4)
    assert found[1] == pytest.approx(chroma, abs=1e-4)


@given(COLOURS)
def test_whatever_is_chosen_can_be_read(colour):
    for ground in (LIGHT, DARK):
        made = scheme(colour, ground)
        assert all(contrast(made.accent, paper) >= READABLE for paper in ground.papers)
        assert contrast(made.accent, made.on_accent) >= READABLE
        assert contrast(made.mark, ground.ink) >= EASY


@given(COLOURS)
def test_the_hue_stays_where_there_is_one(colour):
    chosen = _lch(_rgb(colour))
    used = _lch(_rgb(scheme(colour, LIGHT).accent))
    if min(chosen[1], used[1]) > 0.05:
        turned = abs(chosen[2] - used[2])
        assert min(turned, 6.2832 - turned) < 0.12  # radians; a screen's eight bits round it


def test_a_colour_that_can_be_read_is_used_as_it_was_chosen():
    assert scheme("#0b6b62", LIGHT).accent == "#0b6b62"
    assert scheme("#5cc8bb", DARK).accent == "#5cc8bb"


@pytest.mark.parametrize("wrong", ["red", "#12345", "#1234567", "#12345g", "#ABCDEF", "\n#123456"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match=re.escape(wrong)):
        scheme(wrong, LIGHT)
