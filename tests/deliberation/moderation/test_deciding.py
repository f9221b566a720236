"""Moderators decide on cards; each decision can be undone, and none overwrites another in silence."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from deliberation.assemblies.actions import taking_part
from deliberation.moderation import queries
from deliberation.moderation.actions import cards, undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import NothingToUndo, ReasonMissing, StaleDecision, UndoFirst
from deliberation.moderation.models import Decision
from deliberation.moderation.why import Why
from deliberation.opinion.queries import support
from elicitation.errors import DomainError
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.models import Candidate
from elicitation.extraction.reading import read
from elicitation.graph.actions.proposals import Proposal, propose
from elicitation.graph.errors import ValueWeighed
from elicitation.graph.models import Evidence, Story, Transition, Value
from elicitation.interview.drafts import Words
from tests.conftest import TEXT, Told, card, newcomer


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def another(invitation, prompt, title="Shelter"):
    """A card of another voice, owned by its author."""
    response = taking_part.answer(newcomer(invitation), prompt, Words(TEXT, "en", title))
    (candidate,) = read(response.latest.pk, Told(card(title)))
    return taking_part.own_card(candidate, public=False)


def test_a_card_waits_for_its_author_before_it_waits_for_a_moderator(assembly, read_answer):
    assert not queries.queue(assembly).exists()
    assert queries.waiting_for_author(assembly).get() == read_answer
    taking_part.own_card(read_answer, public=False)
    assert queries.queue(assembly).get() == read_answer


def test_accepting_makes_a_value_with_the_cards_words_and_undoing_leaves_no_trace(
    bench, owned, assembly
):
    cards.accept(bench, owned, owned.version)
    value = Value.objects.get()
    assert (value.title, value.policies) == (
        "Open doors",
        ["who is left without a door to knock on"],
    )
    assert not queries.queue(assembly).exists()
    undoing.undo_last(bench)
    assert not Value.objects.exists()
    assert queries.queue(assembly).get() == owned
    assert Decision.objects.get().undone_at


def test_merging_adds_a_voice_and_undoing_takes_just_it_away(bench, owned, invitation, prompt):
    value = cards.accept(bench, owned, owned.version).value
    second = another(invitation, prompt)
    cards.merge(bench, second, second.version, value)
    assert support([value.pk]).voices == 2
    undoing.undo_last(bench)
    assert support([value.pk]).voices == 1
    value.refresh_from_db()
    assert value.title == "Open doors"


def test_a_value_others_have_joined_since_is_not_undone_under_them(
    bench, owned, invitation, prompt
):
    value = cards.accept(bench, owned, owned.version).value
    second = another(invitation, prompt)
    other = Bench(bench.assembly, get_user_model().objects.create_user("bo"))
    cards.merge(other, second, second.version, value)
    with pytest.raises(UndoFirst, match="joined to a value"):
        undoing.undo_last(bench)
    assert Evidence.objects.filter(value=value).count() == 2
    assert not Decision.objects.exclude(undone_at=None).exists()


def test_undoing_takes_no_card_out_of_a_value_another_put_it_in_since(
    bench, owned, invitation, prompt
):
    first = cards.accept(bench, owned, owned.version).value
    moved = another(invitation, prompt)
    cards.merge(bench, moved, moved.version, first)
    other = Bench(bench.assembly, get_user_model().objects.create_user("bo"))
    reworded = taking_part.reword_card(
        moved, Rewording("Calm", "", {0: "calm nights"}), public=False
    )
    second = cards.accept(other, reworded, reworded.version).value
    undoing.undo_last(bench)
    assert Evidence.objects.get(candidate=moved).value == second


def test_rejecting_and_sending_back_need_words_for_the_author(bench, owned):
    with pytest.raises(ReasonMissing):
        cards.reject(bench, owned, owned.version, Why(" "))
    with pytest.raises(ReasonMissing):
        cards.send_back(bench, owned, owned.version, "")
    assert not Decision.objects.exists()


def test_a_card_sent_back_comes_again_once_its_author_has_changed_it(bench, owned, assembly):
    cards.send_back(bench, owned, owned.version, "Whose doors?")
    assert not queries.queue(assembly).exists()
    assert queries.open_question(owned).question == "Whose doors?"
    taking_part.reword_card(owned, Rewording("Neighbours' doors", "", {0: "DOORS that open"}), True)
    assert queries.queue(assembly).get().title == "Neighbours' doors"


def test_a_decision_on_a_card_that_has_moved_on_is_refused(bench, owned):
    seen = owned.version
    taking_part.reword_card(owned, Rewording("Other", "", {0: "DOORS"}), False)
    with pytest.raises(StaleDecision):
        cards.accept(bench, owned, seen)
    assert not Value.objects.exists()


def test_the_second_of_two_moderators_learns_what_the_first_decided(bench, owned):
    cards.reject(bench, owned, owned.version, Why("Not about the river."))
    with pytest.raises(StaleDecision, match="left out"):
        cards.accept(bench, owned, owned.version)
    assert Decision.objects.count() == 1


def test_a_card_that_stands_in_a_value_is_not_decided_again_after_its_author_looked_again(
    bench, owned
):
    cards.accept(bench, owned, owned.version)
    taking_part.own_card(owned, public=False)
    with pytest.raises(StaleDecision):
        cards.accept(bench, owned, owned.version)
    assert Value.objects.count() == 1


def test_with_nothing_decided_there_is_nothing_to_undo(bench):
    with pytest.raises(NothingToUndo):
        undoing.undo_last(bench)


def test_twenty_at_once_on_one_card_make_one_decision_and_one_value(bench, owned):
    ends = []

    def decide():
        try:
            ends.append(cards.accept(bench, Candidate.objects.get(pk=owned.pk), owned.version))
        except DomainError as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Value.objects.count() == 1
    assert Decision.objects.count() == 1
    assert ends.count("stale_decision") == 19


def test_an_author_who_says_that_is_not_it_takes_the_card_out_of_the_value(bench, owned):
    value = cards.accept(bench, owned, owned.version).value
    taking_part.disown_card(owned)
    value.refresh_from_db()
    assert (value.title, value.policies) == ("", [])
    assert value.retired_at


def test_when_the_first_author_withdraws_the_value_goes_on_in_the_words_of_the_next(
    bench, owned, answered, invitation, prompt
):
    value = cards.accept(bench, owned, owned.version).value
    second = another(invitation, prompt)
    cards.merge(bench, second, second.version, value)
    taking_part.withdraw(answered)
    value.refresh_from_db()
    assert (value.title, value.worded_from, value.retired_at) == ("Shelter", second, None)
    assert support([value.pk]).voices == 1


def test_an_ai_agent_is_never_counted_as_support(bench, owned):
    value = cards.accept(bench, owned, owned.version).value
    who = owned.revision.response.respondent
    who.kind = "ai_agent"
    who.save()
    assert support([value.pk]).voices == 0


def test_one_voice_with_two_cards_in_a_value_counts_once(bench, owned, member, assembly):
    value = cards.accept(bench, owned, owned.version).value
    second_prompt = assembly.inquiries.get().prompts.last()
    response = taking_part.answer(member, second_prompt, Words(TEXT, "en", "again"))
    (candidate,) = read(response.latest.pk, Told(card("Again")))
    taking_part.own_card(candidate, public=False)
    cards.merge(bench, candidate, candidate.version, value)
    assert support([value.pk]).voices == 1


@pytest.mark.parametrize("story", ["", "Somebody came to see it."])
def test_a_value_somebody_proposed_to_compare_is_not_undone(
    bench, owned, invitation, prompt, story
):
    one = cards.accept(bench, owned, owned.version).value
    card_of_another = another(invitation, prompt)
    two = cards.accept(bench, card_of_another, card_of_another.version).value
    person = newcomer(invitation).respondent
    propose(person, Proposal(two, one, None, story, "en"))
    with pytest.raises(ValueWeighed):
        undoing.undo_last(bench)
    assert Story.objects.count() == bool(story)
    assert set(Value.objects.all()) == {one, two}


def test_a_story_a_person_told_of_a_found_comparison_keeps_its_values(
    bench, owned, invitation, prompt
):
    one = cards.accept(bench, owned, owned.version).value
    card_of_another = another(invitation, prompt)
    two = cards.accept(bench, card_of_another, card_of_another.version).value
    found = Transition.objects.create(
        inquiry=one.inquiry, from_value=one, to_value=two, source="pairing"
    )
    person = newcomer(invitation).respondent
    told = Story.objects.create(
        transition=found, towards=two, text="I saw it.", language="en", written_by=person
    )
    with pytest.raises(ValueWeighed):
        undoing.undo_last(bench)
    told.delete()
    undoing.undo_last(bench)
    assert list(Value.objects.all()) == [one]
