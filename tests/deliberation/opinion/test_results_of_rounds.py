"""A result tells how what people say of a value went from one round of weighing to the next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from deliberation.opinion import analysing
from elicitation.graph.actions.endorsing import endorse, take_back
from elicitation.graph.models import Endorsement

Says = Endorsement.Says


def weigh_from(assembly, *hours):
    """Set the times of weighing one after the other: (start, end), in hours from now."""
    now = timezone.now()
    for start, end in hours:
        setting_up.set_phase(
            assembly, Phase.Kind.WEIGHING, now + timedelta(hours=start), now + timedelta(hours=end)
        )


def test_weighing_set_once_is_no_rounds_to_compare(assembly, inquiry, values, camps):
    weigh_from(assembly, (-1, 1))
    (made,) = analysing.analyse(inquiry)
    assert made.result["profiles"][str(values[0].pk)]["rounds"] == []


@pytest.fixture
def two_rounds(assembly, camps):
    """Weighing was opened again after its end, and all said what they said in the first round."""
    weigh_from(assembly, (-9, -5), (-1, 1))
    Endorsement.objects.update(at=timezone.now() - timedelta(hours=7))


def rounds(inquiry, value):
    """What the newest result tells of the rounds of a value: (agree, disagree, pass) in each, and how it went."""
    (made,) = analysing.analyse(inquiry)
    profile = made.result["profiles"][str(value.pk)]
    counts = [(told["agree"], told["disagree"], told["pass"]) for told in profile["rounds"]]
    return counts, profile["trend"]


def test_weighing_opened_again_is_a_second_round(inquiry, values, camps, two_rounds):
    for person in camps[:12]:
        endorse(person, values[1], Says.DISAGREE)
    for person in camps[12:18]:
        endorse(person, values[1], Says.PASS)
    assert rounds(inquiry, values[1]) == ([(12, 12, 0), (0, 18, 6)], "fell")


def test_who_says_nothing_new_in_a_round_still_says_it(inquiry, values, camps, two_rounds):
    assert rounds(inquiry, values[0]) == ([(24, 0, 0), (24, 0, 0)], "steady")


def test_who_agrees_again_counts_in_the_round_as_who_changed_their_mind(
    inquiry, values, camps, two_rounds
):
    for person in camps[:17]:
        endorse(person, values[0], Says.AGREE)
    for person in camps[17:22]:
        endorse(person, values[0], Says.PASS)
    counts, trend = rounds(inquiry, values[0])
    assert counts == [(24, 0, 0), (19, 0, 5)]
    assert trend == "fell"  # Newcombe: from 24 of 24 to 19 of 24 is -0.40 to -0.03


def test_the_last_round_is_what_everybody_says_now(inquiry, values, camps, two_rounds):
    for person in camps[:5]:
        endorse(person, values[2], Says.PASS)
    take_back(camps[6], values[2])
    told = analysing.analyse(inquiry)[0].result
    for value in map(str, (value.pk for value in values)):
        last, now = told["profiles"][value]["rounds"][-1], told["statements"][value]
        assert [last[said] for said in ("agree", "disagree", "pass")] == [
            now[said] for said in ("agree", "disagree", "pass")
        ]


def test_what_was_taken_back_leaves_the_rounds_before_it_too(inquiry, values, camps, two_rounds):
    for person in camps[:20]:
        take_back(person, values[0])
    assert rounds(inquiry, values[0])[0] == [(4, 0, 0), (4, 0, 0)]


def test_who_said_something_else_in_between_counts_as_they_stood_at_each_end(
    assembly, inquiry, values, camps
):
    weigh_from(assembly, (-9, -7), (-6, -4), (-1, 1))
    now = timezone.now()
    Endorsement.objects.update(at=now - timedelta(hours=8))
    endorse(camps[0], values[0], Says.DISAGREE)
    endorse(camps[0], values[0], Says.PASS)
    said = Endorsement.objects.filter(respondent=camps[0], value=values[0]).order_by("id")
    for before, after, hours in zip(said, said[1:], (5, 0.5), strict=False):
        changed = now - timedelta(hours=hours)
        Endorsement.objects.filter(pk=before.pk).update(replaced_at=changed)
        Endorsement.objects.filter(pk=after.pk).update(at=changed)
    assert rounds(inquiry, values[0])[0] == [(24, 0, 0), (23, 1, 0), (23, 0, 1)]
