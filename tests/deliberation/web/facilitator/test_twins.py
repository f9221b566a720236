"""A facilitator sees why seats were put together and judges; whoever sits there reads why, and says if it is wrong."""

import pytest
from django.test import Client

from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.opinion import analysing
from deliberation.opinion.models import Twins
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from tests.conftest import newcomer
from tests.deliberation.web.citizen._weighing import set_weighing

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/seats/"
REASONS = [
    {"kind": "words", "same": 0.93, "of": 1.0, "chance": None},
    {"kind": "votes", "same": 30.0, "of": 30.0, "chance": 0.000034},
    {"kind": "taken", "same": 4.2, "of": 20.0, "chance": None},
]


@pytest.fixture
def members(assembly):
    invitation = setting_up.invite(assembly)
    return [newcomer(invitation) for _ in range(2)]


@pytest.fixture
def group(assembly, members):
    made = Twins.objects.create(assembly=assembly, reasons=REASONS)
    for member in members:
        made.seats.create(respondent=member.respondent)
    return made


def seated(member):
    client = Client()
    session = client.session
    session["members"] = {"water": member.pk}
    session.save()
    return client


def test_reasons_are_told_in_plain_words_with_their_chance(facilitator, group, members):
    page = facilitator.get(PAGE).text
    for told in (
        "2 seats",
        "93 % of the rows of letters",
        "the same to 30 of 30 things",
        "one assembly like this in 30,000 or more",
        "within 4.2 seconds",
        "undecided",
    ):
        assert told in page
    assert "(1)" in facilitator.get("/run/water/").text


def test_words_are_shown_by_letters_for_a_number_would_tell_in_a_hall_who_wrote_them(
    facilitator, group, members, prompt
):
    for n, member in enumerate(members):
        taking_part.answer(
            member, prompt, Words(f"I look who sits alone, said {n}.", "en", f"k{n}")
        )
    page = facilitator.get(f"{PAGE}{group.pk}/").text
    assert page.index("<h3>A</h3>") < page.index("said 0.") < page.index("<h3>B</h3>") < page.index("said 1.")  # fmt: skip
    assert not any(f">{member.pk}<" in page or f"seat {member.pk}" in page for member in members)


def test_a_judgement_needs_a_reason_is_told_to_whom_it_is_about_and_is_taken_back(
    facilitator, group, members
):
    first = seated(members[0])
    assert first.get("/a/water/mine/counted/").status_code == 404
    assert "counted once" not in first.get("/a/water/mine/").text
    path = f"{PAGE}{group.pk}/"
    assert facilitator.post(path, {"says": "one_person", "why": " "}).status_code == 422
    assert facilitator.post(path, {"says": "three", "why": "x"}).status_code == 422
    assert (
        facilitator.post(path, {"says": "one_person", "why": "The same hand."}).status_code == 303
    )
    for member in members:
        assert "counted once" in seated(member).get("/a/water/mine/").text
        assert "The same hand." in seated(member).get("/a/water/mine/counted/").text
    facilitator.post(path, {"says": "", "why": "Not sure after all."})
    assert first.get("/a/water/mine/counted/").status_code == 404
    assert Entry.objects.filter(kind="twins.judged").count() == 2
    assert "Nothing waits for you here" not in facilitator.get(PAGE).text


def test_whoever_sits_there_says_that_it_is_wrong_and_it_waits_again(facilitator, group, members):
    path, own = f"{PAGE}{group.pk}/", "/a/water/mine/counted/"
    facilitator.post(path, {"says": "one_person", "why": "The same hand."})
    assert "Nothing waits for you here" in facilitator.get(PAGE).text
    second = seated(members[1])
    assert second.post(own, {"words": ""}).status_code == 422
    assert second.post(own, {"words": "We are sisters."}, follow=True).text.count("We are sisters.") == 1  # fmt: skip
    assert "We are sisters." not in seated(members[0]).get(own).text
    assert "somebody says this is wrong" in facilitator.get(PAGE).text
    assert "We are sisters." in facilitator.get(path).text
    facilitator.post(path, {"says": "different", "why": "They are."})
    assert "Nothing waits for you here" in facilitator.get(PAGE).text
    assert second.post(own, {"words": "Again."}).status_code == 404


def test_results_say_how_many_seats_are_left_out(
    client, facilitator, assembly, inquiry, camps, judged
):
    made = Twins.objects.create(assembly=assembly, reasons=REASONS)
    for one in camps[:3]:
        made.seats.create(respondent=one)
    facilitator.post(f"{PAGE}{made.pk}/", {"says": "one_person", "why": "x"})
    analysing.analyse(inquiry)
    set_weighing(assembly, starts=-3, ends=-1)
    page = client.get(f"/a/water/results/{inquiry.pk}/").text
    assert "2 seats are left out" in page
    assert "one_person_counts_once" in page
