"""All values are looked at once a night: what seems one, what seems two. People answer, and nothing is placed by it."""

import pytest
from django.core.management import call_command

from deliberation.assemblies.actions import taking_part
from elicitation.graph import queries, tasks
from elicitation.graph.actions.suggesting import call_apart, take_up
from elicitation.graph.errors import NotSuggested
from elicitation.graph.models import Evidence, Regrouping, Value
from elicitation.graph.regrouping import regroup_inquiry
from elicitation.record.models import Entry
from tests.cards import accepted, joined, own

HONEST = "telling the truth even when it is hard to hear"
HONEST_TOO = "being told the truth, even when it is hard to hear"
HONEST_THREE = "the truth is told even where it is hard to hear"
QUIET = "nights quiet enough for children to sleep"
BILLS = "bills a family can pay at the end of the month"


@pytest.fixture
def make(transactional_db, invitation, prompt, assembly, account):
    def value(*policies):
        return accepted(assembly, account, own(invitation, prompt, *policies))

    return value


@pytest.fixture
def inquiry(prompt):
    return prompt.inquiry


@pytest.fixture
def open_ones(inquiry):
    return lambda: list(queries.open_regroupings(type(inquiry).objects.filter(pk=inquiry.pk)))


def members(regrouping):
    return {member.value_id for member in regrouping.members.all() if member.apart is None}


def test_values_that_seem_one_are_suggested_to_be_merged_and_stay_apart(make, inquiry, open_ones):
    honest, too, quiet = make(HONEST), make(HONEST_TOO), make(QUIET)
    assert regroup_inquiry(inquiry.pk) == 1
    (found,) = open_ones()
    assert found.kind == "merge"
    assert members(found) == {honest.pk, too.pk}
    ((a, b, score),) = found.told["pairs"]
    assert (a, b) == (0, 1)
    assert found.score == pytest.approx(score, abs=1e-3)
    assert set(Value.objects.standing()) == {honest, too, quiet}
    assert Evidence.objects.count() == 3


def test_three_that_all_seem_one_are_one_set(make, inquiry, open_ones):
    made = {make(HONEST).pk, make(HONEST_TOO).pk, make(HONEST_THREE).pk}
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    assert members(found) == made
    assert len(found.told["pairs"]) == 3


def test_looking_again_keeps_the_same_suggestion(make, inquiry, open_ones):
    make(HONEST), make(HONEST_TOO)
    regroup_inquiry(inquiry.pk)
    (before,) = open_ones()
    assert regroup_inquiry(inquiry.pk) == 0
    (after,) = open_ones()
    assert after.pk == before.pk


def test_what_was_declined_is_not_suggested_again(make, inquiry, open_ones):
    make(HONEST), make(HONEST_TOO)
    regroup_inquiry(inquiry.pk)
    declined = call_apart(open_ones()[0])
    assert declined.state == "declined"
    assert declined.answered_at
    assert open_ones() == []
    assert regroup_inquiry(inquiry.pk) == 0
    assert Regrouping.objects.get().state == "declined"


def test_one_of_a_set_can_be_called_apart_and_the_others_stay_together(make, inquiry, open_ones):
    honest, too, three = make(HONEST), make(HONEST_TOO), make(HONEST_THREE)
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    call_apart(found, three)
    (left,) = open_ones()
    assert left.pk == found.pk
    assert members(left) == {honest.pk, too.pk}
    assert regroup_inquiry(inquiry.pk) == 0
    (again,) = open_ones()
    assert members(again) == {honest.pk, too.pk}


def test_a_suggestion_goes_out_of_date_with_the_words_it_saw(make, inquiry, open_ones):
    honest, _ = make(HONEST), make(HONEST_TOO)
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    taking_part.withdraw(honest.worded_from.revision.response)
    assert open_ones() == []
    with pytest.raises(NotSuggested):
        call_apart(found)
    regroup_inquiry(inquiry.pk)
    found.refresh_from_db()
    assert found.state == "outdated"


def test_taken_up_it_is_open_no_more_and_cannot_be_answered_twice(make, inquiry, open_ones):
    make(HONEST), make(HONEST_TOO)
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    assert take_up(found).state == "taken"
    for act in (take_up, call_apart):
        with pytest.raises(NotSuggested):
            act(found)


def test_a_value_that_is_not_in_it_cannot_be_called_apart_from_it(make, inquiry, open_ones):
    make(HONEST), make(HONEST_TOO)
    quiet = make(QUIET)
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    with pytest.raises(NotSuggested):
        call_apart(found, quiet)
    assert open_ones() == [found]


@pytest.fixture
def two_in_one(make, invitation, prompt, assembly, account):
    value = make(HONEST)
    for text in (HONEST_TOO, HONEST_THREE, QUIET, "quiet nights, so that children can sleep"):
        joined(assembly, account, own(invitation, prompt, text), value)
    return value


def test_a_value_whose_cards_speak_of_two_is_suggested_to_be_split(two_in_one, inquiry, open_ones):
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    assert found.kind == "split"
    assert members(found) == {two_in_one.pk}
    cards = [str(card.pk) for card in queries.cards_of(two_in_one, 9)]
    assert sorted(map(sorted, found.told["parts"])) == sorted(map(sorted, [cards[:3], cards[3:]]))
    assert found.told["between"] < found.told["within"]
    assert two_in_one.evidence.count() == 5


def test_a_value_somebody_said_is_one_is_not_suggested_to_be_split_again(
    two_in_one, inquiry, open_ones
):
    regroup_inquiry(inquiry.pk)
    assert call_apart(open_ones()[0]).state == "declined"
    assert regroup_inquiry(inquiry.pk) == 0
    assert open_ones() == []


def test_a_value_whose_cards_agree_is_not_split(
    make, invitation, prompt, assembly, account, inquiry
):
    value = make(HONEST)
    for text in (HONEST_TOO, HONEST_THREE, HONEST):
        joined(assembly, account, own(invitation, prompt, text), value)
    regroup_inquiry(inquiry.pk)
    assert not Regrouping.objects.filter(kind="split").exists()


def test_the_record_says_what_was_found_and_no_word_of_it(make, inquiry, open_ones):
    make(HONEST), make(HONEST_TOO)
    regroup_inquiry(inquiry.pk)
    (found,) = open_ones()
    entry = Entry.objects.get(kind="values.regrouped")
    assert entry.body == {"inquiry": str(inquiry.pk), "new": [str(found.pk)], "outdated": []}
    assert "truth" not in str(found.told)


def test_an_inquiry_without_values_has_nothing_to_regroup(inquiry, open_ones, transactional_db):
    assert not queries.inquiries_with_values().exists()
    assert regroup_inquiry(inquiry.pk) == 0
    assert open_ones() == []


def test_every_inquiry_with_values_is_looked_at(make, inquiry):
    make(HONEST)
    assert list(queries.inquiries_with_values()) == [inquiry]
    assert tasks.regroup_inquiry.run(str(inquiry.pk)) is None
    assert Entry.objects.filter(kind="values.regrouped").count() == 1


def test_the_same_can_be_asked_for_at_a_terminal(make, capsys):
    make(HONEST), make(HONEST_TOO)
    call_command("regroup_values")
    assert capsys.readouterr().out == "1 new suggestions\n"
    assert Regrouping.objects.get().kind == "merge"
