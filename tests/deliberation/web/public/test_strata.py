"""What people say of themselves on public pages: shares by it from ten people on, never of fewer, and none while people weigh."""

import json
import re

import pytest

from deliberation.assemblies.actions import strata
from deliberation.assemblies.models import Belonging
from deliberation.opinion import analysing
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Judgement, Showing, Transition
from elicitation.interview.models import Respondent
from tests.deliberation.conftest import weighing

OPTIONS = [{"en": "under 30", "fr": "moins de 30 ans"}, {"en": "30 to 59"}, {"en": "60 and more"}]
NUMBERS = {"o0": 14, "o1": 12, "o2": 4}


@pytest.fixture
def ages(assembly):
    return strata.add_stratum(assembly, {"en": "How old are you?", "fr": "Quel âge ?"}, OPTIONS)


@pytest.fixture
def crowd(assembly, inquiry, values, ages):
    """Fourteen young people for, twelve others against, four old ones for; ten of the young judged, and nobody else enough."""
    transition = Transition.objects.create(
        from_value=values[0], to_value=values[1], context=inquiry.contexts.get(), source="pairing",
        inquiry=inquiry, judged=30, changes=30,
    )  # fmt: skip
    for option, number in NUMBERS.items():
        for n in range(number):
            person = Respondent.objects.create()
            Belonging.objects.create(stratum=ages, respondent=person, option=option)
            for value in values[:3]:
                endorse(person, value, -1 if option == "o1" else 1)
            showing = Showing.objects.create(
                respondent=person, transition=transition, forward=bool(n % 2), to_left=False, with_story=False, route="few",
            )  # fmt: skip
            Judgement.objects.create(showing=showing, answer="to")
    weighing(assembly, -2, -1)
    analysing.analyse(inquiry)
    return values


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_value_is_told_by_what_ten_people_or_more_say_of_themselves(client, crowd):
    shown = text(client.get(f"/a/water/values/{crowd[0].pk}/"))
    assert "How old are you?" in shown
    assert "under 30" in shown
    assert "60 and more" not in shown
    assert "14 of 14" in shown


def test_it_is_told_in_the_language_of_the_visitor(client, crowd):
    page = client.get(f"/a/water/values/{crowd[0].pk}/", headers={"Accept-Language": "fr"})
    assert "moins de 30 ans" in text(page)


def test_transitions_are_told_by_the_first_question(client, crowd, inquiry):
    shown = text(client.get(f"/a/water/results/{inquiry.pk}/graph/"))
    assert "under 30: 14 of 14 find it wiser" in shown
    assert "60 and more" not in shown
    document = json.loads(client.get(f"/a/water/results/{inquiry.pk}/graph.json").content)
    (edge,) = document["edges"]
    assert "o2" not in edge["strata"]
    assert edge["strata"]["o0"]["for"] == 14


def test_while_people_weigh_it_is_not_told(client, crowd, assembly):
    weighing(assembly, -2, 1)
    assert "under 30" not in text(client.get(f"/a/water/values/{crowd[0].pk}/"))
