"""What a citizen finds when there is something to compare or to weigh."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Phase
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.graph.models import Transition, Value
from tests.conftest import newcomer
from tests.deliberation.web.citizen._weighing import make_value, set_weighing


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


@pytest.fixture
def inquiry(assembly):
    """Its weighing is open."""
    set_weighing(assembly)
    return assembly.inquiries.get()


@pytest.fixture
def value(inquiry):
    return make_value(inquiry, "Shade on the way")


@pytest.fixture
def owned(inquiry, account, assembly, read_answer):
    """The value of somebody's card, with a released quote; its author is `member`."""
    card = taking_part.own_card(read_answer, public=True)
    return moderation.accept(Bench(assembly, account), card, card.version).value


@pytest.fixture
def reader(invitation):
    return newcomer(invitation)


@pytest.fixture
def reader_client(reader):
    return client_of(reader)


def client_of(member):
    client = Client()
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    return client
