"""A facilitator times the weighing and sees how many take part, never what they say."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from deliberation.assemblies.models import Assembly, Phase
from elicitation.graph.actions.endorsing import endorse, expose
from elicitation.graph.models import Endorsement, Value
from tests.conftest import newcomer

SPAN = {"kind": "weighing", "zone": "Europe/Madrid", "starts_at": "2026-03-28T23:00", "ends_at": "2026-03-29T03:30"}  # fmt: skip


@pytest.fixture
def value(assembly):
    inquiry = assembly.inquiries.get()
    return Value.objects.create(inquiry=inquiry, title="Shade", language="en")


def test_the_weighing_has_times_of_its_own(facilitator, assembly):
    answering = Phase.objects.get()
    assert facilitator.post("/run/water/phases/", SPAN).status_code == 302
    phase = assembly.phases.get(kind="weighing")
    assert phase.starts_at == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert phase.ends_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    kept = Phase.objects.get(kind="answering")
    assert (kept.starts_at, kept.ends_at) == (answering.starts_at, answering.ends_at)


def test_a_weighing_that_ends_before_it_starts_is_refused_in_its_own_form(facilitator, assembly):
    page = facilitator.post("/run/water/phases/", {**SPAN, "ends_at": "2026-03-01T00:00"})
    assert page.status_code == 422
    assert page.context["weighing"].errors
    assert not page.context["form"].errors
    assert not assembly.phases.filter(kind="weighing").exists()


def test_no_two_fields_of_the_page_have_one_name_for_screen_readers(facilitator, assembly):
    page = facilitator.get("/run/water/phases/").text
    for kind in ("answering", "weighing"):
        assert f'id="{kind}_starts_at"' in page
        assert f'for="{kind}_starts_at"' in page


def test_the_overview_counts_people_votes_and_values_few_have_seen(
    facilitator, assembly, invitation, value
):
    for _ in range(3):
        who = newcomer(invitation).respondent
        expose(who, value, "priority", 1.0)
        endorse(who, value, Endorsement.Says.AGREE)
    page = facilitator.get("/run/water/")
    turnout = page.context["turnout"]
    assert (turnout.people, turnout.votes, turnout.values, turnout.few_seen) == (3, 3, 1, 1)
    assert "Values few have seen" in page.text
    assert "Shade" in page.text
    assert "agree" not in page.text.split("<main")[1]


def test_the_sample_can_be_weighed_and_nobody_made_up_a_vote(db):
    call_command("load_sample", verbosity=0)
    assert Assembly.objects.get().weighing_is_open
    assert not Endorsement.objects.exists()
    Phase.objects.filter(kind="weighing").delete()
    call_command("load_sample", verbosity=0)
    assert Assembly.objects.get().weighing_is_open
