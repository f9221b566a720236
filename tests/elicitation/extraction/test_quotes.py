from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elicitation.extraction.quotes import Span, locate, pieces, says

ANSWER = "We must not close the park. It’s where my children “run into” others — every day."
words = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=6, max_size=30)


def test_a_quote_with_a_changed_negation_is_not_a_quote():
    assert locate("we must close the park", within="we must not close the park") is None


@pytest.mark.parametrize("quote", ["", " ", "park", "the"])
def test_nothing_or_next_to_nothing_is_never_a_quote(quote):
    assert locate(quote, within=ANSWER) is None


def test_a_short_answer_may_be_quoted_whole():
    assert locate("Integrity", within=" integrity. ") == Span(1, 10)


def test_a_span_counts_code_points_so_an_emoji_is_one():
    assert locate("river at night", within="🌊 river at night") == Span(2, 16)


def test_straight_marks_find_curly_ones_and_the_span_is_the_original():
    span = locate('it\'s where my children "run into" others - every day', within=ANSWER)
    assert span
    assert ANSWER[span.start : span.end] == "It’s where my children “run into” others — every day"


def test_line_breaks_and_runs_of_space_are_space():
    text = "quiet at\n  night, so that old people sleep"
    span = locate("quiet at night", within=text)
    assert span == Span(0, 16)


def test_a_quote_that_stands_twice_is_not_one_place():
    assert locate("for everybody", within="for everybody, and for everybody") is None


def test_a_quote_does_not_begin_or_end_inside_a_word():
    assert locate("close the par", within=ANSWER) is None
    assert locate("ust not close the park", within=ANSWER) is None


def test_joined_halves_are_no_quote_but_each_half_can_be():
    joined = "We must not close the park ... others — every day"
    assert locate(joined, within=ANSWER) is None
    assert [locate(p, within=ANSWER) for p in pieces(joined)] == [Span(0, 26), Span(62, 80)]


def test_chinese_needs_fewer_characters_and_no_spaces():
    text = "我希望街道安靜，讓老人可以休息。"
    assert locate("讓老人可以休息", within=text) == Span(8, 15)
    assert locate("老人", within=text) is None


def test_folding_a_letter_into_two_keeps_the_span_right():
    text = "Die STRASSE und die Straße gehören uns allen hier"
    span = locate("die strasse gehören uns", within="ach, die Straße gehören uns")
    assert span == Span(5, 27)
    assert locate("straße gehören uns allen", within=text) == Span(20, 44)


def test_a_letter_is_not_cut_from_its_accent():
    text = "je veux un cafe\u0301 pour tous"
    assert locate("je veux un cafe", within=text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("children can", "I know that children can't be left alone"),
        ("t be left alone", "I know that children can’t be left alone"),
        ("violent answers to all", "give non-violent answers to all of them"),
        ("we want some crime", "we want some crime-free streets"),
        ("500 people have a home", "see that 1,500 people have a home"),
        ("5 degrees is fine", "I think -5 degrees is fine"),
        ("close it at half past 19", "close it at half past 19:30 or so"),
        ("just rules for all", "no un\u00adjust rules for all"),
        ("just rules for all", f"no un{9 * chr(0x200B)}just rules for all"),
    ],
)
def test_a_word_goes_on_over_its_signs_and_a_number_too(quote, text):
    assert locate(quote, within=text) is None
    assert says(quote, within=text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("eau propre pour tous", "il faut de l’eau propre pour tous"),
        ("children can't be left", "I know that children can’t be left alone"),
        ("that is what I keep to", "peace—that is what I keep to"),
        ("the 1,500 people here", "see to the 1,500 people here."),
        ("nobody eats alone", "she said 'nobody eats alone' to us"),
    ],
)
def test_a_quote_may_begin_after_an_elision_a_dash_or_a_quotation_mark(quote, text):
    assert locate(quote, within=text)


def test_words_said_are_given_as_they_stand():
    text = "The “mayor” of the town has to answer, the mayor of the town!"
    assert says('the "MAYOR" of  the town', within=text) == Span(0, 23)
    assert says("The mayor of the moon", within=text) is None


@given(words, st.data())
def test_whatever_is_located_is_the_same_words(found, data):
    text = " ".join(found)
    start = data.draw(st.integers(0, len(found) - 4))
    quote = " ".join(found[start : start + 4])
    span = locate(quote.upper(), within=text)
    if span:
        assert text[span.start : span.end] == quote


@given(words, st.data())
def test_a_dropped_word_is_never_found(found, data):
    text = " ".join(found)
    gone = data.draw(st.integers(1, len(found) - 2))
    quote = " ".join(found[:gone] + found[gone + 1 :])
    assume(quote not in text)
    assert locate(quote, within=text) is None


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_span_lies_inside_the_text_and_is_never_empty(text, quote):
    if span := locate(quote, within=text):
        assert 0 <= span.start < span.end <= len(text)


ACCENTED = "Năm ngoái nước tràn vào nhà bà tôi, và không ai gõ cửa. Où étaient les voisins ? 우리는 강가에서 서로를 돌본다."


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("said", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "quote", ["nước tràn vào nhà bà tôi", "Où étaient les voisins", "강가에서 서로를 돌본다"]
)
def test_accents_in_one_code_point_or_in_two_are_the_same_and_the_span_is_the_original(
    written, said, quote
):
    text = normalize(written, ACCENTED)
    span = locate(normalize(said, quote), within=text)
    assert span
    assert text[span.start : span.end] == normalize(written, quote)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "quote", ["Send me your resume", "Sénd me your resumé", "your resumé and mor"]
)
def test_a_letter_without_its_accent_is_another_letter(form, quote):
    assert (
        locate(normalize(form, quote), within=normalize(form, "Send me your resumé and more"))
        is None
    )


def test_half_a_korean_syllable_is_no_end():
    text = normalize("NFD", "서로를 돌본다는 말")
    assert locate("서로를 돌본다느", within=text) is None
