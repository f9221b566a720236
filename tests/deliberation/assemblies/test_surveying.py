"""The six questions of how it was: asked or not, answered, left out, changed, erased."""

import pytest

from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.assemblies.actions import surveying, taking_part
from deliberation.assemblies.errors import ConsentMissing, SurveyClosed, SurveyUnfit
from deliberation.assemblies.models import Survey, SurveyAnswer, SurveyReply
from elicitation.record.models import Entry


def said():
    return dict(SurveyAnswer.objects.values_list("question", "answer"))


@pytest.fixture
def asked(assembly):
    return surveying.ask_at_the_end(assembly)


def test_where_nobody_asks_nothing_is_taken_in(assembly, member):
    with pytest.raises(SurveyClosed):
        surveying.reply(member, {"trust": 4})
    surveying.ask_at_the_end(assembly)
    surveying.reply(member, {"trust": 4})
    surveying.ask_no_more(assembly)
    with pytest.raises(SurveyClosed):
        surveying.reply(member, {"trust": 5})
    assert said() == {"trust": 4}


def test_asked_twice_is_once_and_asked_anew_goes_on(assembly, asked):
    assert surveying.ask_at_the_end(assembly) == asked
    surveying.ask_no_more(assembly)
    assert not Survey.objects.get().is_on
    again = surveying.ask_at_the_end(assembly)
    assert again.is_on
    assert again.since == asked.since


def test_the_last_that_was_said_stands_and_what_is_left_open_is_not_said(asked, member):
    surveying.reply(member, {"trust": 4, "clarity": 1})
    surveying.reply(member, {"trust": 2, "learned": 5})
    assert said() == {"trust": 2, "learned": 5}
    surveying.reply(member, {})
    assert said() == {}
    assert SurveyReply.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"trust": 0}, {"trust": 6}, {"weather": 3}])
def test_what_is_no_answer_is_refused_whole(asked, member, wrong):
    with pytest.raises(SurveyUnfit):
        surveying.reply(member, {"clarity": 3, **wrong})
    assert not SurveyReply.objects.exists()


def test_who_has_not_agreed_says_nothing(asked, invitation):
    with pytest.raises(ConsentMissing):
        surveying.reply(taking_part.join(invitation, "en"), {"trust": 3})


def test_the_record_tells_how_many_and_not_what(asked, member):
    surveying.reply(member, {"trust": 4, "clarity": 1})
    entry = Entry.objects.get(kind="survey.replied")
    assert entry.body == {"assembly": "water", "answers": 2}


def test_it_is_erased_by_itself_and_with_everything(assembly, asked, member):
    surveying.reply(member, {"trust": 4, "clarity": 1})
    surveying.ask_no_more(assembly)
    assert surveying.forget(member) == 2
    assert not SurveyReply.objects.exists()
    surveying.ask_at_the_end(assembly)
    surveying.reply(member, {"trust": 4})
    take_everything_back(member)
    assert not SurveyReply.objects.exists()
