"""What tests of results share: an inquiry with eight values, and two camps who weighed them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.models import Endorsement, Showing, Tally, Transition, Value
from elicitation.interview.models import Respondent

Says = Endorsement.Says


@pytest.fixture(autouse=True)
def nobody_waits_for_pictures(monkeypatch):
    """No worker runs here: who wants a picture makes it by hand."""
    monkeypatch.setattr("deliberation.web.public.sharing.TURNS", 0)


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def values(inquiry):
    return [
        Value.objects.create(inquiry=inquiry, title=f"Value no. {n}", language="en")
        for n in range(8)
    ]


@pytest.fixture
def camps(values):
    """Two camps of twelve who see most things differently, and agree on the first value."""
    people = Respondent.objects.bulk_create(Respondent() for _ in range(24))
    said = [
        Endorsement(respondent=person, value=value, says=_says(p // 12, n))
        for p, person in enumerate(people)
        for n, value in enumerate(values)
    ]
    Endorsement.objects.bulk_create(said)
    for value in values:
        counts = [sum(e.says == says for e in said if e.value == value) for says in (1, -1)]
        Tally.objects.create(value=value, agrees=counts[0], disagrees=counts[1], changes=24)
    return people


@pytest.fixture
def judged(inquiry, values, camps):
    """Everybody finds the first value wiser than the second when the river floods."""
    context = inquiry.contexts.get()
    transition = Transition.objects.create(
        inquiry=inquiry, from_value=values[1], to_value=values[0], context=context, source="pairing"
    )
    for n, person in enumerate(camps):
        showing = Showing.objects.create(
            respondent=person, transition=transition, forward=n % 2 == 0, to_left=True,
            with_story=False, route="few",
        )  # fmt: skip
        judge(showing, Saying("to"))
    return transition


def _says(camp, place):
    agrees = place == 0 or (place % 3 == 0) == bool(camp)
    return Says.AGREE if agrees else Says.DISAGREE


def weighing(assembly, begins, ends):
    """Set the weighing phase, in hours from now."""
    now = timezone.now()
    span = (now + timedelta(hours=begins), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, Phase.Kind.WEIGHING, *span)


@pytest.fixture
def weighed(assembly):
    """Weighing was held and is over."""
    return weighing(assembly, -2, -1)


@pytest.fixture
def being_weighed(assembly):
    """Weighing is open."""
    return weighing(assembly, -1, 1)
