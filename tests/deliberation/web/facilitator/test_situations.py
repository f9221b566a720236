"""Situations after founding: added, called otherwise, moved, ended and taken up again, with all that stands under them kept."""

import pytest

from deliberation.assemblies.actions import situating
from deliberation.assemblies.errors import WordsUnfit
from elicitation.extraction.reading import ask_about
from elicitation.graph import open_pairs
from elicitation.graph.actions.transitions import Saying, judge, put
from elicitation.graph.remembering import phrases_of
from elicitation.interview.models import Context
from elicitation.record.models import Entry
from tests.elicitation.graph.conftest import a_person, a_transition, a_value

PAGE = "/run/water/asked/situations/"


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def flood(inquiry):
    return inquiry.contexts.get()


@pytest.fixture
def asked(inquiry, flood):
    return a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"), context=flood)


def phrases(inquiry):
    return [one.said_in("en") for one in inquiry.contexts.order_by("position")]


def test_one_more_is_added_in_the_language_it_is_written_in(facilitator, inquiry):
    facilitator.post(PAGE + "?language=fr", {"phrase": "la nuit\n tombe"})
    made = inquiry.contexts.get(position=1)
    assert made.phrase == {"fr": "la nuit tombe"}
    assert Entry.objects.get(kind="context.added").body == {"assembly": "water", "context": made.pk}


def test_other_words_keep_the_situation_what_stands_under_it_and_what_it_was_called(
    facilitator, flood, asked
):
    facilitator.post(PAGE + "?language=en", {"context": flood.pk, "phrase": "the river rises"})
    asked.refresh_from_db()
    assert asked.context.phrase["en"] == "the river rises"
    assert [one["phrase"]["en"] for one in asked.context.earlier] == ["the river floods"]
    assert "the river floods" in facilitator.get(PAGE + "?language=en").text
    said = str(Entry.objects.get(kind="context.reworded").body)
    assert "river" not in said


def test_the_same_words_change_nothing(assembly, flood):
    situating.reword_context(assembly, flood, "en", " the river  floods ")
    flood.refresh_from_db()
    assert flood.earlier == []


def test_two_change_places_and_the_first_stays_first(assembly, inquiry, flood):
    night = situating.add_context(assembly, inquiry, "en", "it is night")
    situating.move_context(assembly, night, -1)
    assert phrases(inquiry) == ["it is night", "the river floods"]
    situating.move_context(assembly, night, -1)
    assert phrases(inquiry) == ["it is night", "the river floods"]


def test_under_one_that_ended_nothing_new_is_put_and_what_was_said_stays(
    facilitator, assembly, inquiry, flood, asked, answered
):
    person = a_person()
    judge(put(person, [inquiry], "en"), Saying("to"))
    facilitator.post(PAGE, {"context": flood.pk, "do": "retire"})
    assert asked.showings.get().judgements.count() == 1
    assert put(a_person(), [inquiry], "en") is None
    assert phrases_of(inquiry.pk) == ([], [])
    assert ask_about(answered.latest, 1000).contexts == ()
    assert "one answer was given" in " ".join(facilitator.get(PAGE + "?language=en").text.split())


def test_one_taken_up_again_is_asked_again_but_for_what_had_ended_before(assembly, inquiry, flood):
    running = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"), context=flood)
    ended = a_transition(a_value(inquiry, "C"), a_value(inquiry, "D"), context=flood)
    ended.closed_at = flood.inquiry.created_at
    ended.save()
    assert situating.retire_context(assembly, flood) == 1
    assert situating.restore_context(assembly, flood) == 1
    assert list(open_pairs.asked_of([inquiry])) == [running]


@pytest.mark.parametrize("phrase", ["", "  ", "x\x00y"])
def test_words_that_cannot_be_kept_are_refused(assembly, flood, phrase):
    with pytest.raises(WordsUnfit):
        situating.reword_context(assembly, flood, "en", phrase)
    with pytest.raises(WordsUnfit):
        situating.add_context(assembly, flood.inquiry, "xx", "the river floods")


def test_situations_of_another_assembly_are_not_there(facilitator, other_assembly):
    theirs = Context.objects.get(inquiry__assemblies=other_assembly)
    for wish in ({"do": "retire"}, {"do": "up"}, {"phrase": "mine now"}):
        assert facilitator.post(PAGE, {"context": theirs.pk, **wish}).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.retired_at, theirs.earlier) == (None, [])
