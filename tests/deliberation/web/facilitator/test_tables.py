"""Mixed tables on a page: seat numbers alone, of who has joined; opinion groups only once weighing is over."""

from itertools import chain

import pytest

from deliberation.assemblies import queries
from deliberation.assemblies.actions import assisting, strata, taking_part
from deliberation.opinion import analysing
from deliberation.opinion.queries import placed_in
from deliberation.web.facilitator.tables import kinds
from tests.conftest import newcomer
from tests.deliberation.conftest import weighing

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/tables/"


@pytest.fixture
def people(assembly, invitation):
    """Four who say how old they are, in pairs; one who has not agreed, and a seat nobody has taken."""
    ages = strata.add_stratum(assembly, {"en": "How old?"}, [{"en": "young"}, {"en": "old"}])
    come = [newcomer(invitation) for _ in range(4)]
    for n, one in enumerate(come):
        strata.belong(one, {ages.pk: f"o{n % 2}"})
    taking_part.join(invitation, "en")
    assisting.lay_out(assembly, 1, "en")
    return come


def test_everybody_who_has_joined_has_a_table_with_somebody_of_another_kind(
    facilitator, assembly, people
):
    page = facilitator.get(PAGE, {"size": 2, "seed": 4})
    tables = page.context["tables"]
    assert sorted(chain(*tables)) == [one.pk for one in people]
    said = kinds(assembly, opinions=False)
    assert all(len({said[seat] for seat in table}) == 2 for table in tables)
    assert "Seed 4" in page.text
    assert page.text.count("Seat number") == 4


def test_a_size_no_table_has_is_refused(facilitator, assembly):
    assert facilitator.get(PAGE, {"size": 1, "seed": 1}).status_code == 422
    assert facilitator.get(PAGE).status_code == 200


def test_opinion_groups_are_mixed_only_once_weighing_is_over(
    facilitator, assembly, inquiry, camps, people
):
    analysing.analyse(inquiry)
    weighing(assembly, -1, 1)
    assert placed_in(assembly) == {}
    assert "Mix opinion groups" not in facilitator.get(PAGE).text
    weighing(assembly, -2, -1)
    assert set(placed_in(assembly).values()) == {"0", "1"}
    assert "Mix opinion groups" in facilitator.get(PAGE).text
    asked = facilitator.get(PAGE, {"size": 2, "seed": 1, "opinions": "on"})
    assert len(asked.context["tables"]) == 2


def test_a_member_finds_their_seat_number(member_client, member):
    assert f"in a hall: {member.pk}" in member_client.get("/a/water/mine/").text


def test_the_seat_of_somebody_who_agreed_twice_is_one(assembly, member):
    assembly.consent_version = 2
    assembly.save()
    member.refresh_from_db()
    taking_part.agree(member)
    assert list(queries.kinds_of(assembly)) == [member.pk]
