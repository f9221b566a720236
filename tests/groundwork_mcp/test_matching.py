"""Which values words lead to: every reason given is true, and the order follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork_mcp.matching import COMPARED, holds, matches, plain, stems

DOORS = {"when": "the river floods", "title": "Open doors", "policies": "who is left without a door"}  # fmt: skip
QUIET = {"when": "people sleep", "title": "Quiet nights", "policies": "noise after ten\nlights"}
SHADE = {"when": "the summer is hot", "title": "Shade", "policies": "who rests without shade"}
TEXTS = st.fixed_dictionaries({name: st.text(max_size=60) for name in ("when", "title", "policies")})  # fmt: skip


def test_a_situation_finds_the_value_whose_context_it_speaks_of_and_says_by_which_words():
    (found,) = matches("It floods, and the rivers rise", [QUIET, DOORS, SHADE])
    assert (found.place, found.shared) == (1, {"when": ["floods", "rivers"]})


def test_a_rare_word_says_more_than_one_that_many_share():
    first, *others = matches("Somebody without a lantern by the lights", [DOORS, SHADE, QUIET])
    assert (first.place, first.shared) == (2, {"policies": ["lights"]})
    assert [one.place for one in others] == [0, 1]
    assert others[0].score == others[1].score < first.score


def test_the_score_is_what_the_docstring_says():
    (found,) = matches("floods", [DOORS, QUIET, SHADE])
    assert found.score == pytest.approx(2 * 1.3862943611)  # twice in a context: 2 ln(1 + 3/1)


def test_nothing_is_found_where_no_word_is_shared_and_short_words_tie_nothing_together():
    assert matches("the who is a at", [DOORS, QUIET]) == []


@pytest.mark.parametrize(
    ("situation", "title"),
    [("川の近くで静かに暮らす", "静かな夜"), ("ÉCOLE fermée", "l'école ouverte"), ("पड़ोसियों के दरवाज़े", "दरवाज़े खुले"), ("أبوابٌ مفتوحة", "أبواب للجميع"), ("강물이 넘칠 때", "강물이 불어난다")],
)  # fmt: skip
def test_words_of_other_scripts_are_found(situation, title):
    (found,) = matches(situation, [{"title": title}, QUIET])
    assert found.place == 0


@given(st.text(max_size=80), st.lists(TEXTS, max_size=5))
def test_every_word_given_as_a_reason_is_in_the_situation_and_in_the_field_named(situation, among):
    found = matches(situation, among)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.place for one in found}) == len(found)
    for one in found:
        assert one.score > 0
        assert one.shared
        for field, words in one.shared.items():
            there = stems(among[one.place][field])
            for word in words:
                assert plain(word)[:COMPARED] in there or plain(word) in there
                assert word in stems(situation).values()


def test_a_search_wants_every_word_in_any_form_of_letters():
    assert holds("Nobody is left without a DOOR", "door left")
    assert holds("L'école", "ECOLE")
    assert not holds("Nobody is left", "door left")
    assert holds("anything", "")
