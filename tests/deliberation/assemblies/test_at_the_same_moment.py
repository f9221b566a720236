"""People who take words back while others work on the same cards and values: all of them come through."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.models import Candidate
from elicitation.extraction.reading import read
from elicitation.graph.actions import placing, suggesting
from elicitation.graph.findings import Found
from elicitation.graph.models import Suggestion, Value
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from tests.cards import accepted, joined, own
from tests.conftest import Told, newcomer

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_WAIT = 20  # seconds; what is waited for comes at once, or not at all


class Paused:
    """Calls `act`, the first time only once somebody waits for a lock; `reached` is set when it comes to that."""

    def __init__(self, act):
        self.act, self.reached = act, Event()

    def __call__(self, *args, **kwargs):
        if not self.reached.is_set():
            self.reached.set()
            until_somebody_waits()
        return self.act(*args, **kwargs)


def until_somebody_waits():
    end = time.monotonic() + LONGEST_WAIT
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    pytest.fail("nobody waited")


def together(first, pause, second):
    """`first` up to where it pauses, then `second` until it waits for `first`, then both to their ends."""

    def run(act):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(run, first)
        assert pause.reached.wait(LONGEST_WAIT)
        other = pool.submit(run, second)
        return one.result(LONGEST_WAIT), other.result(LONGEST_WAIT)


def test_words_are_taken_back_while_a_worker_suggests_of_their_cards(
    assembly, account, invitation, prompt, monkeypatch
):
    quotes = ("who is left without a door", "quiet nights for the children")
    answer = taking_part.answer(
        newcomer(invitation), prompt, Words(" and ".join(quotes), "en", uuid4().hex)
    )
    told = [ValueProposal(q.title(), (PolicyProposal(q, (q,)),), "") for q in quotes]
    placed, waiting = (
        taking_part.own_card(card, public=False) for card in read(answer.latest.pk, Told(*told))
    )
    value = accepted(assembly, account, placed)
    found = Found(waiting.pk, waiting.version, "same", value.pk, value.version, 0.9)
    pause = Paused(suggesting._versions)
    monkeypatch.setattr(suggesting, "_versions", pause)
    together(
        lambda: suggesting.keep_suggestions([found], "r", "e", timezone.now()),
        pause,
        lambda: taking_part.withdraw(answer),
    )
    assert not Candidate.objects.exists()
    assert not Suggestion.objects.exists()
    assert Value.objects.get().title == ""


def test_two_who_stand_in_one_value_take_their_words_back(
    assembly, account, invitation, prompt, monkeypatch
):
    first = own(invitation, prompt, "quiet nights", title="Quiet")
    value = accepted(assembly, account, first)
    second = own(invitation, prompt, "nights without noise", title="No noise")
    joined(assembly, account, second, value)
    pause = Paused(taking_part.interview.withdraw)
    monkeypatch.setattr(taking_part.interview, "withdraw", pause)
    answers = [card.reading.revision.response for card in (first, second)]
    together(
        lambda: taking_part.withdraw(answers[0]), pause, lambda: taking_part.withdraw(answers[1])
    )
    value.refresh_from_db()
    assert (value.title, value.policies) == ("", [])
    assert value.retired_at


def test_words_are_taken_back_while_a_moderator_undoes_what_was_made_of_them(
    assembly, account, invitation, prompt, monkeypatch
):
    card = own(invitation, prompt, "quiet nights", title="Quiet")
    accepted(assembly, account, card)
    pause = Paused(placing.dissolve)
    monkeypatch.setattr(undoing, "dissolve", pause)
    together(
        lambda: undoing.undo_last(Bench(assembly, account)),
        pause,
        lambda: taking_part.withdraw(card.reading.revision.response),
    )
    assert not Value.objects.exists()
    assert Response.objects.get().withdrawn_at
