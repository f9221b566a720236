"""A context in somebody's words is one of the inquiry's, or none."""

import pytest

from elicitation.graph.situations import match

CONTEXTS = [
    ["the river floods", "la rivière déborde"],
    ["somebody is in distress"],
    ["children play in the street"],
]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the river floods", 0),
        ("the river bursts its banks", 0),
        ("der Fluss über die Ufer tritt", 0),
        ("a person is in distress", 1),
        ("kids are playing on the road", 2),
    ],
)
def test_a_context_in_other_words_or_another_language_is_known(text, place):
    ((found, score),) = match([text], CONTEXTS)
    assert found == place
    assert 0 < score <= 1


@pytest.mark.parametrize("text", ["I buy food", "", "   "])
def test_another_context_or_none_is_none_of_them(text):
    assert match([text], CONTEXTS) == [None]


def test_an_inquiry_without_contexts_has_none_to_match():
    assert match(["the river floods"], []) == [None]
    assert match([], CONTEXTS) == []


def test_texts_that_say_nothing_do_not_move_the_others():
    assert match(["", "the river floods"], CONTEXTS)[1][0] == 0
