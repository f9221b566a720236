"""A program asks for a release, watches it, finds it, and is told why where it could not be made."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase, Role
from deliberation.exports import publishing
from deliberation.exports.actions import releasing
from deliberation.exports.models import Release, ReleaseRequest
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement
from tests.conftest import newcomer
from tests.deliberation.api._programs import program
from tests.deliberation.web.citizen._weighing import set_weighing
from tests.elicitation.graph.conftest import a_value

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/api/v1/assemblies/water/"
RELEASES, ASKED = f"{HERE}releases/", f"{HERE}release-requests/"


@pytest.fixture
def weighed(assembly, invitation):
    """Weighing is over, and twelve people agreed to a value."""
    now = timezone.now()
    Phase.objects.create(assembly=assembly, kind="weighing", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))  # fmt: skip
    value = a_value(assembly.inquiries.get(), "Dry cellars")
    for _ in range(12):
        endorse(newcomer(invitation).respondent, value, Endorsement.Says.AGREE)
    return value


@pytest.fixture
def publisher(assembly, account):
    return program(assembly, account, "release", "read")


def test_a_release_is_asked_for_watched_and_found(weighed, publisher, client):
    sent = publisher.post(RELEASES)
    told = sent.json()
    assert sent.status_code == 202
    assert (told["state"], told["failure"], told["why"], told["release"]) == ("waiting", "", "", None)  # fmt: skip
    assert publisher.post(RELEASES).json()["id"] == told["id"]  # one under way at a time
    request = ReleaseRequest.objects.get()
    assert releasing.claim(request)
    releasing.hold_on(request, "comparing")
    told = publisher.get(sent["Location"]).json()
    assert (told["state"], told["step"]) == ("making", "comparing")
    ReleaseRequest.objects.update(leased_until=None)
    publishing.make_if_due(request.pk)
    told = publisher.get(sent["Location"]).json()
    assert (told["state"], told["release"]["number"]) == ("public", 1)
    assert client.get(told["release"]["file"]).status_code == 200
    assert publisher.get(RELEASES).json() == [told["release"]]
    (listed,) = publisher.get(ASKED).json()["results"]
    assert listed == told


def test_sent_again_with_its_key_one_is_published_however_late(weighed, publisher):
    headers = {"Idempotency-Key": "of-monday"}
    first = publisher.post(RELEASES, headers=headers)
    publishing.make_if_due(ReleaseRequest.objects.get().pk)
    again = publisher.post(RELEASES, headers=headers)
    assert (again.status_code, again["Location"]) == (202, first["Location"])
    assert again.json()["state"] == "public"
    assert ReleaseRequest.objects.count() == 1
    assert publisher.post(RELEASES, headers={"Idempotency-Key": "of-tuesday"}).json()["state"] == "waiting"  # fmt: skip


def test_what_could_not_be_made_says_why_to_programs_and_to_people(weighed, publisher, invitation):
    publisher.post(RELEASES)
    publishing.make_if_due(ReleaseRequest.objects.get().pk)
    Release.objects.update(remembered={})  # as if the rule had forgotten what it told
    for _ in range(8):
        endorse(newcomer(invitation).respondent, weighed, Endorsement.Says.AGREE)
    sent = publisher.post(RELEASES)
    publishing.make_if_due(ReleaseRequest.objects.first().pk)
    told = publisher.get(sent["Location"]).json()
    assert (told["state"], told["failure"], told["release"]) == ("failed", "StandsOut", None)
    assert "it would tell of a few people alone" in told["why"]
    with translation.override("de"):
        german = publisher.get(sent["Location"], headers={"Accept-Language": "de"}).json()["why"]
    assert german not in ("", told["why"])
    assert str(weighed.pk) not in str(told)  # which line it was is nobody's to know


def test_a_try_that_is_made_again_has_not_failed(weighed, publisher):
    sent = publisher.post(RELEASES)
    request = ReleaseRequest.objects.get()
    releasing.claim(request)
    releasing.give_up(request, "OperationalError")
    told = publisher.get(sent["Location"]).json()
    assert (told["state"], told["failure"], told["why"]) == ("waiting", "", "")


def test_before_weighing_is_over_nothing_is_asked_for(assembly, publisher):
    set_weighing(assembly)
    refused = publisher.post(RELEASES)
    assert (refused.status_code, refused.json()["code"]) == (409, "still_weighing")
    assert refused["Content-Type"] == "application/problem+json"
    assert not ReleaseRequest.objects.exists()


@pytest.mark.parametrize("scope", ["read", "import", "moderate", "propose"])
def test_no_other_scope_asks_or_watches(weighed, assembly, account, publisher, scope):
    asked = publisher.post(RELEASES)
    other = program(assembly, account, scope)
    for refused in (other.post(RELEASES), other.get(ASKED), other.get(asked["Location"])):
        assert (refused.status_code, refused.json()["code"]) == (403, "out_of_scope")
    assert ReleaseRequest.objects.count() == 1


def test_who_studies_an_assembly_publishes_nothing(weighed, assembly, stranger, client):
    setting_up.give_role(assembly, stranger, Role.Kind.RESEARCHER)
    client.force_login(stranger)
    assert client.post(RELEASES).status_code == client.get(ASKED).status_code == 404
    assert not ReleaseRequest.objects.exists()


def test_a_request_of_another_assembly_is_not_there(weighed, assembly, other_assembly, account):
    asked = ReleaseRequest.objects.create(assembly=other_assembly)
    mine = program(assembly, account, "release")
    assert mine.get(f"{ASKED}{asked.pk}/").status_code == 404
    assert mine.get(f"{ASKED}{uuid4()}/").status_code == 404
    assert mine.get(ASKED).json()["results"] == []
