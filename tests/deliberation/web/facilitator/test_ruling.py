"""A rule in the queue, in a browser: opened, held, shared, joined or left out; and the page everybody reads."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies.actions import setting_up
from deliberation.moderation.actions.rules import join_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Claim, Decision
from elicitation.graph.models import Norm
from tests import rules
from tests.conftest import newcomer

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/run/water/queue/"


@pytest.fixture
def rule(member, prompt):
    return rules.owned(member, prompt)


@pytest.fixture
def page(rule):
    return f"{QUEUE}rules/{rule.pk}/"


@pytest.fixture
def colleague(assembly):
    bo = get_user_model().objects.create_user("bo-of-the-hall")
    setting_up.give_role(assembly, bo, "facilitator")
    client = Client()
    client.force_login(bo)
    return client


def test_the_queue_leads_to_the_rule_which_is_held_when_opened(facilitator, page):
    assert page in facilitator.get(f"{QUEUE}?kind=rule").text
    told = facilitator.get(page).text
    assert "open the door" in told
    assert "its author said yes" in told
    assert Claim.objects.get().kind == "rule"


def test_accepted_it_is_a_shared_rule_everybody_reads(facilitator, rule, page, client):
    done = facilitator.post(page, {"kind": "accept_rule", "seen": rule.version}, follow=True)
    assert "Accepted as a shared rule." in done.text
    norm = Norm.objects.get()
    public = client.get(f"/a/water/results/{norm.inquiry_id}/rules/").text
    assert "The warden must open the door, when somebody knocks." in public
    assert "One rule people ask for" in client.get("/a/water/results/").text
    assert "accepted as a shared rule" in client.get("/a/water/moderation/").text
    decisions = facilitator.get("/run/water/decisions/").text
    assert "The warden must open the door" in decisions


def test_another_is_joined_to_it_and_nothing_is_joined_to_nothing(
    facilitator, bench, rule, page, invitation, prompt
):
    norm = rules.shared(bench, newcomer(invitation), prompt, "open every door")
    refused = facilitator.post(page, {"kind": "join_rule", "seen": rule.version})
    assert refused.status_code == 422
    assert "Choose the shared rule it belongs to." in refused.text
    assert "open every door" in facilitator.get(page, {"q": "every"}).text
    assert "No shared rule has these words." in facilitator.get(page, {"q": "window"}).text
    facilitator.post(page, {"kind": "join_rule", "seen": rule.version, "norm": norm.pk})
    assert norm.evidence.count() == 2


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_how_many_authors_agree_is_told_once_none_of_them_could_be_known(
    client, bench, invitation, prompt, people, told
):
    norm = rules.shared(bench, newcomer(invitation), prompt)
    for _ in range(people - 1):
        own = rules.owned(newcomer(invitation), prompt, "open every door")
        join_rule(bench, own, own.version, norm)
    page = client.get(f"/a/water/results/{norm.inquiry_id}/rules/").text
    assert f"{people} voices stand behind it." in page
    assert (f"1 of its {people} authors agree" in page) is told


def test_left_out_only_with_a_reason_and_undone_by_the_button(facilitator, rule, page):
    data = {"kind": "drop_rule", "seen": rule.version}
    assert facilitator.post(page, data).status_code == 422
    facilitator.post(page, {**data, "code": "no_rule"})
    assert Decision.objects.get().grounds.code == "no_rule"
    assert "a rule left out" in facilitator.get(page).text
    facilitator.post("/run/water/undo/")
    assert Decision.objects.get().undone_at


def test_a_shared_one_is_taken_out_on_its_page_which_the_list_and_the_hiding_lead_to(
    facilitator, bench, member, prompt
):
    norm = rules.shared(bench, member, prompt)
    rule = norm.worded_from
    page = f"{QUEUE}rules/{rule.pk}/"
    assert page in facilitator.get(f"/a/water/results/{norm.inquiry_id}/rules/").text
    answer = rule.reading.revision.response_id
    assert page in facilitator.get(f"/run/water/answers/{answer}/hide/").text
    assert "Accept as a shared rule" not in facilitator.get(page).text
    facilitator.post(page, {"kind": "remove_rule", "seen": rule.version, "code": "insult"})
    norm.refresh_from_db()
    assert norm.retired_at


def test_what_another_holds_or_what_moved_on_is_refused_with_the_reason_kept(
    facilitator, colleague, rule, page
):
    colleague.get(page)
    data = {"kind": "drop_rule", "seen": rule.version, "words": "It names nobody."}
    refused = facilitator.post(page, data)
    assert refused.status_code == 409
    assert "It names nobody." in refused.text
    facilitator.post(f"{QUEUE}hold/", {"over": f"rule:{rule.pk}:{rule.version}", "back": "1"})
    stale = facilitator.post(page, {**data, "seen": rule.version + 1})
    assert stale.status_code == 409
    assert not Decision.objects.exists()


def test_nobody_without_the_role_opens_it(client, page, rule, stranger):
    assert client.get(page).status_code in (302, 404)
    client.force_login(stranger)
    assert client.get(page).status_code == 404


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)
