"""Which value is wiser where: what members are asked, say and propose, while weighing is open."""

from deliberation.assemblies.conditions import ensure_agreed, ensure_open, terms
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from elicitation.graph.actions import proposals, stories, transitions
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.models import Judgement, Showing, Story, Transition
from elicitation.record.actions import recorded


@recorded
def put(member: Membership, language: str) -> Showing | None:
    """Draw what a member is asked next, or None where nothing is left. Raises PhaseClosed, ConsentMissing."""
    asked = terms(member, Phase.Kind.WEIGHING)
    return transitions.put(member.respondent, member.assembly.questions(), language, asked)


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

    Raises PhaseClosed, ConsentMissing, NotHere (values of another assembly), PairUnfit, ProposalsFull, StoryUnfit, UnstorableText,
    ComparisonEnded.
    """
    _ensure_may(member)
    if not member.assembly.inquiries.filter(pk=proposal.less.inquiry_id).exists():
        raise NotHere
    return proposals.propose(member.respondent, proposal)


@recorded
def erase_said(member: Membership) -> int:
    """Erase all a member ever said to comparisons, stories too. Open at any time. Returns how many judgements went."""
    return transitions.forget(member.respondent)


@recorded
def erase_story(member: Membership, story_id: int) -> int:
    """Erase one story a member told. Open at any time. Returns 1, or 0 where they told no such story (any more)."""
    return stories.erase(Story.objects.filter(pk=story_id, written_by=member.respondent_id))


def _ensure_may(member: Membership) -> None:
    ensure_open(member.assembly, Phase.Kind.WEIGHING)
    ensure_agreed(member)
