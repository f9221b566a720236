"""AI systems propose: only where they may, so much and no more, in nobody's name; a moderator decides, and what was proposed is taken back."""

import pytest

from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Agent, Token
from deliberation.moderation import waiting
from deliberation.moderation.actions import claiming, proposing, undoing
from deliberation.moderation.actions.proposing import (
    drop_proposal,
    propose,
    show_proposal,
    take_back_proposal,
)
from deliberation.moderation.bench import Item
from deliberation.moderation.errors import (
    ProposalsClosed,
    ProposalsFull,
    ProposalUnfit,
    QuotingProposal,
    ReasonMissing,
    StaleDecision,
)
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import Claim, Decision, MachineProposal, Thing
from deliberation.moderation.waiting import Wish
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.graph.models import Norm, Value
from elicitation.interview.models import Respondent, Response
from elicitation.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
SHADE = Wording("en", "Shade", ("TREES over benches",), "it is hot")
STAIRS = Wording("en", attribute="The town", deontic="should", aim="light the stairs")


@pytest.fixture
def token(assembly, account):
    permit_proposals(assembly, True)
    return make_token(assembly, account, "Advisor", ["propose"], 30)[0]


@pytest.fixture
def proposal(token, assembly):
    return propose(token, assembly.inquiries.get().pk, SHADE)


def test_nothing_is_proposed_where_nobody_let_ai_systems_propose(assembly, account):
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    with pytest.raises(ProposalsClosed):
        propose(token, assembly.inquiries.get().pk, SHADE)
    assert not MachineProposal.objects.exists()
    assert not Respondent.objects.filter(kind="ai_agent").exists()


def test_leave_that_is_taken_back_ends_proposing_and_leaves_what_was_proposed(proposal, token):
    permit_proposals(token.assembly, False)
    with pytest.raises(ProposalsClosed):
        propose(token, proposal.inquiry_id, STAIRS)
    assert MachineProposal.objects.get().title == "Shade"


def test_a_proposal_is_an_agents_of_the_tokens_name_and_stands_in_no_graph(proposal, token):
    again = propose(token, proposal.inquiry_id, STAIRS)
    agent = Agent.objects.get()
    assert (agent.name, agent.respondent.kind) == ("Advisor", "ai_agent")
    assert {proposal.agent_id, again.agent_id} == {agent.pk}
    assert not any(kind.objects.exists() for kind in (Value, Norm, Response))
    made = Entry.objects.filter(kind="ai_proposal.made").first()
    assert made.body == {
        "assembly": "water",
        "proposal": str(proposal.pk),
        "of": "value",
        "respondent": str(agent.respondent_id),
        "agent": "Advisor",
    }


def test_a_question_of_another_assembly_is_not_there(token, other_assembly):
    with pytest.raises(NotHere):
        propose(token, other_assembly.inquiries.get().pk, SHADE)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Wording("en", "", ("TREES",)), "title"),
        (Wording("en", "one two three four five six seven eight nine ten eleven twelve more", ("T",)), "title"),
        (Wording("en", "Shade", ()), "policies"),
        (Wording("en", "Shade", ("T",) * 8), "policies"),
        (Wording("en", "Shade", ("T\nrees",)), "policies"),
        (Wording("en", "Shade", ("T" * 241,)), "policies"),
        (Wording("en", "Sha\x00de", ("T",)), "title"),
        (Wording("en", "Shade", ("T",), aim="light the stairs", deontic="must"), "title"),
        (Wording("en", aim="light the stairs"), "deontic"),
    ],
)  # fmt: skip
def test_what_says_nothing_too_much_or_two_things_is_refused_by_the_field(token, said, field):
    with pytest.raises(ProposalUnfit) as refused:
        propose(token, token.assembly.inquiries.get().pk, said)
    assert refused.value.details == {"field": field}
    assert not MachineProposal.objects.exists()


@pytest.mark.parametrize("marks", ['"%s"', "“%s”", "„%s“", "« %s »", "「%s」", "&quot;%s&quot;"])
def test_a_machine_quotes_nobody(token, marks):
    said = Wording("en", "Shade", (marks % "I sit here",))
    with pytest.raises(QuotingProposal):
        propose(token, token.assembly.inquiries.get().pk, said)


def test_an_apostrophe_is_no_quotation(token):
    said = Wording("en", "People's own time", ("WHO can't wait",))
    assert propose(token, token.assembly.inquiries.get().pk, said).title == "People's own time"


def test_no_more_wait_than_moderators_can_look_at(proposal, token, bench, monkeypatch):
    monkeypatch.setattr(proposing, "MOST_WAITING", 2)
    second = propose(token, proposal.inquiry_id, STAIRS)
    with pytest.raises(ProposalsFull):
        propose(token, proposal.inquiry_id, SHADE)
    show_proposal(bench, second)
    propose(token, proposal.inquiry_id, SHADE)


def test_what_was_taken_back_makes_no_room_for_ever_more(proposal, token, monkeypatch):
    monkeypatch.setattr(proposing, "MOST", 2)
    take_back_proposal(proposal, "proposer")
    propose(token, proposal.inquiry_id, STAIRS)
    with pytest.raises(ProposalsFull):
        propose(token, proposal.inquiry_id, SHADE)


def test_it_waits_in_the_queue_as_an_ais_until_somebody_decided(proposal, bench):
    (row,) = waiting.waiting(bench, Wish(kind=Thing.PROPOSAL), 0, 10)
    assert (row.what, row.thing, row.says, row.hint) == ("proposal", proposal.pk, "Shade", "Advisor")  # fmt: skip
    assert waiting.counts(bench, Wish())[Thing.PROPOSAL] == 1
    claiming.hold(bench, Item(Thing.PROPOSAL, proposal.pk))
    show_proposal(bench, proposal)
    assert waiting.waiting(bench, Wish(kind=Thing.PROPOSAL), 0, 10) == []
    assert not Claim.objects.exists()


def test_a_rule_waits_with_its_sentence(token, bench):
    propose(token, token.assembly.inquiries.get().pk, STAIRS)
    (row,) = waiting.waiting(bench, Wish(kind=Thing.PROPOSAL), 0, 10)
    assert row.says == "The town should light the stairs"


def test_what_is_put_before_people_can_be_undone_and_left_out(proposal, bench, colleague):
    shown = show_proposal(bench, proposal)
    assert list(MachineProposal.objects.shown()) == [proposal]
    with pytest.raises(StaleDecision):
        drop_proposal(colleague, proposal, Why("Said by people."))
    undoing.undo(bench, shown, BY_MISTAKE)
    assert MachineProposal.objects.get().state == "waiting"
    left_out = drop_proposal(colleague, proposal, Why(code="said_by_people"))
    assert (left_out.kind, left_out.grounds.code) == ("drop_ai", "said_by_people")
    assert not MachineProposal.objects.shown().exists()
    told = Entry.objects.get(kind="decision.drop_ai").body
    assert told["proposal"] == str(proposal.pk)


def test_leaving_out_needs_a_reason(proposal, bench):
    with pytest.raises(ReasonMissing):
        drop_proposal(bench, proposal, Why())
    assert MachineProposal.objects.get().state == "waiting"


def test_taken_back_its_words_are_gone_wherever_it_had_come(proposal, bench):
    shown = show_proposal(bench, proposal)
    take_back_proposal(proposal, "proposer")
    take_back_proposal(proposal, "proposer")
    left = MachineProposal.objects.get()
    assert (left.state, left.title, left.policies, left.context) == ("withdrawn", "", [], "")
    undoing.undo(bench, shown, BY_MISTAKE)
    assert MachineProposal.objects.get().state == "withdrawn"
    assert Decision.objects.get().undone_at


def test_who_ends_a_token_leaves_its_proposals_in_their_place(proposal):
    Token.objects.get().delete()
    assert (Agent.objects.get().token, MachineProposal.objects.get().state) == (None, "waiting")
