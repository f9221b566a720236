"""Exploring values: one query for picture, table, tree and file; nothing before weighing is over, nothing of a few people."""

import csv
import gzip
import io
import json
import re

import pytest

from deliberation.opinion import analysing
from deliberation.opinion.models import Analysis, Layout
from deliberation.opinion.positions import unpack
from deliberation.web.public.explorer import bits
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from tests.deliberation.web.public.test_results import HOME, text

pytestmark = pytest.mark.usefixtures("camps", "compared")


@pytest.fixture
def explorer(inquiry):
    return f"{HOME}{inquiry.pk}/explorer/"


@pytest.fixture
def file(inquiry):
    return f"{HOME}{inquiry.pk}/explorer.json"


def told(response):
    assert response.status_code == 200
    return json.loads(response.content)


def listed(page):
    return re.findall(r"data-value=[^>]*>([^<]*)</a>", page)


def test_positions_are_kept_with_the_graph_for_all_that_was_compared_or_voted_on(inquiry, values):
    graph = inquiry.analyses.filter(kind="graph").first()
    points = unpack(bytes(Layout.objects.get(analysis=graph).positions))
    assert set(points) == {str(value.pk) for value in values}


def test_values_stand_where_they_stood_when_it_is_computed_again(inquiry, values):
    before = unpack(bytes(Layout.objects.get().positions))
    Value.objects.create(inquiry=inquiry, title="Another", language="en")
    analysing.analyse(inquiry)
    after = unpack(bytes(Layout.objects.get().positions))
    wide = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    assert all(abs(after[one][0] - x) < 0.02 * wide for one, (x, _) in before.items())


@pytest.mark.parametrize("who", ["client", "member_client", "facilitator"])
def test_while_people_weigh_there_is_nothing_to_explore_for_anybody(
    request, who, explorer, file, inquiry, being_weighed
):
    browser = request.getfixturevalue(who)
    page = text(browser.get(explorer))
    assert "Value no." not in page
    assert "voting" in page
    for path in (file, f"{HOME}{inquiry.pk}/values.csv", f"{HOME}{inquiry.pk}/votes.csv"):
        assert browser.get(path).status_code == 404


def test_every_value_is_in_the_table_with_how_many_agree(client, explorer, weighed):
    page = text(client.get(explorer))
    assert "8 values of 8, one transition between them." in page
    assert len(listed(page)) == 8
    assert "100 % <span" in page
    assert "24 of 24" in page


def test_the_picture_is_told_of_the_same_values_as_the_table(client, explorer, file, weighed):
    page = text(client.get(explorer + "?q=no.+1"))
    (nodes,) = re.findall(r'data-nodes="([0-9a-f]*)"', page)
    whole = told(client.get(file))
    shown = [
        title for n, title in enumerate(whole["titles"]) if int(nodes[n // 4], 16) >> n % 4 & 1
    ]
    assert shown == listed(page) == ["Value no. 1"]


def test_bits_are_empty_for_all_and_say_which_otherwise():
    assert bits([0, 1, 2], 3) == ""
    assert bits([0, 5], 9) == "120"


def test_the_tree_leads_along_transitions_and_the_card_is_the_same(
    client, explorer, values, weighed
):
    page = text(client.get(explorer + "?show=tree"))
    branch = re.search(r"<summary><span[^>]*>Value no\. 1<.*?</details>", page).group()
    assert listed(branch) == ["Value no. 1", "Value no. 0"]
    for show in ("", "&show=tree"):
        chosen = text(client.get(f"{explorer}?value={values[1].pk}{show}"))
        card = re.search(r'<section id="chosen".*?</section>', chosen).group()
        assert "Value no. 1</h2>" in card
        assert "Found wiser than" in card
        assert "10 answers" in card


def test_a_filter_by_context_shows_what_was_compared_there(client, explorer, inquiry, weighed):
    context = inquiry.contexts.get()
    page = text(client.get(f"{explorer}?context={context.pk}"))
    assert sorted(listed(page)) == ["Value no. 0", "Value no. 1"]


def test_a_filter_by_group_shows_what_the_group_holds(client, explorer, weighed):
    page = text(client.get(f"{explorer}?held=every"))
    assert listed(page) == ["Value no. 0"]
    assert "Value no. 0" not in listed(text(client.get(f"{explorer}?held=none")))


def test_time_is_stepped_through_by_links_and_values_of_later_are_not_there(
    client, explorer, inquiry, camps, weighed
):
    inquiry.values.filter(title__in=[f"Value no. {n}" for n in range(3)]).update(
        admitted_at="2026-01-01T12:00Z"
    )
    page = text(client.get(explorer))
    assert "A step back in time" not in page  # fewer than five came in that day
    inquiry.values.filter(title__in=["Value no. 3", "Value no. 4"]).update(
        admitted_at="2026-01-02T12:00Z"
    )
    camp = [Value(inquiry=inquiry, title=f"Late {n}", language="en") for n in range(2)]
    for value in Value.objects.bulk_create(camp):
        endorse(camps[0], value, Endorsement.Says.AGREE)
    analysing.analyse(inquiry)
    page = text(client.get(explorer))
    (back,) = re.findall(r'href="([^"]*)">A step back in time', page)
    assert back == "?until=2026-01-02"
    before = text(client.get(explorer + back))
    assert len(listed(before)) == 5
    assert 'href="?">A step on in time' in before


def test_a_table_sorts_by_links_and_says_so(client, explorer, weighed):
    page = text(client.get(explorer))
    assert '<th scope="col" aria-sort="ascending"><a href="?order=-rank"' in page
    titles = listed(text(client.get(explorer + "?order=-title")))
    assert titles == sorted(titles, reverse=True)
    shares = re.findall(r"(\d+) % <span", text(client.get(explorer + "?order=-support")))
    assert shares == sorted(shares, key=int, reverse=True)


def test_the_file_is_asked_after_by_its_tag_and_comes_packed(client, file, weighed):
    first = client.get(file, headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(first.content))["titles"]
    again = client.get(file, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "no-cache" in first.headers["Cache-Control"]


def test_what_is_taken_back_or_worded_anew_changes_the_file_at_once(client, file, values, weighed):
    first = client.get(file)
    Value.objects.filter(pk=values[1].pk).update(title="", retired_at="2026-01-01T00:00Z")
    then = client.get(file, headers={"If-None-Match": first.headers["ETag"]})
    assert "Value no. 1" not in told(then)["titles"]
    assert told(then)["lines"] == []


def test_the_file_of_who_runs_the_assembly_is_another_and_nobody_elses(
    client, facilitator, file, weighed
):
    everybody, whole = client.get(file), facilitator.get(file)
    assert everybody.headers["ETag"] != whole.headers["ETag"]
    assert "private" in everybody.headers["Cache-Control"]
    assert "Cookie" in everybody.headers["Vary"]


def test_a_transition_of_few_people_is_in_no_public_form(
    client, facilitator, explorer, file, inquiry, weighed
):
    graph = Analysis.objects.filter(inquiry=inquiry, kind="graph").first()
    few = {
        **graph.result["edges"][0],
        "counts": {"to_wiser": 4, "asked_forward": 2, "asked_backward": 2},
    }
    Analysis.objects.filter(pk=graph.pk).update(result={**graph.result, "edges": [few]})
    assert told(client.get(file))["lines"] == []
    assert told(facilitator.get(file))["lines"]
    assert "0 transitions between them" in text(client.get(explorer))


def test_a_conversation_held_elsewhere_has_no_explorer(client, assembly, weighed):
    talk = assembly.conversations.create(name="Trees", content_hash="x")
    assert client.get(f"{HOME}{talk.pk}/explorer/").status_code == 404


def test_values_can_be_taken_along_as_they_are_asked_for(client, inquiry, weighed):
    got = client.get(f"{HOME}{inquiry.pk}/values.csv?held=every")
    (row,) = csv.DictReader(io.StringIO(got.content.decode()))
    assert row["title"] == "Value no. 0"
    assert (row["agree"], row["n"]) == ("24", "24")
    assert (row["agree_A"], row["n_A"]) == ("12", "12")
    graph = inquiry.analyses.filter(kind="graph").first()
    assert str(graph.pk) in got.headers["Content-Disposition"]
