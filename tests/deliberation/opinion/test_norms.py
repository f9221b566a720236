"""Profiles of rules over the opinion groups found in values: counted right, told of nobody few, stale once somebody says otherwise."""

import pytest

from deliberation.opinion import groups_result, reading, snapshots
from deliberation.opinion.models import Analysis, Wanted
from deliberation.opinion.shown import for_everybody
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.actions.upholding import endorse_norm, erase_norm_endorsements
from elicitation.graph.models import Norm, Value
from elicitation.interview.models import Respondent
from tests.deliberation.web.citizen._weighing import set_weighing


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def norm(inquiry):
    return Norm.objects.create(inquiry=inquiry, deontic="must", aim="open", language="en")


@pytest.fixture
def camps(inquiry):
    """Twelve people who agree with four values and disagree with four, and ten who say the opposite."""
    values = [Value.objects.create(inquiry=inquiry, title=f"V{n}", language="en") for n in range(8)]
    people = Respondent.objects.bulk_create(Respondent() for _ in range(22))
    for place, person in enumerate(people):
        for n, value in enumerate(values):
            endorse(person, value, 1 if (n < 4) == (place < 12) else -1)
    return people[:12], people[12:]


def computed(inquiry):
    return groups_result.compute(inquiry, Wanted(inquiry=inquiry))


def test_each_group_has_its_own_share_of_a_rule(inquiry, camps, norm):
    one, other = camps
    for person in one:
        endorse_norm(person, norm, 1)
    for person in other[:6]:
        endorse_norm(person, norm, -1)
    endorse_norm(other[6], norm, 0)
    for says in (1, 1, -1):  # who said nothing to values is in no group
        endorse_norm(Respondent.objects.create(), norm, says)
    endorse_norm(Respondent.objects.create(kind="ai_agent"), norm, 1)
    said = computed(inquiry).result["norms"][str(norm.pk)]
    assert (said["agree"], said["disagree"], said["pass"]) == (14, 7, 1)
    cells = said["profile"]["groups"].values()
    counted = sorted((c["agree"], c["disagree"], c["pass"], c["n"]) for c in cells)
    assert counted == [(0, 6, 1, 7), (12, 0, 0, 12)]
    assert said["profile"]["held"]["groups"] == [1, 2]
    lowest = said["profile"]["groups"][said["profile"]["lowest"]]
    assert lowest["support"] == 0


def test_of_few_people_nothing_is_told_and_no_cell_of_a_few_is_left_over(inquiry, camps, norm):
    one, other = camps
    for person in one[:4]:
        endorse_norm(person, norm, 1)
    shown = for_everybody(computed(inquiry).result)["norms"][str(norm.pk)]
    assert shown == {"agree": None, "disagree": None, "pass": None, "profile": None}
    for person in (*one[4:], *other[:3]):
        endorse_norm(person, norm, 1)
    shown = for_everybody(computed(inquiry).result)["norms"][str(norm.pk)]
    assert shown["agree"] == 15
    assert shown["profile"]["groups"] == {}  # the three would be what is left over


def test_a_result_is_stale_once_somebody_says_something_else_to_a_rule(inquiry, camps, norm):
    before, first = snapshots.marker(inquiry), computed(inquiry).input_hash
    ada = camps[0][0]
    endorse_norm(ada, norm, 1)
    voted, second = snapshots.marker(inquiry), computed(inquiry).input_hash
    erase_norm_endorsements(ada)
    assert len({before, voted, snapshots.marker(inquiry)}) == 3
    assert first != second
    assert computed(inquiry).input_hash == first


def test_nothing_of_rules_is_open_before_weighing_is_over(assembly, inquiry, camps, norm):
    for person in camps[0]:
        endorse_norm(person, norm, 1)
    made = computed(inquiry)
    made.inquiry, made.marker = inquiry, snapshots.marker(inquiry)
    made.save()
    set_weighing(assembly, -2, 1)
    who = reading.Reader(assembly, whole=True)
    assert reading.seen(who, inquiry, Analysis.Kind.GROUPS) is None
    set_weighing(assembly, -2, -1)
    seen = reading.seen(who, inquiry, Analysis.Kind.GROUPS)
    assert seen.result["norms"][str(norm.pk)]["agree"] == 12


def test_results_made_before_rules_were_counted_are_still_shown(inquiry, camps):
    older = dict(computed(inquiry).result)
    del older["norms"]
    assert for_everybody(older)["norms"] == {}
