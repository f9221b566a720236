"""A facilitator times the weighing and sees how many take part, never what they say."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from deliberation.assemblies.actions import setting_up
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
    told = page.text.split("<main")[1].replace("What people agree to", "")
    assert "agree" not in told  # what they say to it


def test_the_sample_can_be_weighed_and_nobody_made_up_a_vote(db):
    call_command("load_sample", verbosity=0)
    assert Assembly.objects.get().weighing_is_open
    assert not Endorsement.objects.exists()
    Phase.objects.filter(kind="weighing").delete()
    call_command("load_sample", verbosity=0)
    assert Assembly.objects.get().weighing_is_open


@pytest.mark.parametrize(
    ("zone", "field", "typed"),
    [
        ("Asia/Tokyo", "starts_at", "0001-01-01T00:00"),
        ("America/New_York", "ends_at", "9999-12-31T23:59"),
        ("UTC", "ends_at", "2201-01-01T00:00"),
        ("UTC", "starts_at", "1999-12-31T23:59"),
    ],
)
@pytest.mark.parametrize("kind", ["answering", "weighing"])
def test_a_year_no_clock_tells_is_an_error_of_its_field(
    assembly, facilitator, kind, zone, field, typed
):
    page = facilitator.post(
        "/run/water/phases/", {**SPAN, "kind": kind, "zone": zone, field: typed}
    )
    assert page.status_code == 422
    form = page.context[{"answering": "form", "weighing": "weighing"}[kind]]
    assert form.errors == {field: ["Choose a year from 2000 to 2200."]}


def test_a_time_kept_before_that_no_clock_of_the_zone_tells_breaks_no_page(
    assembly, facilitator, member_client
):
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    setting_up.set_phase(assembly, Phase.Kind.WEIGHING, last - timedelta(days=1), last)
    assert facilitator.get("/run/water/phases/").context["weighing"].initial["ends_at"] == ""
    for path in ("/run/water/", "/a/water/mine/"):
        client = facilitator if path.startswith("/run") else member_client
        assert client.get(path).status_code == 200
    for path in ("weigh/", "judge/"):
        assert "31 December 9999, 23:59 UTC" in member_client.get(f"/a/water/{path}").text
