"""A steward sees who belongs to the organisation and what it holds, invites by a link that works once, and lets people go."""

import pytest
from django.test import Client

from deliberation.assemblies import gates
from deliberation.assemblies.actions import organising, setting_up, staffing
from deliberation.assemblies.models import Assembly, Colleague, Role
from elicitation.extraction.models import Spend
from tests.conftest import found
from tests.deliberation.web.facilitator.test_running import FOUNDING
from tests.furnished import an_account
from tests.houses import house

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/organisations/river/"
PASSWORDS = {"password1": "a-lantern-in-the-hall", "password2": "a-lantern-in-the-hall"}


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def way(organisation):
    """The way of the only link that is open."""
    return f"/colleague/{gates.staff_code(organisation.staff_invitations.get(used_at=None))}/"


def test_a_link_to_a_place_makes_a_steward_or_a_member_once(facilitator, steward, assembly):
    river = assembly.organisation
    for name, place, told, onto in (
        ("bo", "steward", "steward of this organisation", PAGE),
        ("cy", "member", "belong to this organisation", "/run/"),
    ):
        page = facilitator.post(PAGE, {"name": name, "place": place}, follow=True).text
        link, client = way(river), Client()
        assert link in page
        assert told in client.get(link).text
        assert client.post(link, {"username": name, **PASSWORDS}).url == onto
        assert client.get(onto).status_code == 200
        assert Client().get(link).status_code == 404
        assert river.colleagues.get(user__username=name).kind == place
    assert Client().get(PAGE).status_code == 404


def test_a_steward_lets_somebody_in_to_run_an_assembly_nobody_runs(
    facilitator, steward, assembly, stranger
):
    found("fire", None)
    page = facilitator.get(PAGE).text
    assert "Nobody runs it yet" in page
    assert 'value="runs:fire"' in page
    facilitator.post(PAGE, {"name": "Eve", "place": "runs:fire"})
    client = signed_in(stranger)
    assert client.post(way(assembly.organisation), {"as_me": "1"}).url == "/run/fire/"
    assert "Nobody runs it yet" not in facilitator.get(PAGE).text
    assert facilitator.get("/run/fire/").status_code == 404  # looking after is not running


def test_no_link_is_made_to_an_assembly_of_another_organisation(facilitator, steward):
    sky = house("sky")
    found("air", an_account("fay"), sky)
    refused = facilitator.post(PAGE, {"name": "Bo", "place": "runs:air"})
    never = facilitator.post(PAGE, {"name": "Bo", "place": "runs:never"})
    assert refused.status_code == never.status_code == 422
    assert "Assembly air" not in refused.text
    assert not sky.staff_invitations.exists()


def test_a_link_is_taken_back(facilitator, steward, assembly):
    invited = staffing.invite_into(assembly.organisation, "Bo", Colleague.Kind.STEWARD)
    link = way(assembly.organisation)
    facilitator.post(f"{PAGE}links/{invited.pk}/")
    assert Client().get(link).status_code == 404
    assert link not in facilitator.get(PAGE).text


def test_who_is_let_go_comes_in_nowhere_any_more(facilitator, steward, assembly, stranger):
    setting_up.give_role(assembly, stranger, Role.Kind.FACILITATOR)
    client = signed_in(stranger)
    assert client.get("/run/water/").status_code == 200
    place = assembly.organisation.colleagues.get(user=stranger)
    facilitator.post(f"{PAGE}people/{place.pk}/")
    assert client.get("/run/water/").status_code == 404
    assert "Assembly water" not in client.get("/run/").text
    assert stranger.username not in facilitator.get(PAGE).text


def test_the_only_steward_stays_and_is_told_why(facilitator, steward, assembly):
    assert "The only steward" in facilitator.get(PAGE).text
    refused = facilitator.post(f"{PAGE}people/{steward.pk}/")
    assert refused.status_code == 409
    assert "Invite another steward first" in refused.text
    organising.give_place(assembly.organisation, an_account("bo"), Colleague.Kind.STEWARD)
    refused = facilitator.post(f"{PAGE}people/{steward.pk}/")
    assert refused.status_code == 409
    assert "Nobody else runs: Assembly water" in refused.text


def test_a_member_founds_nothing_and_is_told_who_does(assembly, stranger):
    organising.give_place(assembly.organisation, stranger, Colleague.Kind.MEMBER)
    client = signed_in(stranger)
    page = client.get("/run/").text
    assert "a steward of the organisation founds one" in page
    assert "/run/new/" not in page
    assert client.post("/run/new/?template=town", FOUNDING).status_code == 404
    assert not Assembly.objects.filter(slug="square").exists()


def test_who_belongs_to_two_sees_them_apart_and_says_where_to_found(
    facilitator, steward, account, assembly
):
    sky, sea = house("sky"), house("sea")
    found("air", account, sky)
    found("salt", an_account("bo"), sea)
    organising.give_place(sky, account, Colleague.Kind.STEWARD)
    home = facilitator.get("/run/").text
    river, air = home.index("House river"), home.index("House sky")
    assert river < home.index("Assembly water") < air < home.index("Assembly air")
    assert "House sea" not in home
    assert '<option value="sky" selected>' in facilitator.get("/run/new/?template=town&in=sky").text
    for chosen in ("", "sea", "never"):
        refused = facilitator.post("/run/new/?template=town", {**FOUNDING, "organisation": chosen})
        assert refused.status_code == 422
        assert "House sea" not in refused.text
    facilitator.post("/run/new/?template=town", {**FOUNDING, "organisation": "sky"})
    assert Assembly.objects.get(slug="square").organisation == sky


def test_what_all_assemblies_spent_is_told_only_where_all_are_of_one_organisation(
    facilitator, assembly, settings
):
    settings.OPENAI_PRICE_IN = 1.0
    assert "Today, all assemblies" in facilitator.get("/run/water/readings/").text
    house("sky")
    page = facilitator.get("/run/water/readings/").text
    assert "Today, all assemblies" not in page
    assert "This question" in page
    assert not Spend.objects.exists()
