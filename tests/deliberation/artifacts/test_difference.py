"""The stretches of a difference make both wordings again, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.artifacts.difference import Part, parts


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(before, after):
    told = parts(before, after)
    assert "".join(one.text for one in told if one.way != "in") == before
    assert "".join(one.text for one in told if one.way != "out") == after


def test_a_word_is_changed_as_a_whole():
    assert parts("Nights are quiet.", "Mornings are quiet.") == [
        Part("out", "Nights"),
        Part("in", "Mornings"),
        Part("same", " are quiet."),
    ]


def test_chinese_is_compared_letter_by_letter():
    assert parts("夜里安静。", "清晨安静。") == [
        Part("out", "夜里"),
        Part("in", "清晨"),
        Part("same", "安静。"),
    ]


def test_wordings_with_little_in_common_stand_whole_one_after_the_other():
    told = parts("We look at who is alone.", "Nobody, whoever they are, is left behind at night.")
    assert [one.way for one in told] == ["out", "in"]
