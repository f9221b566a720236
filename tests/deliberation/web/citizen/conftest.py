"""What a citizen finds when there is something to compare or to weigh."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from elicitation.graph.models import Transition, Value


@pytest.fixture
def weighing(assembly):
    now = timezone.now()
    setting_up.set_phase(
        assembly, Phase.Kind.WEIGHING, now - timedelta(hours=1), now + timedelta(hours=1)
    )
    return assembly


@pytest.fixture
def over(weighing):
    def end():
        now = timezone.now()
        ended = (now - timedelta(hours=2), now - timedelta(minutes=1))
        setting_up.set_phase(weighing, Phase.Kind.WEIGHING, *ended)

    return end


@pytest.fixture
def transition(assembly):
    inquiry = assembly.inquiries.get()
    one, other = (
        Value.objects.create(inquiry=inquiry, title=title, policies=[policy], language="en")
        for title, policy in (
            ("Dry cellars", "SANDBAGS in time"),
            ("Open doors", "NEIGHBOURS nobody asked"),
        )
    )
    return Transition.objects.create(
        inquiry=inquiry,
        from_value=one,
        to_value=other,
        context=inquiry.contexts.get(),
        source="pairing",
    )
