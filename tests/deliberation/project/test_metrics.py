"""Figures for Prometheus: for who holds the token, true, counted over all processes, and without anybody in them."""

import pytest

from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from elicitation.extraction.models import Spend
from elicitation.interview.drafts import Words
from elicitation.record import sealing
from tests.metering import TOKEN, asked, figures
from tests.site import Visitor, site


@pytest.mark.django_db
@pytest.mark.parametrize("shown", [None, "", "Bearer ", "Bearer wrong", TOKEN, f"bearer {TOKEN}x"])
def test_without_the_token_nothing_is_there(client, metered, shown):
    headers = {} if shown is None else {"authorization": shown}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["Bearer ", "Bearer", f"Bearer {TOKEN}"])
def test_a_site_without_a_token_shows_its_figures_to_nobody(client, shown):
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_figures_are_what_the_database_holds(client, metered, read_answer, member, prompt):
    second = prompt.inquiry.prompts.exclude(pk=prompt.pk).get()
    taking_part.answer(member, second, Words("I look at the tree.", "en", "k"))
    Spend.objects.create(scope="day", key="2026-01-01", spent=1_500_000)
    Spend.objects.create(scope="inquiry", key="x", spent=1_500_000)
    sealing.seal()
    there = asked(client)
    assert there["groundwork_answers_received_total",] == 2
    assert there["groundwork_answers", ("state", "waiting")] == 1
    assert there["groundwork_answers", ("state", "read")] == 1
    assert 0 <= there["groundwork_oldest_waiting_seconds",] < 60
    done = ("engine", "offline"), ("failure", ""), ("state", "done")
    assert there["groundwork_readings", *done] == 1
    assert there["groundwork_spent_total",] == 1.5
    assert 0 <= there["groundwork_record_head_seconds",] < 60
    assert there["groundwork_record_unsealed",] == 0
    assert there["groundwork_up", ("part", "database")] == 1


@pytest.mark.django_db(transaction=True)
def test_all_processes_count_together_and_no_label_names_anybody(invitation, member):
    code, receipt = gates.invitation_code(invitation), gates.receipt_code(member)
    with site(workers=3, METRICS_TOKEN=TOKEN) as process:
        before = ask(process)
        for _ in range(30):
            visitor = Visitor(process.base)
            visitor.ask(f"/join/{code}/?q=zanzibar")
            visitor.ask(f"/back/{receipt}/")
            visitor.ask("/zanzibar/quoll/")
        status, text, _ = ask(process)
        assert before[0] == status == 200
    there = figures(text)
    assert there["groundwork_requests_total", ("route", "citizen:welcome"), ("status", "200")] == 30
    assert there["groundwork_request_seconds_count", ("route", "citizen:welcome")] == 30
    assert there["groundwork_requests_total", ("route", "unknown"), ("status", "404")] == 30
    assert [w for w in (code, receipt, "zanzibar", str(member.respondent_id), "water") if w in text] == []  # fmt: skip


def ask(process):
    return Visitor(process.base).ask("/metrics", Authorization=f"Bearer {TOKEN}")
