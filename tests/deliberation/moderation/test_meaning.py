"""Is this still what you meant? Asked of every author whose card ends in other words, of nobody else, and only while it is so."""

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import NotHere
from deliberation.moderation import waiting
from deliberation.moderation.actions import cards, undoing, values
from deliberation.moderation.actions.meaning import answer_meaning, see_to
from deliberation.moderation.errors import MeaningGone
from deliberation.moderation.meanings import agreement, asked_of, standing
from deliberation.moderation.models import Meaning
from deliberation.moderation.waiting import Wish
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.graph.models import Value
from tests.conftest import newcomer

A = Meaning.Answer
WHY = Why("They are one.")


@pytest.fixture
def shared(bench, accepted, another):
    """A value with its own author, and the card of somebody else that joined it."""
    value, joined = accepted("Shade"), another("Cool places")
    decision = cards.merge(bench, joined, joined.version, value)
    return value, joined, decision


def author(card):
    return card.revision.response.respondent.membership


def asked():
    return {meaning.candidate.title for meaning in standing() if meaning.answer == A.OPEN}


def test_who_made_the_value_is_not_asked_and_who_joined_is(bench, accepted, shared):
    assert asked() == {"Cool places"}


def test_after_a_fold_all_who_come_to_other_words_are_asked(bench, accepted, shared):
    value, _, _ = shared
    trees = accepted("Trees")
    values.fold(bench, value, trees, {value.pk: 1, trees.pk: 1}, WHY)
    assert asked() == {"Shade", "Cool places"}
    assert {meaning.value for meaning in standing()} == {trees}


def test_after_a_split_who_moved_to_the_words_of_another_is_asked(bench, shared, another):
    value, joined, _ = shared
    third = another("Water")
    cards.merge(bench, third, third.version, value)
    decision = values.split(bench, value, [joined, third], 1, Why("They speak of water."))
    made = Value.objects.get(pk=decision.other_id)
    here = {meaning.candidate for meaning in standing() if meaning.value == made}
    assert here == {joined, third} - {made.worded_from}


def test_after_new_words_everybody_is_asked(bench, shared):
    value, _, _ = shared
    values.reword(bench, value, ("Cool streets", ["SHADE"]), 1, WHY)
    assert asked() == {"Shade", "Cool places"}


def test_what_they_say_is_counted_and_can_be_changed(bench, shared):
    value, joined, _ = shared
    member = author(joined)
    (meaning,) = asked_of(member)
    assert (agreement(value).agree, agreement(value).authors) == (1, 2)
    answer_meaning(member, meaning, A.SAME)
    assert (agreement(value).agree, agreement(value).waiting) == (2, 0)
    answer_meaning(member, meaning, A.NO, "It is about places, not shade.")
    assert (agreement(value).agree, agreement(value).waiting) == (1, 0)


@pytest.mark.parametrize("says", [A.NO, A.NOT_QUITE])
def test_a_no_comes_back_to_the_queue_until_somebody_looked(bench, shared, says):
    _, joined, _ = shared
    member = author(joined)
    (meaning,) = asked_of(member)
    answer_meaning(member, meaning, says, "Not quite.")
    wish = Wish(kind="meaning")
    (row,) = waiting.waiting(bench, wish, 0, 9)
    assert (row.thing, row.says) == (meaning.pk, "Cool places")
    see_to(bench, meaning)
    assert not waiting.waiting(bench, wish, 0, 9)
    answer_meaning(member, meaning, A.NO)
    assert waiting.waiting(bench, wish, 0, 9)


def test_undoing_the_decision_takes_its_question_back(bench, shared):
    _, joined, decision = shared
    member = author(joined)
    (meaning,) = asked_of(member)
    undoing.undo(bench, decision, BY_MISTAKE)
    assert not asked_of(member).exists()
    with pytest.raises(MeaningGone):
        answer_meaning(member, meaning, A.SAME)


def test_what_was_said_before_a_fold_stands_again_after_its_undo(bench, shared, accepted):
    value, joined, _ = shared
    member = author(joined)
    answer_meaning(member, asked_of(member).get(), A.SAME)
    trees = accepted("Trees")
    folded = values.fold(bench, value, trees, {value.pk: 1, trees.pk: 1}, WHY)
    assert asked_of(member).get().answer == A.OPEN
    undoing.undo(bench, folded, BY_MISTAKE)
    assert asked_of(member).get().answer == A.SAME
    assert agreement(value).agree == 2


def test_nobody_answers_for_somebody_else(shared, invitation):
    _, joined, _ = shared
    meaning = asked_of(author(joined)).get()
    with pytest.raises(NotHere):
        answer_meaning(newcomer(invitation), meaning, A.SAME)


def test_nothing_is_left_of_it_when_the_words_are_taken_back(shared):
    _, joined, _ = shared
    member = author(joined)
    answer_meaning(member, asked_of(member).get(), A.NO, "words that are mine")
    taking_part.withdraw(joined.revision.response)
    assert not Meaning.objects.filter(words__contains="mine").exists()
    assert not standing().filter(candidate=joined).exists()


def test_an_ai_agent_is_no_author(bench, shared):
    value, joined, _ = shared
    respondent = joined.revision.response.respondent
    respondent.kind = "ai_agent"
    respondent.save()
    assert agreement(value).authors == 1
