"""What a card is to the values of its inquiry is suggested with a reason, once for each state of the words, and places nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.moderation import tasks
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.queries import decided_cards
from deliberation.moderation.why import Why
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.encoder import ENCODER
from elicitation.extraction.models import Candidate
from elicitation.graph import queries
from elicitation.graph.actions.suggesting import keep_suggestions
from elicitation.graph.covering import RULE
from elicitation.graph.findings import Found
from elicitation.graph.models import Evidence, Suggestion
from elicitation.graph.queries import suggestion_for
from elicitation.graph.remembering import catch_up
from elicitation.graph.suggesting import suggest, sweep
from elicitation.record.models import Entry
from tests.cards import accepted, own

HONEST = "telling the truth even when it is hard to hear"
KEPT = "promises that are kept when nobody looks"
QUIET = "nights quiet enough for children to sleep"
BILLS = "bills a family can pay at the end of the month"
SAME = "being told the truth, even when it is hard to hear"


@pytest.fixture
def make(transactional_db, invitation, prompt):
    return lambda *policies, **more: own(invitation, prompt, *policies, **more)


@pytest.fixture
def values(make, assembly, account):
    told = {"honest": [HONEST, KEPT], "quiet": [QUIET], "bills": [BILLS]}
    made = {title: make(*policies, title=title) for title, policies in told.items()}
    return {title: accepted(assembly, account, card) for title, card in made.items()}


def test_the_first_card_is_new_for_there_is_nothing_to_compare_it_with(make):
    card = make(HONEST)
    assert suggest([card.pk]) == 1
    found = suggestion_for(card)
    assert (found.kind, found.value, found.score) == ("new", None, None)


def test_a_card_that_says_the_same_in_other_words_is_suggested_as_the_same(values, make):
    card = make(SAME, KEPT)
    suggest([card.pk])
    found = suggestion_for(card)
    assert (found.kind, found.value) == ("same", values["honest"])
    assert 0.5 <= found.score <= 1
    assert {(a, b) for a, b, _ in found.told["pairs"]} == {(0, 0), (1, 1)}
    assert (found.rule, found.engine) == (RULE, ENCODER)


def test_a_card_that_says_less_is_narrower_and_the_reason_names_what_goes_beyond(values, make):
    card = make(KEPT)
    suggest([card.pk])
    found = suggestion_for(card)
    assert (found.kind, found.value) == ("narrower", values["honest"])
    assert found.told["beyond"] == [0]
    assert found.told["held"] > found.told["holds"]


def test_a_card_that_says_more_is_wider(values, make):
    card = make(QUIET, "benches where neighbours sit together", "clean water in the river")
    suggest([card.pk])
    found = suggestion_for(card)
    assert (found.kind, found.value) == ("wider", values["quiet"])
    assert found.told["beyond"] == [1, 2]


def test_a_card_like_none_of_them_is_new_and_the_nearest_is_named(values, make):
    card = make("music and dancing at the harbour")
    suggest([card.pk])
    found = suggestion_for(card)
    assert found.kind == "new"
    assert found.value in values.values()
    assert found.score < 0.5


def test_a_suggestion_places_nothing_and_says_no_word(values, make):
    card = make(SAME, KEPT)
    suggest([card.pk])
    assert not Evidence.objects.filter(candidate=card).exists()
    told = str(suggestion_for(card).told) + str(list(Entry.objects.values_list("body")))
    assert "truth" not in told
    assert "promises" not in told


def test_the_context_of_a_card_is_matched_to_the_inquirys(make, assembly):
    card = make(QUIET, context="the river bursts its banks")
    suggest([card.pk])
    found = suggestion_for(card)
    assert found.context == assembly.inquiries.get().contexts.get()
    assert 0 < found.context_score <= 1
    other = make(BILLS, context="I buy food")
    suggest([other.pk])
    assert suggestion_for(other).context is None


def test_looking_again_changes_nothing_but_the_time(values, make):
    card = make(SAME)
    suggest([card.pk])
    before = suggestion_for(card)
    assert suggest([card.pk]) == 0
    after = suggestion_for(card)
    assert after.pk == before.pk
    assert after.at > before.at


def test_new_words_get_a_new_suggestion_and_the_old_one_is_history(values, make):
    card = make(SAME)
    suggest([card.pk])
    old = suggestion_for(card)
    edited = taking_part.reword_card(card, Rewording("Nights", "", {0: QUIET}), public=False)
    assert suggestion_for(edited) is None
    suggest([edited.pk])
    assert suggestion_for(edited).value == values["quiet"]
    old.refresh_from_db()
    assert old.replaced_at is not None
    assert Suggestion.objects.filter(candidate=card, replaced_at=None).count() == 1


def test_a_suggestion_on_a_value_that_was_worded_anew_is_not_shown(values, make):
    card = make(SAME, KEPT)
    suggest([card.pk])
    author = values["honest"].worded_from
    taking_part.withdraw(author.revision.response)
    assert suggestion_for(card) is None


def test_the_sweep_finds_cards_no_bell_rang_for_and_then_those_newer_values_overtook(
    make, assembly, account
):
    first, second, third = make(BILLS), make(SAME), make(HONEST)
    assert sweep() == 0  # no value yet to compare with
    accepted(assembly, account, first)
    assert sweep() == 2
    assert suggestion_for(second).kind == "new"
    value = accepted(assembly, account, third)
    assert queries.cards_to_suggest(RULE, 9) == []
    suggest([make(BILLS).pk])
    assert queries.cards_to_suggest(RULE, 9) == [second.pk]
    assert queries.is_overtaken(suggestion_for(second))
    assert sweep() == 1
    assert suggestion_for(second).value == value
    assert queries.cards_to_suggest(RULE, 9) == []
    assert not queries.is_overtaken(suggestion_for(second))


def test_a_card_that_stands_in_a_value_or_was_set_aside_is_not_looked_at(values, make):
    placed = values["quiet"].worded_from
    rejected = taking_part.disown_card(make(QUIET))
    assert suggest([placed.pk, rejected.pk]) == 0
    assert queries.cards_to_suggest(RULE, 9) == []


def test_what_was_found_of_words_that_changed_meanwhile_is_not_kept(values, make):
    card, value = make(QUIET), values["quiet"]
    late = Found(card.pk, card.version + 1, "new")
    moved = Found(card.pk, card.version, "same", value.pk, value.version + 1, 0.9)
    assert keep_suggestions([late, moved], RULE, ENCODER, timezone.now()) == 0
    assert not Suggestion.objects.exists()


def test_a_card_has_one_living_suggestion(make):
    card = make(QUIET)
    told = {"candidate": card, "card_version": 1, "rule": RULE, "engine": ENCODER, "kind": "new"}
    Suggestion.objects.create(**told, at=timezone.now())
    with pytest.raises(IntegrityError, match="one_living_suggestion_a_card"), transaction.atomic():
        Suggestion.objects.create(**told, at=timezone.now())


def test_withdrawing_takes_the_suggestion_with_the_card(values, make):
    card = make(SAME)
    suggest([card.pk])
    taking_part.withdraw(card.revision.response)
    assert not Candidate.objects.filter(pk=card.pk).exists()
    assert not Suggestion.objects.exists()


def test_a_card_a_moderator_decided_on_is_not_looked_at_until_that_is_undone(
    make, assembly, account
):
    first, second, third, late = make(HONEST), make(SAME), make(QUIET), make(BILLS)
    accepted(assembly, account, first)
    assert sweep(decided_cards()) == 3
    moderation.reject(Bench(assembly, account), second, second.version, Why("It is a plan."))
    accepted(assembly, account, late)
    catch_up(assembly.inquiries.get().pk)
    assert queries.cards_to_suggest(RULE, 9, decided_cards()) == [third.pk]
    tasks.sweep_suggestions()
    assert not queries.is_overtaken(suggestion_for(third))
    assert queries.is_overtaken(suggestion_for(second))
    for _ in range(2):
        undoing.undo_last(Bench(assembly, account))
    assert queries.cards_to_suggest(RULE, 9, decided_cards())[0] == second.pk
