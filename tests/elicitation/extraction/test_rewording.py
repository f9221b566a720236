"""How many words were changed is what a person counts on paper, and behaves as a distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elicitation.extraction.rewording import parts_changed, words, words_changed

TEXTS = st.lists(st.sampled_from(["door", "open", "wide", "night"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("open doors", "open doors", 0),
        ("open doors", "open, doors!", 0),  # marks are no words
        ("open doors", "open the doors", 1),
        ("open the doors", "doors", 2),
        ("who is left out", "who was left out", 1),
        ("", "three new words", 3),
        ("all of it", "", 3),
        ("Doors", "doors", 1),
        ("門が開く", "門は開く", 1),  # without spaces a letter is a word
        ("les gens qu'on oublie", "les gens que l'on oublie", 2),
    ],
)
def test_the_fewest_words_to_put_in_strike_or_replace(before, after, changed):
    assert words_changed(before, after) == changed


def test_each_part_is_compared_with_itself_and_a_struck_one_counts_whole():
    before = {"title": "Open doors", "0": "who knocks", "1": "who is left outside"}
    after = {"title": "Open doors", "0": "who knocks at night"}
    assert parts_changed(before, after) == 2 + 4
    assert parts_changed({"0": "doors"}, {"1": "doors"}) == 2


@given(TEXTS, TEXTS, TEXTS)
def test_it_is_a_distance(one, other, third):
    assert words_changed(one, one) == 0
    assert words_changed(one, other) == words_changed(other, one)
    assert words_changed(one, third) <= words_changed(one, other) + words_changed(other, third)


@given(TEXTS, TEXTS)
def test_it_lies_between_the_difference_in_length_and_the_longer_text(one, other):
    lengths = len(words(one)), len(words(other))
    assert abs(lengths[0] - lengths[1]) <= words_changed(one, other) <= max(lengths)
