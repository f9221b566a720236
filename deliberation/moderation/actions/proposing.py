"""AI systems propose values and rules; a moderator puts them before people or leaves them out; who proposed one, or runs the assembly, takes it back."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.assemblies.actions.agents import admit_agent
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Agent, Assembly, Token
from deliberation.moderation import machine_words
from deliberation.moderation.actions.keeping import keep, told
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import (
    ProposalsClosed,
    ProposalsFull,
    ProposalUnfit,
    QuotingProposal,
    StaleDecision,
)
from deliberation.moderation.inverse import What
from deliberation.moderation.machine_words import LONGEST, Wording
from deliberation.moderation.models import Decision, MachineProposal
from deliberation.moderation.why import BEFORE_PEOPLE, Why
from elicitation.record.actions import append, recorded

K, State = Decision.Kind, MachineProposal.State
MOST_WAITING = 20  # of an assembly: a queue is people's time
MOST = 200  # that an assembly ever takes, those taken back too


@recorded
def propose(token: Token, inquiry_id: UUID, said: Wording) -> MachineProposal:
    """Let the AI system of `token` propose a value or a rule, which waits for a moderator.

    Raises ProposalsClosed where the assembly does not let AI systems propose, NotHere for a question of another, ProposalUnfit,
    QuotingProposal, ProposalsFull.
    """
    assembly = Assembly.objects.select_for_update().get(pk=token.assembly_id)
    if not assembly.machines_propose:
        raise ProposalsClosed
    if not assembly.inquiries.filter(pk=inquiry_id).exists():
        raise NotHere
    _ensure_fit(said)
    _ensure_room(assembly)
    agent = Agent.objects.filter(token=token).first() or admit_agent(token)
    kind = MachineProposal.Kind.NORM if said.is_norm else MachineProposal.Kind.VALUE
    made = MachineProposal.objects.create(
        assembly=assembly,
        inquiry_id=inquiry_id,
        agent=agent,
        kind=kind,
        policies=list(said.policies),
        deontic=said.deontic,
        language=said.language,
        **{name: getattr(said, name) for name in LONGEST},
    )
    append(
        "ai_proposal.made",
        assembly=assembly.slug,
        proposal=str(made.pk),
        of=str(kind),
        respondent=str(agent.respondent_id),
        agent=agent.name,
    )
    return made


@recorded
def take_back_proposal(proposal: MachineProposal, by: str) -> MachineProposal:
    """Erase the words of a proposal; the row stays. `by`: proposer, facilitator, or restore (of a backup from before). Twice is once."""
    held = MachineProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != State.WITHDRAWN:
        held.state, held.withdrawn_at, held.policies = State.WITHDRAWN, timezone.now(), []
        for name in LONGEST:
            setattr(held, name, "")
        held.save()
    append("ai_proposal.withdrawn", proposal=str(held.pk), by=by)
    return held


@recorded
def show_proposal(bench: Bench, proposal: MachineProposal, why: Why = BEFORE_PEOPLE) -> Decision:
    """Put a proposal before people, as an AI's and nobody's words. Raises StaleDecision, ReasonMissing."""
    return _settle(bench, proposal, State.SHOWN, why)


@recorded
def drop_proposal(bench: Bench, proposal: MachineProposal, why: Why) -> Decision:
    """Leave a proposal out, with a reason its proposer can ask for. Raises StaleDecision, ReasonMissing."""
    return _settle(bench, proposal, State.LEFT_OUT, why)


@recorded
def wait_again(proposal: MachineProposal) -> None:
    """Let a proposal wait once more, where it was not taken back meanwhile."""
    MachineProposal.objects.filter(pk=proposal.pk).exclude(state=State.WITHDRAWN).update(
        state=State.WAITING
    )
    append("ai_proposal.waits", proposal=str(proposal.pk))


def _settle(
    bench: Bench, proposal: MachineProposal, state: MachineProposal.State, why: Why
) -> Decision:
    held = MachineProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != State.WAITING:
        last = held.decisions.living().last()
        raise StaleDecision(now=told(last) if last else _("no longer as you saw it"))
    held.state = state
    held.save(update_fields=["state"])
    kind = K.SHOW_AI if state == State.SHOWN else K.DROP_AI
    return keep(bench, What(kind, proposal=held.pk), why)


def _ensure_fit(said: Wording) -> None:
    if unfit := machine_words.unfit(said):
        raise ProposalUnfit(field=unfit)
    if quoting := machine_words.quoting(said):
        raise QuotingProposal(field=quoting)


def _ensure_room(assembly: Assembly) -> None:
    """The caller holds the assembly, so that two do not fill one place."""
    made = assembly.machine_proposals
    if made.filter(state=State.WAITING).count() >= MOST_WAITING or made.count() >= MOST:
        raise ProposalsFull
