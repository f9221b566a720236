"""Which value is wiser where: what members are asked, say and propose, while weighing is open."""

from deliberation.assemblies.conditions import ensure_agreed, ensure_open
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from elicitation.graph.actions import transitions
from elicitation.graph.actions.transitions import Proposal, Saying
from elicitation.graph.models import Judgement, Showing, Transition
from elicitation.record.actions import recorded


@recorded
def put(member: Membership, language: str) -> Showing | None:
    """Draw what a member is asked next, or None where nothing is left. Raises PhaseClosed, ConsentMissing."""
    _ensure_may(member)
    return transitions.put(member.respondent, member.assembly.inquiries.all(), language)


@recorded
def judge(member: Membership, showing: Showing, saying: Saying) -> Judgement:
    """Take in what a member says to a transition, in place of what it said before.

    Raises PhaseClosed, ConsentMissing and NotHere (what was put to somebody else), checked in the transaction of the write;
    TransitionGone, DependsOnWhat, UnstorableText.
    """
    _ensure_may(member)
    if showing.respondent_id != member.respondent_id:
        raise NotHere
    return transitions.judge(showing, saying)


@recorded
def propose(member: Membership, proposal: Proposal) -> Transition:
    """Take in a comparison a member would put to everybody.

    Raises PhaseClosed, ConsentMissing, NotHere (values of another assembly), PairUnfit, ProposalsFull, StoryUnfit, UnstorableText.
    """
    _ensure_may(member)
    if not member.assembly.inquiries.filter(pk=proposal.less.inquiry_id).exists():
        raise NotHere
    return transitions.propose(member.respondent, proposal)


def _ensure_may(member: Membership) -> None:
    ensure_open(member.assembly, Phase.Kind.WEIGHING)
    ensure_agreed(member)
