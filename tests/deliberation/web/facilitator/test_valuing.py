"""A moderator decides on values in a browser: reasons and typed words are kept, what is stale is told, everything can be undone."""

import json

import pytest

from deliberation.moderation.actions import cards, undoing, values
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.graph.actions.suggesting import regroup
from elicitation.graph.findings import Regroup
from elicitation.graph.models import Fold, Regrouping, Value
from tests.cards import accepted, own

CLOSE = "/run/water/values/close/"
DECISIONS = "/run/water/decisions/"


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def pair(assembly, account, invitation, prompt):
    return [
        accepted(assembly, account, own(invitation, prompt, f"{title} at noon", title=title))
        for title in ("Shade", "Trees")
    ]


@pytest.fixture
def crowded(pair, bench, invitation, prompt):
    """The first of the pair, with one more card in it."""
    card = own(invitation, prompt, "Water to drink", title="Water")
    cards.merge(bench, card, card.version, pair[0])
    return pair[0], card


def page(value):
    return f"/run/water/values/{value.pk}/"


def fold(facilitator, child, parent, **more):
    return facilitator.post(
        page(child),
        {
            "do": "fold",
            "fold-seen": child.version,
            "fold-into": f"{parent.pk}:{parent.version}",
            "fold-code": "same_value",
            **more,
        },
    )


def test_a_value_is_folded_with_a_reason_and_its_page_leads_on(facilitator, pair):
    child, parent = pair
    answer = fold(facilitator, child, parent)
    assert (answer.status_code, answer.url) == (303, page(parent))
    assert Fold.objects.get().child == child
    assert page(parent) in facilitator.get(page(child)).content.decode()
    assert "Shade" in facilitator.get(page(parent)).content.decode()


def test_without_a_reason_nothing_is_folded_and_what_was_chosen_stays(facilitator, pair):
    child, parent = pair
    answer = fold(facilitator, child, parent, **{"fold-code": ""})
    assert answer.status_code == 422
    assert f'value="{parent.pk}:{parent.version}" ' in answer.content.decode()
    assert "checked" in answer.content.decode()
    assert not Fold.objects.exists()


def test_a_stale_page_says_what_changed_and_keeps_the_typed_reason(facilitator, pair, bench):
    child, parent = pair
    values.reword(bench, parent, ("Green streets", ["TREES"]), parent.version, Why("Clearer."))
    answer = fold(facilitator, child, parent, **{"fold-words": "Both are about noon."})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "worded anew" in shown
    assert "Both are about noon." in shown
    assert not Fold.objects.exists()


def test_a_value_is_worded_anew_line_by_line(facilitator, pair):
    value = pair[0]
    sent = {
        "do": "word",
        "word-seen": value.version,
        "word-title": "Cool streets",
        "word-policies": "SHADE at noon\r\n\r\nWATER to drink",
        "word-code": "clearer_words",
    }
    assert facilitator.post(page(value), sent).status_code == 303
    value.refresh_from_db()
    assert (value.title, value.policies) == ("Cool streets", ["SHADE at noon", "WATER to drink"])
    assert "In a moderator's words" in facilitator.get(page(value)).content.decode()


def test_ticked_cards_are_split_off(facilitator, crowded):
    value, card = crowded
    sent = {"do": "split", "split-seen": value.version, "split-code": "two_values"}
    refused = facilitator.post(page(value), {**sent, "split-words": "It is thirst."})
    assert refused.status_code == 422
    assert "It is thirst." in refused.content.decode()
    assert facilitator.post(page(value), {**sent, "split-cards": [card.pk]}).status_code == 303
    card.refresh_from_db()
    assert card.evidence.value.title == "Water"


def test_a_value_is_moved_to_other_contexts(facilitator, pair):
    value, context = pair[0], pair[0].inquiry.contexts.get()
    sent = {"do": "move", "move-seen": value.version, "move-contexts": [context.pk], "move-code": "other_context"}  # fmt: skip
    assert facilitator.post(page(value), sent).status_code == 303
    assert [held.context for held in value.held_in.all()] == [context]


@pytest.mark.parametrize("into", ["", "nonsense", "8f14e45f-ceea-467f-9b1d-000000000000:1", ":"])
def test_a_value_that_is_not_there_is_refused(facilitator, pair, into):
    answer = fold(facilitator, *pair, **{"fold-into": into})
    assert answer.status_code == 422
    assert not Fold.objects.exists()


@pytest.mark.parametrize("do", ["", "burn"])
def test_what_is_no_decision_changes_nothing(facilitator, pair, do):
    assert facilitator.post(page(pair[0]), {"do": do}).status_code == 422
    assert Decision.objects.exclude(kind="accept").count() == 0


def suggested(inquiry, kind, some, **told):
    regroup(inquiry, [Regroup(kind, tuple((v.pk, v.version) for v in some), 0.9, told)], "r", "e")
    return Regrouping.objects.get()


def take_up(facilitator, regrouping, value, some, **more):
    seen = json.dumps({str(one.pk): one.version for one in some})
    sent = {"do": "take_up", "regrouping": regrouping.pk, "value": value.pk, "seen": seen}
    return facilitator.post(CLOSE, {**sent, **more})


def test_values_that_seem_one_are_folded_from_their_page(facilitator, pair):
    found = suggested(pair[0].inquiry, "merge", pair)
    assert "Which one goes on?" in facilitator.get(CLOSE).content.decode()
    refused = take_up(facilitator, found, pair[1], pair, words="")
    assert refused.status_code == 422
    answer = take_up(facilitator, found, pair[1], pair, code="same_value")
    assert answer.status_code == 303
    assert Value.objects.get(pk=pair[0].pk).root == pair[1]
    assert Decision.objects.get(kind="fold").regrouping == found


def test_a_value_that_seems_two_is_split_from_its_page(facilitator, crowded):
    value, card = crowded
    first = value.worded_from
    told = {"parts": [[str(first.pk)], [str(card.pk)]], "within": 0.9, "between": 0.1}
    found = suggested(value.inquiry, "split", [value], **told)
    answer = take_up(facilitator, found, value, [value], code="two_values")
    assert answer.status_code == 303
    card.refresh_from_db()
    assert card.evidence.value != value


@pytest.mark.parametrize("seen", ["", "[]", "{}", '{"x": 1}', "nonsense"])
def test_a_suggestion_is_not_taken_up_without_what_was_seen(facilitator, pair, seen):
    found = suggested(pair[0].inquiry, "merge", pair)
    answer = take_up(facilitator, found, pair[1], pair, code="same_value", seen=seen)
    assert answer.status_code in (409, 422)
    assert not Fold.objects.exists()
    assert Regrouping.objects.open().exists()


def test_a_decision_is_undone_with_a_reason_by_anybody_who_moderates(facilitator, pair, bench):
    seen = {value.pk: value.version for value in pair}
    decision = values.fold(bench, *pair, seen, Why(code="same_value"))
    undo = f"{DECISIONS}{decision.pk}/undo/"
    assert undo in facilitator.get(f"{DECISIONS}?kind=fold").content.decode()
    assert facilitator.get(undo).status_code == 200
    assert facilitator.post(undo, {}).status_code == 422
    assert facilitator.post(undo, {"code": "by_mistake"}).status_code == 303
    assert not Fold.objects.living().exists()
    assert "It was undone already." in facilitator.get(undo).content.decode()


def test_what_rests_on_a_decision_is_named_and_undone_with_it(facilitator, crowded, bench):
    value, _ = crowded
    first = Decision.objects.get(value=value, kind="accept")
    undo = f"{DECISIONS}{first.pk}/undo/"
    refused = facilitator.post(undo, {"words": "Both were wrong."})
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "joined to a value" in shown
    assert "Both were wrong." in shown
    assert facilitator.post(undo, {"words": "Both were wrong.", "all": "1"}).status_code == 303
    assert not Value.objects.filter(pk=value.pk).exists()


def test_pages_of_decisions_are_for_who_moderates_here(
    client, facilitator, pair, bench, member_client
):
    decision = Decision.objects.first()
    addresses = (DECISIONS, f"{DECISIONS}{decision.pk}/undo/", page(pair[0]))
    for visitor in (client, member_client):
        assert {visitor.get(address).status_code for address in addresses} == {404}
        assert {visitor.post(address).status_code for address in addresses[1:]} == {404}
    undoing.undo(bench, decision, BY_MISTAKE)
    assert facilitator.get(DECISIONS).status_code == 200
