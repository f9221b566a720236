"""Everything that waits for a person is in one list: each kind once, filtered, sorted, counted, and with who holds it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.errors import NotHere
from deliberation.moderation import queries, waiting, what_waits
from deliberation.moderation.actions import cards, claiming
from deliberation.moderation.actions.proposing import propose
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import Appeal, Claim, Decision, Meaning, Thing
from deliberation.moderation.waiting import Wish, counts
from elicitation.extraction.models import ReadingRequest
from elicitation.graph.models import (
    Evidence,
    Regrouped,
    Regrouping,
    Suggestion,
    Value,
    ValueContext,
)
from tests import rules
from tests.conftest import found, newcomer


def listed(bench, **wish):
    return waiting.waiting(bench, Wish(**wish), 0, 100)


def keys(bench, **wish):
    return [(row.what, row.thing) for row in listed(bench, **wish)]


def suggest(card, value, kind="same", score=0.9):
    return Suggestion.objects.create(
        candidate=card, card_version=card.version, kind=kind, value=value,
        value_version=value.version if value else None, score=score, rule="t", engine="t", at=timezone.now(),
    )  # fmt: skip


def regroup(kind, *values, score=0.8):
    made = Regrouping.objects.create(
        inquiry=values[0].inquiry, kind=kind, score=score, rule="t", engine="t"
    )
    for place, value in enumerate(values):
        Regrouped.objects.create(
            regrouping=made, value=value, version=value.version, position=place
        )
    return made


@pytest.fixture
def everything(bench, colleague, another, accepted, answered, invitation, prompt):
    """One thing of each kind, as {kind: key}."""
    one, two = accepted("Shelter"), accepted("Open doors")
    ReadingRequest.objects.filter(revision__response=answered).update(
        state="needs_person", why="refused"
    )
    flagged = another("Marked").revision
    ReadingRequest.objects.filter(revision=flagged).update(flag="addresses_machine")
    context = one.inquiry.contexts.get()
    ValueContext.objects.create(value=two, context=context, score=0.55)
    decision = Decision.objects.get(value=one)
    Decision.objects.filter(pk=decision.pk).update(moderator=colleague.moderator.pk)
    author = decision.candidate.revision.response.respondent
    meaning = Meaning.objects.create(
        candidate=decision.candidate, value=one, value_version=1, decision=decision,
        answer="no", answered_at=timezone.now(),
    )  # fmt: skip
    appeal = Appeal.objects.create(
        decision=decision, candidate=decision.candidate, respondent=author, words="Look again."
    )
    card = flagged.readings.get().candidates.get()
    rule = rules.owned(newcomer(invitation), prompt)
    rule.serves.all().delete()  # the card beside it waits in other tests
    permit_proposals(bench.assembly, True)
    token, _ = make_token(bench.assembly, bench.moderator, "Advisor", ["propose"], 30)
    said = Wording("en", "Shade", ["TREES over benches"])
    return {
        Thing.CARD: card.pk,
        Thing.RULE: rule.pk,
        Thing.MERGE: regroup("merge", one, two).pk,
        Thing.SPLIT: regroup("split", one).pk,
        Thing.CONTEXT: two.pk,
        Thing.FLAGGED: flagged.response_id,
        Thing.UNREAD: answered.pk,
        Thing.MEANING: meaning.pk,
        Thing.APPEAL: appeal.pk,
        Thing.PROPOSAL: propose(token, one.inquiry_id, said).pk,
    }


def test_each_kind_of_thing_that_waits_is_in_the_list_once(bench, everything):
    assert sorted(keys(bench)) == sorted(everything.items())
    assert counts(bench, Wish()) == dict.fromkeys(Thing, 1)


def test_each_row_tells_what_it_is_by_the_words_of_its_kind(bench, everything):
    rows = {row.what: row for row in listed(bench)}
    assert set(rows[Thing.MERGE].says.split(what_waits.BETWEEN)) == {"Shelter", "Open doors"}
    assert rows[Thing.CONTEXT].says == "Open doors"
    assert rows[Thing.UNREAD].says.startswith("When the river floods")
    assert rows[Thing.UNREAD].hint == "refused"
    assert (rows[Thing.MEANING].says, rows[Thing.MEANING].beside) == ("Shelter", "Shelter")
    assert (rows[Thing.APPEAL].says, rows[Thing.APPEAL].hint) == ("Look again.", "accept")
    assert (rows[Thing.MERGE].cards, rows[Thing.CONTEXT].cards) == (2, 1)


def test_a_kind_an_inquiry_and_words_are_filters(bench, everything, accepted):
    for kind, thing in everything.items():
        assert keys(bench, kind=kind) == [(kind, thing)]
    here = bench.assembly.inquiries.get().pk
    assert len(keys(bench, inquiry=here)) == len(Thing)
    elsewhere = found("hills").inquiries.get().pk
    assert keys(bench, inquiry=elsewhere) == []
    assert keys(bench, words="marKED") == [(Thing.CARD, everything[Thing.CARD])]
    assert keys(bench, words="a door to KNOCK on") == [(Thing.CARD, everything[Thing.CARD])]
    assert keys(bench, words="nothing like it") == []
    assert counts(bench, Wish(words="marked"))[Thing.MERGE] == 0
    assert keys(bench, kind=Thing.MERGE, words="marked") == []


def test_nothing_of_another_assembly_is_in_the_list(everything, other_assembly, stranger):
    theirs = Bench(other_assembly, stranger)
    assert keys(theirs) == []
    for kind, thing in everything.items():
        with pytest.raises(NotHere):
            waiting.find(theirs, kind, thing)


def test_an_appeal_is_not_offered_to_the_moderator_whose_decision_it_is(
    bench, colleague, everything
):
    appeal = (Thing.APPEAL, everything[Thing.APPEAL])
    assert appeal in keys(bench)
    assert appeal not in keys(colleague)
    assert counts(colleague, Wish())[Thing.APPEAL] == 0
    Decision.objects.update(moderator=None)  # whose account is gone
    assert appeal in keys(colleague)


def test_what_is_seen_to_leaves_the_list(bench, everything):
    one = Value.objects.get(title="Shelter")
    Meaning.objects.update(seen_to_at=timezone.now())
    Appeal.objects.update(state="withdrawn")
    Regrouping.objects.filter(kind="merge").update(state="declined", answered_at=timezone.now())
    Value.objects.filter(pk=one.pk).update(version=2)  # the split speaks of other words
    ReadingRequest.objects.filter(state="needs_person").update(state="nothing_found")
    left = {kind for kind, _ in keys(bench)}
    assert left == {Thing.CARD, Thing.RULE, Thing.CONTEXT, Thing.FLAGGED, Thing.PROPOSAL}


def test_a_context_waits_only_where_the_machine_was_unsure_and_while_nobody_looked(bench, accepted):
    value = accepted()
    held = ValueContext.objects.create(
        value=value, context=value.inquiry.contexts.get(), score=0.49
    )
    expected = {0.49: 0, 0.5: 1, 0.7: 1, 0.71: 0, None: 0}
    for score, n in expected.items():
        ValueContext.objects.filter(pk=held.pk).update(score=score)
        assert len(keys(bench, kind=Thing.CONTEXT)) == n
    ValueContext.objects.filter(pk=held.pk).update(score=0.6)
    (row,) = listed(bench, kind=Thing.CONTEXT)
    claiming.looked(bench, Item(row.what, row.thing, row.seen))
    assert not keys(bench, kind=Thing.CONTEXT)
    Value.objects.filter(pk=value.pk).update(version=value.version + 1)
    assert keys(bench, kind=Thing.CONTEXT)


def test_a_flagged_answer_waits_until_somebody_says_they_looked(bench, colleague, everything):
    (row,) = listed(bench, kind=Thing.FLAGGED)
    claiming.looked(colleague, Item(row.what, row.thing, row.seen))
    assert not keys(bench, kind=Thing.FLAGGED)


def test_the_list_is_in_the_order_wished_for(bench, another, accepted):
    value = accepted("Doors")
    first, second, third = another("A"), another("B"), another("C")
    suggest(second, value, score=0.7)
    suggest(third, None, kind="new", score=None)  # there was nothing to compare it with: surely new
    for place in range(3):
        more = another("More")
        Evidence.objects.create(value=value, candidate=more)
        assert place < 3
    assert [row.says for row in listed(bench)] == ["A", "B", "C"]
    assert [row.says for row in listed(bench, order="surest")] == ["C", "B", "A"]
    assert [(row.says, row.cards) for row in listed(bench, order="cards")] == [
        ("B", 5),
        ("A", 1),
        ("C", 1),
    ]
    assert [row.sure for row in listed(bench)] == [None, 0.7, 1.0]
    assert first.title == "A"


def test_a_suggestion_about_other_words_is_not_told(bench, another, accepted):
    value, card = accepted("Doors"), another("A")
    suggest(card, value)
    (row,) = listed(bench)
    assert (row.hint, row.beside, row.beside_id) == ("same", "Doors", value.pk)
    Value.objects.filter(pk=value.pk).update(version=value.version + 1)
    (row,) = listed(bench)
    assert (row.hint, row.beside, row.beside_id, row.sure) == ("", "", None, None)


@pytest.mark.parametrize("order", waiting.ORDERS)
def test_pages_hold_every_row_once(bench, everything, another, order):
    for n in range(7):
        another(f"Card {n}")
    wish = Wish(order=order)
    pages = [waiting.waiting(bench, wish, start, 4) for start in range(0, 20, 4)]
    told = [row.thing for page in pages for row in page]
    assert len(told) == len(set(told)) == sum(counts(bench, wish).values()) == 17


def test_who_holds_what_is_told_and_filtered_by(bench, colleague, another):
    mine, theirs, free = another("Mine"), another("Theirs"), another("Free")
    lapsed = another("Lapsed")
    claiming.open_item(bench, Item(Thing.CARD, mine.pk, mine.version))
    claiming.open_item(colleague, Item(Thing.CARD, theirs.pk, theirs.version))
    claiming.hold(colleague, Item(Thing.CARD, lapsed.pk))
    Claim.objects.filter(thing=lapsed.pk).update(until=timezone.now() - timedelta(seconds=1))
    rows = {row.says: row for row in listed(bench)}
    assert rows["Mine"].holder.is_me
    assert rows["Mine"].opened
    assert rows["Theirs"].holder.name == "bo-of-the-hall"
    assert not rows["Theirs"].opened
    assert rows["Lapsed"].holder is None
    assert [row.says for row in listed(bench, held="mine")] == ["Mine"]
    assert [row.says for row in listed(bench, held="free")] == ["Free", "Lapsed"]
    assert counts(bench, Wish(held="free"))[Thing.CARD] == 2
    assert free.title == "Free"


def test_the_next_card_is_the_oldest_nobody_else_works_on(bench, colleague, another):
    first, second = another("First"), another("Second")
    claiming.hold(colleague, Item(Thing.CARD, first.pk))
    assert queries.next_card(bench.assembly, bench.moderator) == second
    assert queries.next_card(colleague.assembly, colleague.moderator) == first
    for card in (second, first):
        cards.accept(bench, card, card.version)
    assert queries.next_card(bench.assembly, bench.moderator) is None


def test_a_list_is_four_questions_and_its_counts_one(bench, everything, django_assert_num_queries):
    with django_assert_num_queries(4):
        listed(bench)
    with django_assert_num_queries(1):
        counts(bench, Wish(held="free"))
