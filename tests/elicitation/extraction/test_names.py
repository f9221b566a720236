"""The name an answer is nearest to, with nothing learned."""

import numpy as np
import pytest

from elicitation.extraction.names import nearest_name

NAMES = ["Honesty", "Courage", "Care for nature"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Being honest even when it costs me something", "Honesty"),
        ("I do what I am afraid of.", "Courage"),
        ("Protéger les forêts et les rivières", "Care for nature"),
        ("诚实", "Honesty"),
        ("Courage before all, and then truth, because without it one dares not tell it", "Courage"),
    ],
)
def test_the_name_a_person_means_is_nearest(text, name):
    (nearest,), scores = nearest_name([text], NAMES)
    assert NAMES[nearest] == name
    assert scores.shape == (1, 3)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Treat people the way you would like them to treat you", "The Golden Rule"),
        ("Trata a los demás como te gustaría que te trataran", "golden rule"),
        ("Ne fais pas aux autres ce que tu ne voudrais pas qu'on te fasse", "The golden rule"),
        ("Enjoy each day, it will not come again", "Carpe diem"),
    ],
)
def test_a_name_that_stands_for_a_saying_is_known_by_the_saying(text, name):
    (nearest,), _ = nearest_name([text], ["Caring for others", "Kindness", "Patience", name])
    assert nearest == 3


def test_a_text_without_a_word_is_as_near_to_all():
    _, scores = nearest_name(["...", ""], NAMES)
    assert not scores.any()


def test_an_answer_is_read_the_same_alone_and_among_others():
    _, alone = nearest_name(["I keep my word."], NAMES)
    _, among = nearest_name(["Sunrise", "I keep my word."], NAMES)
    assert np.allclose(alone[0], among[1], atol=1e-3)


def test_without_a_name_nothing_is_nearest():
    with pytest.raises(ValueError, match="at least one name"):
        nearest_name(["a"], [])
    assert nearest_name([], NAMES)[0] == []
