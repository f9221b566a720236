"""An appeal is answered by somebody else than who decided, once, in words its author can read."""

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import NotHere
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import cards, undoing, values
from deliberation.moderation.actions.appealing import answer_appeal, appeal, take_back_appeal
from deliberation.moderation.errors import AppealGone, OwnDecision, ReasonMissing
from deliberation.moderation.models import Appeal
from deliberation.moderation.waiting import Wish
from deliberation.moderation.why import BY_MISTAKE, Why
from tests.conftest import newcomer

WORDS = "It is a value: I look at the nights."


@pytest.fixture
def left_out(bench, another):
    """A card that was left out, and the decision."""
    card = another("Nights")
    return card, cards.reject(bench, card, card.version, Why(code="not_a_value"))


def author(card):
    return card.revision.response.respondent.membership


def waits(bench):
    return {row.thing for row in waiting.waiting(bench, Wish(kind="appeal"), 0, 9)}


def test_an_appeal_waits_for_everybody_but_who_decided(bench, colleague, left_out):
    card, decision = left_out
    made = appeal(author(card), card, decision, WORDS)
    assert waits(colleague) == {made.pk}
    assert waits(bench) == set()
    with pytest.raises(OwnDecision):
        answer_appeal(bench, made, "No.", overturn=False)


def test_overturned_the_decision_is_undone_and_the_card_waits_again(
    bench, colleague, left_out, assembly
):
    card, decision = left_out
    made = appeal(author(card), card, decision, WORDS)
    answered = answer_appeal(colleague, made, "You are right.", overturn=True)
    assert (answered.state, answered.answer) == ("overturned", "You are right.")
    assert card in queries.queue(assembly)
    decision.refresh_from_db()
    assert decision.undone_grounds.code == "after_appeal"


def test_upheld_the_decision_stays_and_no_second_appeal_is_made(bench, colleague, left_out):
    card, decision = left_out
    made = appeal(author(card), card, decision, WORDS)
    answer_appeal(colleague, made, "It names a time, not what you look at.", overturn=False)
    decision.refresh_from_db()
    assert decision.undone_at is None
    with pytest.raises(AppealGone):
        appeal(author(card), card, decision, "Again.")
    with pytest.raises(AppealGone):
        answer_appeal(colleague, made, "Again.", overturn=True)


def test_a_fold_can_be_appealed_by_authors_on_both_sides_and_is_undone_with_what_rests_on_it(
    bench, colleague, accepted
):
    shade, trees, water = (accepted(title) for title in ("Shade", "Trees", "Water"))
    folded = values.fold(bench, shade, trees, {shade.pk: 1, trees.pk: 1}, Why("One."))
    values.fold(bench, trees, water, {trees.pk: 1, water.pk: 1}, Why("One too."))
    card = shade.worded_from
    made = appeal(author(card), card, folded, "Shade is not trees.")
    answer_appeal(colleague, made, "Right.", overturn=True)
    shade.refresh_from_db()
    trees.refresh_from_db()
    assert not shade.is_folded
    assert not trees.is_folded


def test_it_is_worded_anew_while_it_waits_and_can_be_taken_back(colleague, left_out):
    card, decision = left_out
    appeal(author(card), card, decision, "First words.")
    made = appeal(author(card), card, decision, WORDS)
    assert Appeal.objects.get().words == WORDS
    take_back_appeal(author(card), made)
    assert waits(colleague) == set()
    appeal(author(card), card, decision, WORDS)
    assert waits(colleague) == {made.pk}


@pytest.mark.parametrize("words", ["", "  ", "\x00"])
def test_an_appeal_and_its_answer_need_words(colleague, left_out, words):
    card, decision = left_out
    with pytest.raises(ReasonMissing):
        appeal(author(card), card, decision, words)
    made = appeal(author(card), card, decision, WORDS)
    with pytest.raises(ReasonMissing):
        answer_appeal(colleague, made, words, overturn=False)


def test_only_its_author_appeals_and_only_against_what_touched_the_card(
    left_out, invitation, accepted, bench
):
    card, decision = left_out
    with pytest.raises(NotHere):
        appeal(newcomer(invitation), card, decision, WORDS)
    elsewhere = accepted("Trees").decisions.get()
    with pytest.raises(NotHere):
        appeal(author(card), card, elsewhere, WORDS)


def test_against_what_was_undone_nobody_appeals(bench, left_out):
    card, decision = left_out
    undoing.undo(bench, decision, BY_MISTAKE)
    with pytest.raises(AppealGone):
        appeal(author(card), card, decision, WORDS)


def test_an_appeal_goes_with_the_words_it_is_about(left_out):
    card, decision = left_out
    appeal(author(card), card, decision, WORDS)
    taking_part.withdraw(card.revision.response)
    assert not Appeal.objects.exists()
