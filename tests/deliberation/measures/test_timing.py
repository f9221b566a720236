"""How long things took, from the times of acts; against ways whose times are known."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from deliberation.measures.timing import ALOUD, by_place, time_on_task
from elicitation.graph.models import Endorsement, Exposure, Value
from elicitation.interview.models import Revision

ANA, BO = UUID(int=1), UUID(int=2)
NOW = timezone.now()


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def told(assembly, key):
    return {one.part: one for one in time_on_task(assembly, "en") if one.key == key}


def test_a_stretch_leads_from_the_act_before_to_the_answer():
    found = by_place(
        {ANA: NOW, BO: NOW},
        [(ANA, after(60), 1), (BO, after(90), 1), (ANA, after(100), 2), (BO, after(95), 2)],
    )
    seconds = {place: [one.total_seconds() for one in these] for place, these in found.items()}
    assert seconds == {1: [60, 90], 2: [40, 5]}


def test_what_a_helper_wrote_down_ends_a_stretch_and_is_none_of_a_prompt():
    found = by_place({ANA: NOW}, [(ANA, after(500), ALOUD), (ANA, after(520), 1)])
    assert found[1] == [timedelta(seconds=20)]


@pytest.fixture
def ten(comer, sends, prompts):
    """Ten people who took 10, 20 ... 100 seconds for the first prompt, and one who came back the next day."""
    members = [comer() for _ in range(10)]
    for n, member in enumerate(members, 1):
        sends(member, prompts[0], 10 * n)
    sends(comer(), prompts[0], 19 * 3600)
    return members


def test_median_quartiles_and_interval_of_a_prompt_with_pauses_left_out_and_counted(
    assembly, ten, prompts
):
    by = told(assembly, str(prompts[0].pk))
    middle = by["time_median"]
    # Of 10, 20 ... 100: median 55, quartiles 32.5 and 77.5; interval from the 2nd to the 9th number.
    assert (middle.n, middle.value, middle.low, middle.high) == (10, 55, 20, 90)
    assert (by["time_lower"].value, by["time_upper"].value) == (32.5, 77.5)
    assert (by["pauses"].count, by["pauses"].n) == (1, 11)


def test_of_fewer_than_ten_nothing_is_told(assembly, ten, prompts, sends):
    for member in ten[:9]:
        sends(member, prompts[1], 200)
    assert told(assembly, str(prompts[1].pk)) == {}


def test_what_was_said_aloud_is_left_out(assembly, ten, prompts):
    Revision.objects.filter(response__respondent=ten[0].respondent).update(by_helper=True)
    assert "time_median" not in told(assembly, str(prompts[0].pk))


def test_weighing_is_timed_from_when_a_value_was_drawn_to_what_was_first_said(assembly, ten):
    value = Value.objects.create(inquiry=assembly.inquiries.get(), title="Doors", language="en")
    for n, member in enumerate(ten):
        shown = Exposure.objects.create(
            respondent=member.respondent, value=value, route="priority", chance=1
        )
        Exposure.objects.filter(pk=shown.pk).update(at=NOW)
        for says, seconds in ((1, n), (-1, 900)):
            one = Endorsement.objects.create(respondent=member.respondent, value=value, says=says, replaced_at=after(900) if says == 1 else None)  # fmt: skip
            Endorsement.objects.filter(pk=one.pk).update(at=after(seconds))
    by = told(assembly, "weighing")
    assert (by["time_median"].n, by["time_median"].value) == (10, 4.5)
    assert told(assembly, "comparing") == {}
