"""How far people came, against a few people whose ways are known."""

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.actions.unsent_keeping import keep_unsent
from deliberation.measures.completing import completion
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.actions import welcome


@pytest.fixture
def told(assembly):
    def counted():
        return {
            (one.key if one.key == "way" else one.of[:2], one.part): (one.count, one.n)
            for one in completion(assembly, "en")
        }

    return counted


def test_each_step_is_a_share_of_those_who_joined(assembly, comer, sends, prompts, told):
    first, second = prompts
    everything, only_first, only_second, begun, nothing = (comer() for _ in range(5))
    for member, sent in ((everything, prompts), (only_first, [first]), (only_second, [second])):
        for prompt in sent:
            sends(member, prompt)
    keep_unsent(begun, first.pk, "The bench")
    by = told()
    assert by["way", "sent_something"] == (3, 5)
    assert by["1.", "sent"] == by["2.", "sent"] == (2, 5)
    assert (by["1.", "begun_not_sent"], by["2.", "begun_not_sent"]) == ((1, 5), (0, 5))
    assert by["1.", "stopped_here"] == (1, 2)  # of two who sent the first, one sent nothing after
    assert ("2.", "stopped_here") not in by  # nothing comes after the last
    assert nothing.pk


def test_what_is_taken_back_was_sent_and_is_told_so(comer, sends, prompts, told):
    member = comer()
    taking_part.withdraw(sends(member, prompts[0]))
    assert told()["1.", "withdrawn"] == (1, 1)
    sends(member, prompts[0])
    assert told()["1.", "sent"] == (1, 1)
    assert told()["1.", "withdrawn"] == (0, 1)


def test_cards_weighing_and_comparing_are_steps_too(assembly, carded, comer, told):
    taking_part.own_card(carded(), public=False)
    taking_part.disown_card(carded())
    carded()
    value = Value.objects.create(inquiry=assembly.inquiries.get(), title="Doors", language="en")
    endorse(comer().respondent, value, Endorsement.Says.AGREE)
    by = told()
    assert (by["way", "answered_a_card"], by["way", "owns_a_card"]) == ((2, 3), (1, 3))
    assert (by["way", "weighed"], by["way", "compared"]) == ((1, 4), (0, 4))


def test_who_only_took_a_seat_and_an_ai_agent_did_not_join(assembly, invitation, comer, told):
    taking_part.join(invitation, "en")
    agent = comer()
    type(agent.respondent).objects.filter(pk=agent.respondent_id).update(kind="ai_agent")
    taking_part.open_door(assembly, welcome(), "en")
    assert told()["way", "sent_something"] == (0, 0)


def test_a_new_wording_is_the_same_step(comer, sends, prompts, told):
    first = prompts[0]
    sends(comer(), first)
    other = type(first).objects.create(
        inquiry=first.inquiry, position=first.position, version=2, wording={"en": "Anew?"}
    )
    type(first).objects.filter(pk=first.pk).update(replaced_by=other)
    sends(comer(), other)
    assert told()["1.", "sent"] == (2, 2)
