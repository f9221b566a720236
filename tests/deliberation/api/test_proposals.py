"""Programs propose by the API: with a scope of its own, once a key, slowed and refused in words, and what they see is their own."""

import json

import pytest
from django.test import Client

from deliberation.api.proposals import WRITTEN_BY
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.models import Agent, Role
from deliberation.moderation.actions.proposing import drop_proposal, show_proposal
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import MachineProposal
from deliberation.moderation.why import Why
from tests.deliberation.api._programs import program

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/api/v1/assemblies/water/ai-proposals/"


@pytest.fixture
def agent(assembly, account):
    permit_proposals(assembly, True)
    return program(assembly, account, "propose")


@pytest.fixture
def sent(agent, assembly):
    """Send a proposal; `more` puts fields in place of others."""

    def sent(key="", client=None, **more):
        value = {"kind": "value", "title": "Shade", "policies": ["TREES"], "when": "it is hot"}
        body = {"inquiry": str(assembly.inquiries.get().pk), "language": "en", **value, **more}
        headers = {"Idempotency-Key": key} if key else {}
        return (client or agent).post(HERE, json.dumps(body), "application/json", headers=headers)

    return sent


def test_what_is_proposed_waits_and_says_that_it_is_a_machines(sent, agent):
    answer = sent()
    told = answer.json()
    assert (answer.status_code, told["state"], told["agent"]) == (201, "waiting", "A program")
    assert (told["written_by"], told["title"], told["when"]) == (WRITTEN_BY, "Shade", "it is hot")
    assert agent.get(answer["Location"]).json() == told
    assert Client().get(HERE).json()["results"] == []


def test_everybody_reads_what_a_moderator_put_before_people(sent, assembly, account):
    sent(kind="norm", title="", policies=[], attribute="The town", deontic="should", aim="light the stairs")  # fmt: skip
    show_proposal(Bench(assembly, account), MachineProposal.objects.get())
    (one,) = Client().get(HERE).json()["results"]
    assert (one["kind"], one["text"]) == ("norm", "The town should light the stairs.")
    assert (one["written_by"], "state" in one) == (WRITTEN_BY, False)
    assembly.is_public = False
    assembly.save()
    assert Client().get(HERE).status_code == 404
    assert program(assembly, account, "read").get(HERE).json()["results"] == [one]


def test_a_key_sent_again_proposes_once_and_for_something_else_is_refused(sent):
    first, again = sent("monday"), sent("monday")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = sent("monday", title="Light")
    assert (other.status_code, other.json()["code"]) == (409, "other_content_same_key")
    assert MachineProposal.objects.count() == 1


def test_nobody_proposes_without_a_token_for_it(sent, assembly, account):
    reader = program(assembly, account, "read", "moderate", "import")
    assert sent(client=reader).json()["code"] == "out_of_scope"
    assert sent(client=Client()).status_code in (403, 404)
    facilitator = Client()
    facilitator.force_login(account)
    assert sent(client=facilitator).status_code == 404
    assert not MachineProposal.objects.exists()


def test_where_ai_systems_may_not_propose_a_program_is_told_so(sent, assembly):
    permit_proposals(assembly, False)
    answer = sent()
    assert (answer.status_code, answer.json()["code"]) == (403, "proposals_closed")


def test_a_refusal_names_the_field(sent):
    for more, field in (
        ({"title": ""}, "title"),
        ({"aim": "light the stairs"}, "aim"),
        ({"policies": ["“I sit here”, said a neighbour"]}, "policies"),
        ({"policies": []}, "policies"),
        ({"kind": "norm", "title": "", "policies": [], "aim": "light the stairs"}, "deontic"),
    ):
        answer = sent(**more)
        assert answer.status_code in (400, 422)
        assert list(answer.json()["fields"]) == [field]
    assert not MachineProposal.objects.exists()


def test_a_program_is_slowed_by_itself(sent, settings):
    settings.LIMITS_TIMES = 2 / 20
    statuses = [sent().status_code for _ in range(4)]
    assert (statuses[0], statuses[-1]) == (201, 429)


def test_a_program_sees_and_takes_back_its_own_accounts_proposals_alone(sent, assembly, account, stranger):  # fmt: skip
    setting_up.give_role(assembly, stranger, Role.Kind.RESEARCHER)
    other = program(assembly, stranger, "propose")
    where = sent()["Location"]
    assert [other.get(where).status_code, other.post(where).status_code] == [404, 404]
    renewed = program(assembly, account, "propose")
    assert renewed.post(where).json()["state"] == "withdrawn"
    assert (MachineProposal.objects.get().title, Agent.objects.count()) == ("", 1)


def test_who_runs_the_assembly_reads_and_takes_back_anybodys(sent, assembly, account, stranger):
    where = sent()["Location"]
    runs, outside = Client(), Client()
    runs.force_login(account)
    outside.force_login(stranger)
    assert outside.post(where).status_code == 404
    assert runs.get(where).json()["state"] == "waiting"
    assert runs.post(where).json()["state"] == "withdrawn"


def test_its_proposer_reads_why_it_was_left_out(sent, agent, assembly, account):
    where = sent()["Location"]
    bench = Bench(assembly, account)
    drop_proposal(bench, MachineProposal.objects.get(), Why(code="said_by_people"))
    told = agent.get(where).json()
    assert (told["state"], told["reason"]) == ("left_out", "said_by_people")
