"""Decisions on values: each with a reason, none on what was not seen, each undone exactly."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.moderation import queries
from deliberation.moderation.actions import cards, showing, undoing, values
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import (
    NothingToUndo,
    ReasonMissing,
    StaleDecision,
    UndoFirst,
)
from deliberation.moderation.models import Decision
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.extraction.models import Quote
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.actions.suggesting import keep_suggestions, regroup
from elicitation.graph.errors import NotSuggested, SplitUnfit, ValueWeighed, WordsUnfit
from elicitation.graph.findings import Found, Regroup
from elicitation.graph.models import Evidence, Fold, Regrouping, Value
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests.deliberation.moderation._state import state

SAME = Why(code="same_value")
TWO = Why("They speak of two things.")


def seen(*some):
    return {value.pk: value.version for value in some}


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def pair(accepted):
    return accepted("Shade"), accepted("Trees")


@pytest.fixture
def crowded(bench, accepted, another):
    """A value three cards stand in."""
    value = accepted("Shade")
    for title in ("Cool places", "Water"):
        candidate = another(title)
        cards.merge(bench, candidate, candidate.version, value)
    return value


def fold(bench, pair, **how):
    return values.fold(bench, *pair, seen(*pair), how.get("why", SAME))


def part(bench, value, titles=("Water",)):
    chosen = [e.candidate for e in value.evidence.filter(candidate__title__in=titles)]
    return values.split(bench, value, chosen, value.version, TWO)


ACTS = {
    "fold": lambda bench, value, other: fold(bench, (value, other)),
    "split": lambda bench, value, other: part(bench, value),
    "split off the words it carries": lambda bench, value, other: part(bench, value, ("Shade",)),
    "rename": lambda bench, value, other: values.reword(
        bench, value, ("Cool streets", value.policies), 1, TWO
    ),
    "edit": lambda bench, value, other: values.reword(
        bench, value, ("Cool streets", ["SHADE at noon", "WATER to drink"]), 1, TWO
    ),
    "move": lambda bench, value, other: values.move(
        bench, value, list(value.inquiry.contexts.all()), 1, TWO
    ),
    "hide": lambda bench, value, other: showing.hide(
        bench, value.evidence.first().candidate.revision.response, TWO
    ),
}
KINDS = {"split off the words it carries": "split"}


@pytest.mark.parametrize("act", ACTS)
def test_each_decision_changes_something_and_its_undo_brings_all_of_it_back(
    bench, colleague, crowded, accepted, inquiry, act
):
    other = accepted("Trees")
    people = [Respondent.objects.create() for _ in range(3)]
    for n, person in enumerate(people):
        endorse(person, crowded, 1)
        if n:
            endorse(person, other, -1)
    before = state(inquiry)
    decision = ACTS[act](bench, crowded, other)
    assert decision.kind == KINDS.get(act, act)
    assert state(inquiry) != before
    undoing.undo(colleague, decision, BY_MISTAKE)
    assert state(inquiry) == before
    assert Entry.objects.filter(kind=f"decision.{decision.kind}").exists()


def test_an_edit_of_the_words_is_told_from_a_new_name(bench, pair):
    value, _ = pair
    renamed = values.reword(bench, value, ("Cool streets", value.policies), value.version, TWO)
    value.refresh_from_db()
    edited = values.reword(bench, value, ("Cool streets", ["SHADE"]), value.version, TWO)
    assert (renamed.kind, edited.kind) == ("rename", "edit")


@pytest.mark.parametrize("why", [Why(), Why("  "), Why(code="no_such_reason"), Why(code="insult")])
def test_no_decision_on_a_value_without_a_reason_for_its_kind(bench, pair, why):
    with pytest.raises(ReasonMissing):
        fold(bench, pair, why=why)
    assert not Fold.objects.exists()


def test_nothing_is_decided_on_a_value_that_is_not_as_it_was_seen(bench, colleague, pair):
    shade, trees = pair
    values.reword(colleague, shade, ("Cool streets", ["SHADE"]), shade.version, TWO)
    with pytest.raises(StaleDecision, match="worded anew"):
        fold(bench, pair)
    fresh = Value.objects.get(pk=shade.pk)
    fold(bench, (fresh, trees))
    with pytest.raises(StaleDecision, match="folded into another value"):
        fold(bench, (trees, fresh))


def test_an_undo_names_what_rests_on_it_and_the_chain_takes_all_of_it_back(
    bench, colleague, accepted, inquiry
):
    shade, trees, water = (accepted(title) for title in ("Shade", "Trees", "Water"))
    before = state(inquiry)
    inner = fold(bench, (shade, trees))
    outer = fold(colleague, (trees, water))
    with pytest.raises(UndoFirst) as refused:
        undoing.undo(bench, inner, BY_MISTAKE)
    assert refused.value.later == [outer]
    undone = undoing.undo_chain(bench, inner, Why("Both were wrong."))
    assert [one.pk for one in undone] == [outer.pk, inner.pk]
    assert state(inquiry) == before
    with pytest.raises(NothingToUndo):
        undoing.undo(bench, inner, BY_MISTAKE)


def test_what_does_not_depend_is_undone_alone(bench, accepted):
    shade, trees, water = (accepted(title) for title in ("Shade", "Trees", "Water"))
    first = fold(bench, (shade, water))
    fold(bench, (trees, water))
    undoing.undo(bench, first, BY_MISTAKE)
    assert set(water.tree.all()) == {water, trees}


def test_a_value_made_by_a_split_goes_with_its_undo_and_what_was_built_on_it_first(
    bench, crowded, accepted, inquiry
):
    other = accepted("Trees")
    before = state(inquiry)
    parted = part(bench, crowded)
    made = Value.objects.get(pk=parted.other_id)
    assert (made.title, made.evidence.count(), crowded.evidence.count()) == ("Water", 1, 2)
    folded = fold(bench, (made, other))
    with pytest.raises(UndoFirst) as refused:
        undoing.undo(bench, parted, BY_MISTAKE)
    assert refused.value.later == [folded]
    undoing.undo_chain(bench, parted, BY_MISTAKE)
    assert state(inquiry) == before


def test_a_split_that_people_weighed_is_not_undone_and_says_what_to_do(bench, crowded):
    parted = part(bench, crowded)
    endorse(Respondent.objects.create(), Value.objects.get(pk=parted.other_id), 1)
    with pytest.raises(ValueWeighed, match="fold it"):
        undoing.undo(bench, parted, BY_MISTAKE)
    assert Decision.objects.living().filter(pk=parted.pk).exists()


@pytest.mark.parametrize("titles", [(), ("Shade", "Cool places", "Water")])
def test_a_split_moves_some_and_not_all(bench, crowded, titles):
    with pytest.raises(SplitUnfit):
        part(bench, crowded, titles)


def test_a_card_of_another_value_is_not_split_off(bench, crowded, accepted):
    stranger = accepted("Trees").evidence.get().candidate
    with pytest.raises(SplitUnfit):
        values.split(bench, crowded, [stranger], crowded.version, TWO)


def test_cards_of_a_folded_value_can_be_split_off_and_go_back_to_it(
    bench, crowded, accepted, inquiry
):
    other = accepted("Trees")
    candidate = crowded.evidence.get(candidate__title="Water").candidate
    fold(bench, (crowded, other))
    before = state(inquiry)
    parted = values.split(bench, other, [candidate], other.version, TWO)
    undoing.undo(bench, parted, BY_MISTAKE)
    assert state(inquiry) == before
    assert Evidence.objects.get(candidate=candidate).value == crowded


@pytest.mark.parametrize(
    "words", [("", ["SHADE"]), ("Shade", []), ("Shade", ["x"] * 8), ("a " * 13, ["SHADE"])]
)
def test_a_value_is_not_worded_unfit(bench, pair, words):
    with pytest.raises(WordsUnfit):
        values.reword(bench, pair[0], words, pair[0].version, TWO)


def test_undoing_a_new_wording_gives_no_words_back_whose_author_took_them(bench, crowded):
    author = crowded.worded_from
    reworded = values.reword(bench, crowded, ("Cool streets", ["SHADE"]), crowded.version, TWO)
    assert author.title not in str(reworded.inverse)
    taking_part.withdraw(author.revision.response)
    undoing.undo(bench, reworded, BY_MISTAKE)
    crowded.refresh_from_db()
    assert crowded.title == "Cool places"


def test_hidden_words_are_shown_to_nobody_until_they_are_put_back(bench, colleague, another):
    candidate = another("Shade", public=True)
    answer = candidate.revision.response
    hidden = showing.hide(bench, answer, Why(code="about_somebody"))
    assert not Quote.objects.filter(hidden_at=None).exists()
    assert queries.hiding_of(answer)
    back = showing.restore(colleague, hidden, Why(code="second_look"))
    assert not Quote.objects.exclude(hidden_at=None).exists()
    undoing.undo(colleague, back, BY_MISTAKE)
    assert queries.hiding_of(answer)
    assert not Quote.objects.filter(hidden_at=None).exists()


def test_what_was_left_out_waits_again_once_it_is_put_back(bench, colleague, another, assembly):
    candidate = another("Shade")
    left = cards.reject(bench, candidate, candidate.version, Why(code="unclear"))
    assert candidate not in queries.queue(assembly)
    back = showing.restore(colleague, left, Why("It is clear after all."))
    assert candidate in queries.queue(assembly)
    undoing.undo(bench, back, BY_MISTAKE)
    assert candidate not in queries.queue(assembly)


def test_a_decision_of_another_assembly_is_not_undone_here(bench, pair, other_assembly, stranger):
    decision = fold(bench, pair)
    with pytest.raises(NothingToUndo):
        undoing.undo(Bench(other_assembly, stranger), decision, BY_MISTAKE)


def test_a_suggestion_is_taken_up_by_folding_all_its_values(bench, accepted, inquiry):
    some = [accepted(title) for title in ("Shade", "Trees", "Water")]
    found = Regroup("merge", tuple((value.pk, value.version) for value in some), 0.9, {})
    regroup(inquiry, [found], "rule", "engine")
    suggested = Regrouping.objects.get()
    made = values.fold_suggested(bench, suggested, some[0], seen(*some), SAME)
    assert len(made) == 2
    assert {one.regrouping for one in made} == {suggested}
    assert set(some[0].tree.all()) == set(some)
    with pytest.raises(NotSuggested):
        values.fold_suggested(bench, suggested, some[0], seen(*some), SAME)


def test_what_was_suggested_and_followed_is_kept_with_the_decision(bench, another, accepted):
    value, candidate = accepted("Shade"), another("Cool places")
    found = Found(candidate.pk, candidate.version, "same", value.pk, value.version, 0.9, {})
    keep_suggestions([found], "rule", "engine", timezone.now())
    decision = cards.merge(bench, candidate, candidate.version, value)
    assert decision.suggested == {"kind": "same", "value": str(value.pk)}
    assert decision.followed is True
    assert decision.waited >= 0


def test_twenty_hands_of_two_moderators_fold_each_value_at_most_once(
    transactional_db, bench, colleague, accepted, inquiry
):
    three = [accepted(title) for title in ("Shade", "Trees", "Water")]
    voters = [Respondent.objects.create() for _ in range(4)]
    for n, person in enumerate(voters):
        for value in three:
            endorse(person, value, (1, 0, -1)[n % 3])
    told = []

    def work(n):
        try:
            child, parent = three[n % 3], three[(n + 1 + n // 3 % 2) % 3]
            fold((bench, colleague)[n % 2], (child, parent))
        except StaleDecision:
            told.append(n)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Fold.objects.count() == 2
    assert len(told) == 18
    assert Value.objects.standing().get().tally.agrees == 2
