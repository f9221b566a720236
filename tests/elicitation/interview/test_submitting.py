"""Words are kept once, exactly, however often and at whatever moment they are sent."""

import threading
from collections import Counter

import pytest
from django.db import connection

from deliberation.assemblies.actions import taking_part
from elicitation.errors import DomainError
from elicitation.interview import actions
from elicitation.interview.drafts import PromptDraft, Words
from elicitation.interview.errors import (
    AlreadyAnswered,
    AlreadyWithdrawn,
    OtherWordsSameKey,
    UnstorableText,
)
from elicitation.interview.models import Prompt, Response, Revision
from tests.conftest import newcomer


def send(member, prompt, text="the river", key="k"):
    return taking_part.answer(member, prompt, Words(text, "en", key))


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "\ud83d", "x" * 20_001])
def test_what_cannot_be_stored_is_refused_and_nothing_is_half_done(member, prompt, text):
    with pytest.raises(UnstorableText):
        send(member, prompt, text)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧", "می‌خواهم", "क्‍ष", "a\r\nb\tc", "\u202eabc\u202c", "x" * 20_000]
)
def test_joiners_marks_and_line_breaks_stay_as_they_were(member, prompt, text):
    send(member, prompt, text)
    assert Revision.objects.get().text == text


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_eight_times_at_once_is_one_answer_with_one_receipt(member, prompt):
    got = run_at_once(8, lambda n: send(member, prompt).pk)
    assert len(set(got)) == 1
    assert Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_sent_at_once_are_one_answer_and_one_refusal(member, prompt):
    got = run_at_once(2, lambda n: send(member, prompt, f"words {n}", f"k{n}").pk)
    assert Counter(isinstance(end, str) for end in got) == {True: 1, False: 1}
    assert Response.objects.count() == 1


def run_at_once(times, act):
    """The ends of `times` threads that each do `act`: what it returned, or the code it was refused with."""
    ends = []
    gate = threading.Barrier(times)

    def one(n):
        gate.wait()
        try:
            ends.append(act(n))
        except DomainError as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_a_key_belongs_to_its_voice_and_its_words(member, prompt, invitation):
    send(member, prompt)
    with pytest.raises(OtherWordsSameKey):
        send(newcomer(invitation), prompt)
    with pytest.raises(OtherWordsSameKey):
        send(member, prompt, "other words")


def test_a_second_answer_to_a_prompt_is_refused_until_the_first_is_withdrawn(member, prompt):
    first = send(member, prompt)
    with pytest.raises(AlreadyAnswered):
        send(member, prompt, "again", "k2")
    taking_part.withdraw(first)
    send(member, prompt, "again", "k2")
    assert Response.objects.standing().count() == 1


def test_withdrawn_words_cannot_be_changed_or_withdrawn_again(member, prompt):
    response = send(member, prompt)
    taking_part.withdraw(response)
    with pytest.raises(AlreadyWithdrawn):
        taking_part.change(member, response, "new", "en")
    with pytest.raises(AlreadyWithdrawn):
        taking_part.withdraw(response)


def test_changing_to_the_same_words_changes_nothing(member, prompt):
    response = send(member, prompt)
    taking_part.change(member, response, "the river", "en")
    assert Revision.objects.count() == 1


def test_a_new_wording_leaves_answers_under_the_one_they_were_given_to(member, prompt):
    response = send(member, prompt)
    newer = actions.reword_prompt(prompt, PromptDraft({"en": "What did you see?"}))
    response.refresh_from_db()
    assert response.prompt.asked_in("en") == "Think of a flood. What did you look at?"
    assert newer in Prompt.objects.current()
    assert prompt not in Prompt.objects.current()
