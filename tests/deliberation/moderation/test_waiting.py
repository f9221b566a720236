"""One queue of everything that waits; who opened what, who holds what; opened cards are accepted together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import cards, reasons
from deliberation.moderation.actions.claiming import accept_opened, let_go, open_thing, take_over
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import HeldByOther, ReasonMissing, ReasonsFixed
from deliberation.moderation.models import Claim, Decision, Thing
from deliberation.moderation.waiting import Wanted
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate, ReadingRequest
from elicitation.graph.actions.suggesting import keep_suggestions, regroup
from elicitation.graph.findings import Found, Regroup
from elicitation.graph.models import Regrouping, ValueContext


def rows(bench, **wanted):
    return list(waiting.things(bench.assembly, bench.moderator, Wanted(**wanted)))


@pytest.fixture
def everything(bench, accepted, another):
    """One of each kind that needs no author to come back."""
    shade, trees = accepted("Shade"), accepted("Trees")
    inquiry = shade.inquiry
    pair = tuple((value.pk, value.version) for value in (shade, trees))
    told = {"parts": [["a"], ["b"]]}
    regroup(
        inquiry, [Regroup("merge", pair, 0.9, {}), Regroup("split", pair[:1], 0.7, told)], "r", "e"
    )
    ValueContext.objects.create(value=shade, context=inquiry.contexts.get(), score=0.6)
    card = another("Waiting")
    requests = ReadingRequest.objects.order_by("asked_at")
    ReadingRequest.objects.filter(pk=requests[0].pk).update(flag="addressing")
    ReadingRequest.objects.filter(pk=requests[1].pk).update(state="needs_person", why="refused")
    return card


def test_all_kinds_stand_in_one_list_the_oldest_first(bench, everything):
    found = rows(bench)
    assert {row["kind"] for row in found} == {
        "card",
        "merge",
        "split",
        "context",
        "flagged",
        "unread",
    }
    assert [row["since"] for row in found] == sorted(row["since"] for row in found)
    assert waiting.counts(bench.assembly, bench.moderator) == dict.fromkeys(
        ["card", "merge", "split", "context", "flagged", "unread"], 1
    )


def test_the_list_is_filtered_by_kind_words_and_holder(bench, colleague, everything):
    assert [row["thing"] for row in rows(bench, kinds=["card"])] == [everything.pk]
    assert [row["thing"] for row in rows(bench, search="waitin")] == [everything.pk]
    assert rows(bench, search="nothing like it") == []
    assert rows(bench, holding="mine") == []
    open_thing(bench, Thing.CARD, everything.pk)
    assert [row["thing"] for row in rows(bench, holding="mine")] == [everything.pk]
    assert everything.pk not in {row["thing"] for row in rows(colleague, holding="free")}


def test_the_surest_suggestion_comes_first_where_that_is_asked(bench, everything):
    sure = [row["sure"] for row in rows(bench, surest=True)]
    assert sure[:3] == [0.9, 0.7, 0.6]


def test_what_waits_elsewhere_is_not_in_it(everything, other_assembly, stranger):
    assert list(waiting.things(other_assembly, stranger, Wanted())) == []


def test_a_page_of_it_tells_holders_suggestions_and_the_values_of_a_set(
    bench, colleague, everything
):
    open_thing(colleague, Thing.CARD, everything.pk)
    shown = {
        item.kind: item for item in waiting.items(bench.assembly, bench.moderator, rows(bench))
    }
    assert shown[Thing.CARD].holder == "bo-of-the-hall"
    assert not shown[Thing.CARD].mine
    assert shown[Thing.MERGE].values == ["Shade", "Trees"]


def test_opening_holds_a_thing_for_ten_minutes_and_no_longer(bench, colleague, another):
    card = another()
    assert open_thing(bench, Thing.CARD, card.pk) is None
    assert open_thing(colleague, Thing.CARD, card.pk).moderator == bench.moderator
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert open_thing(colleague, Thing.CARD, card.pk) is None
    assert Claim.objects.get().moderator == colleague.moderator


def test_a_thing_is_taken_over_knowingly_and_let_go_by_who_holds_it(bench, colleague, another):
    card = another()
    open_thing(bench, Thing.CARD, card.pk)
    with pytest.raises(HeldByOther, match="ada-of-the-hall"):
        let_go(colleague, Thing.CARD, card.pk)
    take_over(colleague, Thing.CARD, card.pk)
    let_go(colleague, Thing.CARD, card.pk)
    assert not Claim.objects.exists()


def test_the_next_card_is_one_nobody_else_holds(bench, colleague, another, assembly):
    first, second = another("First"), another("Second")
    open_thing(bench, Thing.CARD, first.pk)
    assert queries.next_card(assembly, bench.moderator) == first
    assert queries.next_card(assembly, colleague.moderator) == second


def test_only_what_was_opened_as_it_stands_is_accepted_together(bench, accepted, another):
    value = accepted("Shade")
    same, new, unopened, changed, decided = (another(f"Card {n}") for n in range(5))
    found = Found(same.pk, same.version, "same", value.pk, value.version, 0.9, {})
    keep_suggestions([found], "rule", "engine", timezone.now())
    for card in (same, new, changed, decided):
        open_thing(bench, Thing.CARD, card.pk, card.version)
    Candidate.objects.filter(pk=changed.pk).update(version=9)
    cards.reject(bench, decided, decided.version, Why("Not this."))
    made, left = accept_opened(bench, [c.pk for c in (same, new, unopened, changed, decided)])
    assert {decision.kind for decision in made} == {"merge", "accept"}
    assert {title for title, _ in left} == {"Card 2", "Card 3", "Card 4"}
    assert "left out" in dict(left)["Card 4"]
    assert same.evidence.value == value


def test_nothing_of_another_assembly_is_accepted(bench, another, other_assembly, stranger):
    card = another()
    there = Bench(other_assembly, stranger)
    open_thing(there, Thing.CARD, card.pk)
    assert accept_opened(there, [card.pk]) == ([], [])
    assert not Decision.objects.exists()


def test_regroupings_of_values_that_changed_do_not_wait(bench, everything):
    value = Regrouping.objects.get(kind="split").members.get().value
    type(value).objects.filter(pk=value.pk).update(version=9)
    assert not {"merge", "split"} & {row["kind"] for row in rows(bench)}


def test_reasons_are_those_of_the_house_until_they_are_agreed_otherwise(assembly):
    assembly.phases.all().delete()
    told = dict(queries.reasons_for(assembly, ["reject"], "fr"))
    assert told["unclear"] == "On ne peut pas savoir ce qui est voulu dire."
    reasons.agree_on_reasons(assembly)
    reasons.drop_reason(assembly, "insult")
    reasons.word_reason(assembly, "unclear", {"fr": "Trop vague."})
    added = reasons.add_reason(assembly, {"en": "It is an advert."}, ["reject"])
    told = dict(queries.reasons_for(assembly, ["reject"], "fr"))
    assert "insult" not in told
    assert (told["unclear"], told[added.code]) == ("Trop vague.", "It is an advert.")


def test_reasons_stay_as_they_are_once_answering_has_begun(assembly):
    for change in (
        lambda: reasons.drop_reason(assembly, "insult"),
        lambda: reasons.word_reason(assembly, "insult", {"en": "Rude."}),
        lambda: reasons.add_reason(assembly, {"en": "Rude."}, ["reject"]),
    ):
        with pytest.raises(ReasonsFixed):
            change()


@pytest.mark.parametrize("wording", [{}, {"en": " "}, {"en": "\x00"}])
def test_a_reason_has_words(assembly, wording):
    assembly.phases.all().delete()
    with pytest.raises(ReasonMissing):
        reasons.add_reason(assembly, wording, ["reject"])
