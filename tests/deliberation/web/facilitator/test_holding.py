"""The queue's page: everything that waits, filtered, held and accepted together, on a page that works without JavaScript."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deliberation.assemblies.actions import setting_up
from deliberation.moderation.actions import claiming
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Claim, Decision, Opening, Thing
from elicitation.extraction.models import ReadingRequest
from elicitation.graph.models import Evidence, Value
from tests.cards import accepted, own
from tests.deliberation.moderation.test_waiting import regroup, suggest

QUEUE = "/run/water/queue/"
HOLD = "/run/water/queue/hold/"


@pytest.fixture
def make(transactional_db, invitation, prompt):
    return lambda title: own(invitation, prompt, f"{title} for everybody", title=title)


@pytest.fixture
def colleague(assembly):
    other = get_user_model().objects.create_user("bo", first_name="Bo", last_name="Lind")
    setting_up.give_role(assembly, other, "facilitator")
    client = Client()
    client.force_login(other)
    return client


def page_of(card):
    return f"{QUEUE}{card.pk}/"


def ticks(page):
    return re.findall(r'name="tick" value="([^"]+)"', page.text)


def decide(client, card, kind, **more):
    return client.post(page_of(card), {"kind": kind, "seen": card.version, "words": "", **more})


def test_every_kind_leads_to_its_own_page(facilitator, make, assembly, account):
    one, two = (accepted(assembly, account, make(title)) for title in ("Quiet", "Light"))
    card, unread = make("Benches"), make("Trees")
    ReadingRequest.objects.filter(revision=unread.revision).update(
        state="needs_person", why="refused"
    )
    merge = regroup("merge", one, two)
    page = facilitator.get(QUEUE).text
    for url in (
        page_of(card),
        f"/run/water/answers/{unread.revision.response_id}/",
        f"/run/water/values/close/?only={merge.pk}",
    ):
        assert f'href="{url}"' in page
        assert facilitator.get(url).status_code == 200
    assert "The model declined to read this answer." in page


def test_it_is_filtered_sorted_and_searched_by_its_address(facilitator, make):
    make("Benches"), make("Trees")
    assert "Trees" not in facilitator.get(QUEUE, {"q": "bench"}).text
    assert "Nothing like this waits." in facilitator.get(QUEUE, {"q": "zebra"}).text
    assert "Trees" in facilitator.get(QUEUE, {"kind": "card", "order": "surest"}).text
    for wrong in ({"kind": "x"}, {"order": "x"}, {"inquiry": "x"}, {"held": "x"}, {"page": "x"}):
        assert "Trees" in facilitator.get(QUEUE, wrong).text
    assert facilitator.get(QUEUE, {"q": "\x00"}).status_code == 200


def test_opening_a_card_holds_it_and_others_see_by_whom(facilitator, colleague, make):
    card = make("Benches")
    assert "You hold this until" in facilitator.get(page_of(card)).text
    assert "held by ada-of-the-hall" in colleague.get(QUEUE).text
    page = colleague.get(page_of(card)).text
    assert "ada-of-the-hall works on this" in page
    assert "Take it over" in page
    assert "Benches" not in colleague.get(QUEUE, {"held": "free"}).text
    assert Claim.objects.count() == 1


def test_looking_at_a_card_again_writes_nothing_new(facilitator, make):
    card = make("Benches")
    facilitator.get(page_of(card))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        facilitator.get(page_of(card))
    assert not [q for q in asked if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_card_that_was_decided_is_not_held_by_who_looks_at_it(facilitator, make):
    card = make("Benches")
    decide(facilitator, card, "accept")
    facilitator.get(page_of(card))
    assert not Claim.objects.exists()


def test_what_another_holds_is_taken_over_before_it_is_decided(facilitator, colleague, make):
    card = make("Benches")
    facilitator.get(page_of(card))
    page = decide(colleague, card, "reject", words="Said already.")
    assert page.status_code == 409
    assert "ada-of-the-hall works on this now" in page.text
    assert "Said already." in page.text
    assert not Decision.objects.exists()
    key = f"card:{card.pk}:{card.version}"
    assert colleague.post(HOLD, {"over": key, "back": "1"}).url == page_of(card)
    assert decide(colleague, card, "reject", words="Said already.").status_code == 302
    assert Decision.objects.get().reason == "Said already."


def test_holding_and_letting_go_return_to_the_list_as_it_was_filtered(facilitator, make):
    key = f"card:{make('Benches').pk}:1"
    held = facilitator.post(f"{HOLD}?kind=card", {"hold": key})
    assert (held.status_code, held.url) == (303, f"{QUEUE}?kind=card")
    assert Claim.objects.exists()
    assert not Opening.objects.exists()  # it was not read
    facilitator.post(HOLD, {"let_go": key})
    assert not Claim.objects.exists()


def test_only_what_waits_here_can_be_held(facilitator, make, other_assembly):
    card = make("Benches")
    for key in (f"card:{uuid4()}:1", f"merge:{card.pk}:1", "x:y:z", "", f"card:{card.pk}:1e9"):
        assert facilitator.post(HOLD, {"hold": key}).status_code == 404
    assert facilitator.post("/run/fire/queue/hold/", {"hold": ""}).status_code == 404
    assert facilitator.post(HOLD, {"looked": f"card:{card.pk}:1"}).status_code == 404
    assert not Claim.objects.exists()


def test_a_flagged_answer_leaves_the_list_once_somebody_says_they_looked(facilitator, make):
    revision = make("Benches").revision
    ReadingRequest.objects.filter(revision=revision).update(flag="addresses_machine")
    key = f"flagged:{revision.response_id}:"
    assert facilitator.post(HOLD, {"looked": f"{key}7"}).status_code == 409  # other words
    facilitator.post(HOLD, {"looked": f"{key}{revision.number}"})
    assert "seem to speak to a machine" not in facilitator.get(QUEUE).text


def test_only_opened_cards_can_be_ticked_and_are_accepted_together(
    facilitator, make, assembly, account
):
    value = accepted(assembly, account, make("Shade"))
    same, new = make("Shadow"), make("Benches")
    suggest(same, value)
    page = facilitator.get(QUEUE)
    assert "suggested: the same as" in page.text
    assert not ticks(page)
    facilitator.get(page_of(same)), facilitator.get(page_of(new))
    ticked = ticks(facilitator.get(QUEUE))
    assert len(ticked) == 2
    page = facilitator.post(QUEUE, {"tick": ticked})
    assert page.status_code == 200
    assert "2 cards were accepted." in page.text
    assert Evidence.objects.get(candidate=same).value == value
    assert Value.objects.filter(title="Benches").exists()


def test_of_cards_accepted_together_those_that_cannot_be_are_named(facilitator, colleague, make):
    first, second = make("Benches"), make("Trees")
    facilitator.get(page_of(first)), facilitator.get(page_of(second))
    ticked = ticks(facilitator.get(QUEUE))
    colleague.post(HOLD, {"over": f"card:{first.pk}:1"})
    decide(colleague, first, "reject", words="No.")
    page = facilitator.post(QUEUE, {"tick": ticked})
    assert page.status_code == 409
    assert "1 card was accepted." in page.text
    assert "1 was not; it waits as before:" in page.text
    assert "Somebody was here before you" in page.text
    assert list(Value.objects.values_list("title", flat=True)) == ["Trees"]
    assert "Nothing was ticked" in facilitator.post(QUEUE).text
    assert facilitator.post(QUEUE, {"tick": "card:x:1:"}).status_code == 404


def test_after_a_decision_comes_the_next_card_nobody_else_works_on(facilitator, colleague, make):
    first, second, third = make("A"), make("B"), make("C")
    colleague.get(page_of(second))
    next_ = facilitator.get(decide(facilitator, first, "accept").url)
    assert next_.url == page_of(third)
    assert facilitator.get(decide(facilitator, third, "accept").url).url == QUEUE


def test_the_page_asks_the_database_fewer_than_twelve_questions(
    facilitator, make, assembly, account
):
    values = [accepted(assembly, account, make(title)) for title in ("One", "Two")]
    regroup("merge", *values)
    for n in range(5):
        suggest(make(f"Card {n}"), values[0])
    holder = Bench(assembly, account)
    claiming.hold(holder, Item(Thing.MERGE, regroup("split", values[1]).pk))
    with CaptureQueriesContext(connection) as asked:
        facilitator.get(QUEUE)
    assert len(asked) < 12


def test_strangers_find_no_queue(client, stranger, make):
    card = make("Benches")
    client.force_login(stranger)
    for path in (QUEUE, page_of(card), f"{QUEUE}second/", f"{QUEUE}figures/"):
        assert client.get(path).status_code == 404
    assert client.post(HOLD, {"hold": f"card:{card.pk}:1"}).status_code == 404
