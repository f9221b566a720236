"""How it was for people: told in tens, with the interval, beside what was published."""

import pytest

from deliberation.assemblies.actions import surveying
from deliberation.assemblies.models import SurveyAnswer
from deliberation.measures.surveyed import PUBLISHED, survey
from deliberation.opinion.intervals import wilson
from elicitation.interview.models import Respondent


@pytest.fixture
def answer(assembly, comer):
    surveying.ask_at_the_end(assembly)

    def said(**answers):
        member = comer()
        surveying.reply(member, answers)
        return member

    return said


def told(assembly):
    return {(one.key, one.part): one for one in survey(assembly)}


def test_who_agrees_mostly_or_fully_agrees(assembly, answer):
    for points in (5, 5, 4, 4, 4, 3, 3, 2, 1, 1):
        answer(trust=points)
    found = told(assembly)["trust", "agree"]
    assert (found.count, found.n) == (5, 10)
    assert (found.low, found.high) == wilson(5, 10)
    assert "rely on decisions" in found.of


def test_of_nine_nothing_is_told_and_the_eleventh_moves_nothing(assembly, answer):
    for _ in range(9):
        answer(trust=5)
    assert ("trust", "agree") not in told(assembly)
    answer(trust=5)
    answer(trust=1)
    assert (told(assembly)["trust", "agree"].count, told(assembly)["trust", "agree"].n) == (10, 10)


def test_who_left_it_out_or_would_rather_not_say_is_in_no_share(assembly, answer):
    for _ in range(10):
        answer(trust=5)
    answer()
    assert (told(assembly)["all", "answered"].count, told(assembly)["all", "answered"].n) == (10, 11)  # fmt: skip
    assert told(assembly)["trust", "agree"].n == 10
    assert ("learned", "agree") not in told(assembly)


def test_machines_are_not_counted_and_what_is_erased_is_gone(assembly, answer):
    members = [answer(fairness=4) for _ in range(11)]
    Respondent.objects.filter(pk=members[0].respondent_id).update(kind="ai_agent")
    assert told(assembly)["fairness", "agree"].n == 10
    surveying.forget(members[1])
    assert ("fairness", "agree") not in told(assembly)


def test_published_figures_name_where_they_are_from_and_none_stands_where_none_was_found():
    assert set(PUBLISHED) == {"represented", "respect", "clarity", "fairness"}
    assert set(PUBLISHED) < set(SurveyAnswer.Question.values)
    assert all(0 < one.share < 1 and "20" in one.where for one in PUBLISHED.values())
    assert PUBLISHED["represented"].percent == "89.1"
    assert PUBLISHED["clarity"].percent == "71"
