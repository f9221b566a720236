"""Pages of results: who sees what when, and that pictures and tables say the same."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from deliberation.opinion import analysing
from deliberation.opinion.models import Conversation, Statement, StatementVote
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Respondent

HOME = "/a/water/results/"
Says = Endorsement.Says


@pytest.fixture
def page(inquiry):
    return f"{HOME}{inquiry.pk}/"


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("who", ["client", "member_client", "facilitator"])
def test_while_people_weigh_nobody_sees_what_they_say(
    request, who, page, compared, camps, values, being_weighed
):
    browser = request.getfixturevalue(who)
    for address in (HOME, page, f"{page}graph/", f"/a/water/values/{values[0].pk}/"):
        shown = text(browser.get(address))
        assert "<svg" not in shown
        assert "Value no. 1" not in shown
        assert "24 people voted" not in shown
        assert "voting" in shown
    assert browser.get(f"{page}graph.json").status_code == 404


def test_weighing_that_was_never_set_shows_nothing_to_who_runs_the_assembly(
    facilitator, page, computed
):
    shown = text(facilitator.get(page))
    assert "Value no. 0" not in shown
    assert "Nobody has been asked to vote on these values yet." in shown


def test_once_weighing_is_over_everybody_sees_the_map_and_the_same_numbers(
    client, page, computed, weighed
):
    shown = text(client.get(page))
    assert "form 2 groups. 24 voices." in shown
    assert shown.count('class="sure"') == 2
    assert "12 of 12" in shown
    assert shown.index("What all groups share") < shown.index("Value no. 0")


def test_before_anybody_weighs_the_page_says_so(client, page, weighed):
    assert "Nothing is computed yet" in text(client.get(page))


def test_a_result_of_fewer_than_five_people_is_not_described(
    client, inquiry, values, weighed, page
):
    for person in Respondent.objects.bulk_create(Respondent() for _ in range(4)):
        Endorsement.objects.create(respondent=person, value=values[0], says=Says.AGREE)
    analysing.analyse(inquiry)
    shown = text(client.get(page))
    assert "Too few people" in shown
    assert "Value no. 0" not in shown


def test_a_result_of_another_assembly_is_not_here(client, other_assembly, computed, page, weighed):
    assert client.get(page.replace("/water/", "/fire/")).status_code == 404


def test_what_was_taken_back_since_is_not_named_any_more(client, page, values, computed, weighed):
    Value.objects.filter(pk=values[1].pk).update(title="", retired_at="2026-01-01T00:00Z")
    shown = text(client.get(page))
    assert "Value no. 1" not in shown
    assert client.get(f"/a/water/values/{values[1].pk}/").status_code == 404


def test_a_value_tells_how_widely_it_holds(client, values, computed, weighed):
    shown = text(client.get(f"/a/water/values/{values[0].pk}/"))
    assert "Held by all 2 groups" in shown
    assert "100 % [" in shown


def test_a_value_keeps_what_people_say_of_it_while_they_weigh(
    client, values, computed, being_weighed
):
    shown = text(client.get(f"/a/water/values/{values[0].pk}/"))
    assert "<h1" in shown
    assert "Held by" not in shown


def test_a_value_few_weighed_tells_no_numbers(client, inquiry, values, camps, weighed):
    solo = Value.objects.create(inquiry=inquiry, title="Solo", language="en")
    endorse(camps[0], solo, Says.DISAGREE)
    analysing.analyse(inquiry)
    shown = text(client.get(f"/a/water/values/{solo.pk}/"))
    assert "Too few to tell in 2 groups" in shown
    assert shown.count("too few to tell") == 2
    assert "All together" not in shown
    assert "0 % [" not in shown
    listed = text(client.get(f"{HOME}{inquiry.pk}/votes/"))
    row = re.search(r">Solo</a>.*?</tr>", listed).group()
    assert "too few to tell" in row
    assert 'class="n">1<' not in row


def test_the_public_map_has_no_hollow_marks_and_says_that_places_are_rough(
    client, facilitator, page, computed, weighed
):
    everybody, whole = text(client.get(page)), text(facilitator.get(page))
    assert 'class="unsure"' not in everybody
    assert "Places are rough" in everybody
    assert "An outline alone is a voice" not in everybody
    assert "An outline alone is a voice" in whole


def test_the_graph_shows_by_context_what_is_found_wiser(client, page, compared, weighed):
    shown = text(client.get(f"{page}graph/"))
    assert "When the river floods" in shown
    row = re.search(r'<th scope="row"[^>]*>.*?Value no\. 1.*?</tr>', shown).group()
    assert "Value no. 0" in row
    assert "wiser <strong>10</strong>" in row
    assert 'class="node" dir="auto">Value no. 1<' in shown


def test_an_undecided_comparison_is_drawn_by_no_arrow(client, page, compared, weighed):
    shown = text(client.get(f"{page}graph/"))
    assert shown.count('class="line"') == 1


def test_the_graph_waits_for_the_end_of_weighing_like_the_groups(
    client, page, compared, being_weighed
):
    assert "Value no. 1" not in text(client.get(f"{page}graph/"))
    assert client.get(f"{page}graph.json").status_code == 404


@pytest.mark.parametrize("form", ["json", "graphml", "gexf"])
def test_the_graph_can_be_taken_along(client, page, compared, weighed, form):
    got = client.get(f"{page}graph.{form}")
    assert got.headers["Content-Disposition"].endswith(f'.{form}"')
    body = got.content.decode()
    assert "Value no. 1" in body
    told = json.loads(body) if form == "json" else ET.fromstring(body)  # noqa: S314  our own output
    assert told is not None


def test_another_form_of_the_graph_is_not_here(client, page, compared, weighed):
    assert client.get(f"{page}graph.exe").status_code == 404


def test_a_conversation_held_elsewhere_shows_its_statements_and_its_source(client, assembly):
    talk = Conversation.objects.create(
        assembly=assembly, name="Trees", attribution="The wood", content_hash="x"
    )
    said = [
        Statement.objects.create(conversation=talk, number=n, text=f"Say {n}", moderated=m)
        for n, m in enumerate((1, 0, -1))
    ]
    for voter in range(12):
        for place, statement in enumerate(said):
            StatementVote.objects.create(
                statement=statement, voter=voter, says=1 if (voter + place) % 2 else -1
            )
    analysing.analyse(talk)
    shown = text(client.get(f"{HOME}{talk.pk}/"))
    assert "Say 0" in shown
    assert "The wood" in shown
    assert "Say 2" not in shown


def test_a_private_assembly_shows_its_results_to_nobody_else(
    client, assembly, page, computed, weighed
):
    type(assembly).objects.filter(pk=assembly.pk).update(is_public=False)
    for address in (HOME, page, f"{page}graph/", f"{page}graph.json"):
        assert client.get(address).status_code == 404


def test_the_list_names_everything_there_are_results_of(client, assembly, computed, weighed):
    shown = text(client.get(HOME))
    assert "24 people voted. 2 groups." in shown


def test_rule_and_number_a_facilitator_chose_are_followed_and_shown(
    facilitator, inquiry, page, computed, weighed
):
    asked = facilitator.post(f"/run/water/groups/{inquiry.pk}/", {"mode": "polis", "groups": "2"})
    assert asked.headers["Location"] == page
    analysing.analyse(inquiry)
    shown = text(facilitator.get(page))
    assert "2 groups asked for" in shown
    assert "<dd>polis, 1;" in shown


@pytest.mark.parametrize("groups", ["1", "21", "many"])
def test_an_unreasonable_number_of_groups_is_refused(facilitator, inquiry, computed, groups):
    got = facilitator.post(f"/run/water/groups/{inquiry.pk}/", {"mode": "stable", "groups": groups})
    assert got.status_code == 422


def test_nobody_else_chooses_how_people_are_grouped(client, inquiry, computed):
    got = client.post(f"/run/water/groups/{inquiry.pk}/", {"mode": "polis"})
    assert got.status_code in (302, 404)
