"""A facilitator says which shares of people to aim at, and the overview says how far they are."""

import pytest

from deliberation.assemblies.actions import strata, taking_part
from elicitation.record.models import Entry

WHERE = "/run/water/people/"


@pytest.fixture
def ages(assembly):
    return strata.add_stratum(assembly, {"en": "How old?"}, [{"en": "young"}, {"en": "old"}])


def test_shares_are_kept_changed_and_taken_back(facilitator, ages):
    assert facilitator.post(WHERE, {"aim": ages.code, "o0": "40", "o1": "60"}).status_code == 303
    ages.refresh_from_db()
    assert ages.targets == {"o0": 40, "o1": 60}
    assert Entry.objects.get(kind="stratum.aimed").body["targets"] == {"o0": 40, "o1": 60}
    facilitator.post(WHERE, {"aim": ages.code, "o0": "30", "o1": ""})
    ages.refresh_from_db()
    assert ages.targets == {"o0": 30}


@pytest.mark.parametrize("wrong", [("50", "51"), ("0", ""), ("101", ""), ("-1", ""), ("half", "")])
def test_shares_that_cannot_be_are_refused_with_what_was_typed(facilitator, ages, wrong):
    told = facilitator.post(WHERE, {"aim": ages.code, "o0": wrong[0], "o1": wrong[1]})
    assert told.status_code == 422
    assert f'value="{wrong[0]}"' in told.text
    ages.refresh_from_db()
    assert ages.targets == {}


def test_a_question_that_is_not_asked_has_no_shares(facilitator, ages):
    assert facilitator.post(WHERE, {"aim": "nothing", "o0": "5"}).status_code == 404


def test_shares_may_change_after_people_have_answered(facilitator, ages, member):
    strata.belong(member, {ages.pk: "o1"})
    facilitator.post(WHERE, {"aim": ages.code, "o0": "40"})
    ages.refresh_from_db()
    assert ages.targets == {"o0": 40}


def test_the_overview_says_how_far_they_are_in_words(facilitator, assembly, invitation, ages):
    assert "Who has joined" in facilitator.get("/run/water/").text
    strata.aim(ages, {"o0": 50, "o1": 40})
    for n in range(31):
        member = taking_part.join(invitation, "en")
        taking_part.agree(member)
        strata.belong(member, {ages.pk: ["o0", "o1", "o1"][n % 3] if n < 30 else ""})
    page = " ".join(facilitator.get("/run/water/").text.split())
    assert "30 people said something. 1 person said nothing." in page
    assert "10 more for the share you aim at" in page  # 20 of 40
    assert "more than you aim at" in page
    assert "33&#160;%" in page


def test_the_overview_says_nothing_of_kinds_where_nothing_is_asked(facilitator, assembly):
    assert "Who has joined" not in facilitator.get("/run/water/").text
