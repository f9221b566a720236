"""The ladder asks one question at a time, three at most, in every language of the site."""

from typing import get_args

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from elicitation.interview.asking import LONGEST, QUESTIONS, question
from elicitation.interview.ladder import MOST, Kind, Rung, rung

KINDS = get_args(Kind)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_three_different_questions_and_then_none(kind):
    asked = [rung(kind, n) for n in range(MOST)]
    assert len({question(step) for step in asked}) == MOST
    assert rung(kind, MOST) is None
    assert rung(kind, MOST + 5) is None


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="nought"):
        rung("goal", -1)


def test_every_kind_has_each_of_its_questions():
    assert set(QUESTIONS) == {(kind, n) for kind in KINDS for n in range(1, MOST + 1)}


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_every_question_is_asked_in_the_persons_language(code):
    with translation.override("en"):
        english = {key: question(Rung(*key, "shorter queues")) for key in QUESTIONS}
    with translation.override(code):
        theirs = {key: question(Rung(*key, "shorter queues")) for key in QUESTIONS}
    for key, said in theirs.items():
        assert said != english[key]
        assert not set(said.split(". ")) & set(english[key].split(". "))
        assert "shorter queues" in said


def test_the_persons_words_are_shown_as_they_are():
    step = rung("slogan", 0, "100% %(words)s {fair}")
    assert step
    assert "“100% %(words)s {fair}”" in question(step)


def test_long_words_are_cut_at_a_space_and_say_so():
    said = question(Rung("rule", 1, "every neighbour " * 40))
    assert "every …”" in said
    assert "\n" not in question(Rung("rule", 1, "two\nlines"))


@given(st.text(max_size=400), st.sampled_from(KINDS), st.integers(1, MOST))
def test_no_words_break_a_question(words, kind, number):
    said = question(Rung(kind, number, words))
    assert str(QUESTIONS[kind, number]) in said
    assert len(said) < LONGEST + 160
