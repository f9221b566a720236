"""Who runs an assembly and who studies it read all measures, each with n and interval, on a page, as CSV and by the API."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies.actions import setting_up, surveying
from deliberation.assemblies.models import Survey
from deliberation.measures.figure import Measure
from deliberation.measures.sheet import sheet
from deliberation.moderation.second_looks import share_asked
from deliberation.web.measure_words import METHODS, NAMES, PARTS
from elicitation.extraction.actions.cards import rate
from elicitation.extraction.models import Rating
from elicitation.extraction.reading import read
from tests.accepting import accepted
from tests.conftest import Told, card, newcomer

RUN, STUDY, API = "/run/water/measures", "/research/water/measures", "/api/v1/assemblies/water/measures/"  # fmt: skip


@pytest.fixture
def measured(assembly, answered, invitation):
    """Something in most measures."""
    (found,) = read(answered.latest.pk, Told(card()))
    rate(found, Rating.Says.YES)
    surveying.ask_at_the_end(assembly)
    for points in (5,) * 7 + (2,) * 3:
        surveying.reply(newcomer(invitation), {"clarity": points, "trust": points})
    return assembly


@pytest.fixture
def researcher(assembly):
    account = get_user_model().objects.create_user("cy-of-the-university")
    setting_up.give_role(assembly, account, "researcher")
    client = Client()
    client.force_login(account)
    return client, account


def test_the_page_tells_each_with_n_interval_and_how_it_was_reckoned(facilitator, measured):
    page = facilitator.get(f"{RUN}/").text
    for words in ("How far people came", "Not known: who looked at a page", "1 of 11", "7 of 10", "70\u00a0%", "40\u00a0% to 89\u00a0%", "Hyndman"):  # fmt: skip
        assert words in page.replace("&#160;", "\u00a0"), words


def test_the_survey_stands_beside_what_was_published_with_its_source(facilitator, measured):
    page = facilitator.get(f"{RUN}/").text
    assert "71&#160;%" in page
    assert "The First Moral Graph" in page
    assert (
        "2404.10636" not in page.partition("rely on decisions that rest")[2][:900]
    )  # none of trust


def test_every_measure_and_part_has_words(measured):
    assert set(NAMES) == set(METHODS) == set(Measure)
    assert {one.part for one in sheet(measured, "en")} <= set(PARTS)


@pytest.mark.django_db
def test_an_empty_assembly_has_a_page_that_says_so(facilitator, assembly):
    page = facilitator.get(f"{RUN}/")
    assert page.status_code == 200
    assert "Nothing to tell yet" in page.text


def test_the_file_holds_the_same_figures_in_full(facilitator, measured):
    answer = facilitator.get(f"{RUN}.csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    figures = sheet(measured, "en")
    assert len(rows) == len(figures)
    (clarity,) = [r for r in rows if (r["measure"], r["key"], r["part"]) == ("survey", "clarity", "agree")]  # fmt: skip
    assert (clarity["count"], clarity["n"], clarity["value"], clarity["published"]) == ("7", "10", "0.7", "0.71")  # fmt: skip
    assert float(clarity["low"]) == pytest.approx(0.3968, abs=1e-4)
    assert "First Moral Graph" in clarity["published_in"]


def test_a_researcher_reads_them_and_takes_them_along_once_the_agreement_is_accepted(
    researcher, measured
):
    client, account = researcher
    page = client.get(f"{STUDY}/")
    assert page.status_code == 200
    assert "70" in page.text
    assert "Ask them no more" not in page.text
    assert client.get(f"{STUDY}.csv").status_code != 200
    accepted(measured, account)
    assert client.get(f"{STUDY}.csv").text.startswith("measure,key,of,part,n,unit,count,value")


def test_the_api_lists_the_same(researcher, measured):
    client, _ = researcher
    rows = client.get(API).json()
    assert [(row["measure"], row["key"], row["part"], row["value"]) for row in rows] == [
        (one.measure, one.key, one.part, one.value) for one in sheet(measured, "en")
    ]
    only_runs_it = get_user_model().objects.create_user("bo-who-runs-it")
    setting_up.give_role(measured, only_runs_it, "facilitator")
    other = Client()
    other.force_login(only_runs_it)
    assert other.get(API).status_code == 404
    assert Client().get(API).status_code in (401, 403, 404)


def test_nobody_else_reads_them(measured, member_client, stranger):
    outside = Client()
    outside.force_login(stranger)
    for client in (Client(), member_client, outside):
        for path in (f"{RUN}/", f"{RUN}.csv", f"{STUDY}/", f"{STUDY}.csv"):
            assert client.get(path).status_code in (302, 404)


def test_the_questions_are_switched_on_and_off_and_the_share_is_set(facilitator, assembly):
    page = f"{RUN}/"
    facilitator.post(page, {"do": "ask"})
    assert Survey.objects.get().is_on
    facilitator.post(page, {"do": "end"})
    assert not Survey.objects.get().is_on
    assert facilitator.post(page, {"do": "share", "per_cent": "25"}).status_code == 303
    assert share_asked(assembly) == 25
    for wrong in ("101", "-1", "", "all"):
        assert facilitator.post(page, {"do": "share", "per_cent": wrong}).status_code == 422
    assert share_asked(assembly) == 25
