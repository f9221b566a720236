"""A facilitator lets AI systems propose, decides on what they proposed, and takes it back; everybody sees it as a machine's."""

import pytest
from django.test import Client

from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.moderation.actions.proposing import propose, show_proposal
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import MachineProposal

pytestmark = pytest.mark.django_db(transaction=True)
RUN = "/run/water/proposed-by-ai/"
SEEN = "/a/water/proposed-by-ai/"
SHADE = Wording("en", "Shade", ("TREES over benches",), "it is hot")


@pytest.fixture
def runs(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def proposal(assembly, account):
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor <b>", ["propose"], 30)
    return propose(token, assembly.inquiries.get().pk, SHADE)


def test_it_is_off_until_a_facilitator_lets_them(assembly, runs):
    assert not assembly.machines_propose
    assert "They may not now." in runs.get(RUN).text
    runs.post(RUN, {"do": "permit"})
    assembly.refresh_from_db()
    assert assembly.machines_propose
    runs.post(RUN, {"do": "stop"})
    assembly.refresh_from_db()
    assert not assembly.machines_propose


def test_what_waits_is_seen_by_nobody_else_and_in_the_queue_as_an_ais(proposal, runs):
    assert "Shade" not in Client().get(SEEN).text
    queue = runs.get("/run/water/queue/").text
    assert "In the words of an AI system (<bdi>Advisor &lt;b&gt;</bdi>)" in queue
    assert "Advisor &lt;b&gt;" in queue
    assert f"{RUN}{proposal.pk}/" in queue


def test_put_before_people_it_stands_in_the_machines_voice_without_quotation_marks(proposal, runs):
    answer = runs.post(f"{RUN}{proposal.pk}/", {"kind": "show_ai"})
    assert answer.status_code == 303
    page = Client().get(SEEN).text
    article = page.partition('<article class="machine">')[2].partition("</article>")[0]
    assert "TREES over benches" in article
    assert "Proposed by an AI system (<bdi>Advisor &lt;b&gt;</bdi>)" in article
    assert not any(mark in article for mark in ("<q", "“", "”", "blockquote", 'class="quote"'))
    assert SEEN in Client().get("/a/water/").text


def test_leaving_out_asks_for_a_reason_and_keeps_the_page(proposal, runs):
    answer = runs.post(f"{RUN}{proposal.pk}/", {"kind": "drop_ai"})
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    runs.post(f"{RUN}{proposal.pk}/", {"kind": "drop_ai", "code": "unclear"})
    assert MachineProposal.objects.get().state == "left_out"
    assert "Shade" not in Client().get(SEEN).text


def test_a_facilitator_takes_it_back_with_its_words(proposal, runs, assembly, account):
    show_proposal(Bench(assembly, account), proposal)
    runs.post(f"{RUN}{proposal.pk}/", {"do": "erase"})
    assert "Shade" not in Client().get(SEEN).text
    assert "taken back, its words erased" in runs.get(RUN).text


def test_decisions_tell_whose_words_they_were_about(proposal, runs, assembly, account):
    show_proposal(Bench(assembly, account), proposal)
    page = runs.get("/run/water/decisions/").text
    assert "in the words of an AI:" in page
    public = Client().get("/a/water/moderation/").text
    assert "an AI&#x27;s proposal put before people" in public
    assert "Shade" not in public
