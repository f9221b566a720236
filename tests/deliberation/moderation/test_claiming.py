"""Two moderators see who holds what: a claim can be lost, taken over and let go, and lapses by itself."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from deliberation.moderation import waiting
from deliberation.moderation.actions import cards, claiming
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.errors import HeldByOther
from deliberation.moderation.models import Claim, Opening, Thing
from elicitation.record.models import Entry


@pytest.fixture
def card(another):
    return another()


@pytest.fixture
def item(card):
    return Item(Thing.CARD, card.pk, card.version)


def until():
    return Claim.objects.get().until


def test_opening_holds_it_for_ten_minutes_and_using_it_holds_it_anew(bench, item):
    claiming.open_item(bench, item)
    assert timedelta(minutes=9) < until() - timezone.now() <= timedelta(minutes=10)
    assert waiting.is_at_hand(bench, item)
    Claim.objects.update(until=timezone.now() + timedelta(minutes=4))
    assert not waiting.is_at_hand(bench, item)
    claiming.open_item(bench, item)
    assert until() - timezone.now() > timedelta(minutes=9)
    assert Opening.objects.count() == 1


def test_who_opens_what_another_holds_reads_it_and_does_not_hold_it(bench, colleague, item):
    claiming.open_item(colleague, item)
    claiming.open_item(bench, item)
    assert Claim.objects.get().moderator_id == colleague.moderator.pk
    assert waiting.is_opened(bench, item)
    with pytest.raises(HeldByOther, match="bo-of-the-hall"):
        waiting.ensure_free(bench, item)
    with pytest.raises(HeldByOther):
        claiming.hold(bench, item)


def test_it_can_be_taken_over_knowingly_and_its_holder_learns_of_it(bench, colleague, item):
    claiming.open_item(colleague, item)
    claiming.take_over(bench, item)
    waiting.ensure_free(bench, item)
    assert waiting.holder(colleague, item).is_me is False


def test_a_claim_lapses_by_itself(bench, colleague, item):
    claiming.open_item(colleague, item)
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    waiting.ensure_free(bench, item)
    claiming.hold(bench, item)
    assert Claim.objects.get().moderator_id == bench.moderator.pk


def test_only_its_holder_lets_it_go(bench, colleague, item):
    claiming.open_item(colleague, item)
    claiming.let_go(bench, item)
    assert Claim.objects.exists()
    claiming.let_go(colleague, item)
    assert not Claim.objects.exists()


def test_deciding_lets_it_go(bench, card, item):
    claiming.open_item(bench, item)
    cards.accept(bench, card, card.version)
    assert not Claim.objects.exists()


def test_an_opening_is_of_the_card_as_it_stood(bench, card, item):
    claiming.open_item(bench, item)
    assert not waiting.is_opened(bench, Item(Thing.CARD, card.pk, card.version + 1))


def test_the_record_tells_that_something_was_held_and_not_by_whom(bench, item):
    claiming.open_item(bench, item)
    entry = Entry.objects.filter(kind="queue.opened").get()
    assert entry.body == {"assembly": "water", "of": "card", "thing": str(item.thing)}


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_reach_for_it_at_once_one_holds_it(bench, colleague, item):
    ends = []

    def reach(who: Bench):
        try:
            claiming.hold(who, item)
            ends.append(who.moderator.pk)
        except HeldByOther:
            ends.append(None)
        finally:
            connection.close()

    benches = [bench, colleague] * 10
    threads = [threading.Thread(target=reach, args=[who]) for who in benches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder = Claim.objects.get().moderator_id
    assert sorted(ends, key=str) == sorted([holder] * 10 + [None] * 10, key=str)
