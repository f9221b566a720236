"""What is a member's own."""

from uuid import UUID

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Showing
from elicitation.graph.open_pairs import related
from elicitation.interview.models import FollowUp, Prompt, Response


def own_response(membership: Membership, response_id: UUID) -> Response:
    """An answer of this member's own; what was said more goes with it. Raises NotHere."""
    mine = Response.objects.to_prompts().filter(respondent=membership.respondent_id, pk=response_id)
    if found := mine.select_related("prompt").first():
        return found
    raise NotHere


def own_card(membership: Membership, candidate_id: UUID) -> Candidate:
    """A card read from this member's own words. Raises NotHere."""
    mine = Candidate.objects.filter(
        reading__revision__response__respondent=membership.respondent_id, pk=candidate_id
    )
    if found := mine.select_related("reading__revision__response").first():
        return found
    raise NotHere


def own_follow_up(membership: Membership, follow_up_id: UUID) -> FollowUp:
    """A question beneath this member's own answer, whose words are still there. Raises NotHere."""
    mine = FollowUp.objects.filter(root__respondent=membership.respondent_id, pk=follow_up_id)
    mine = mine.exclude(revision=None)
    if found := mine.select_related("root__prompt__inquiry", "revision").first():
        return found
    raise NotHere


def writing(membership: Membership, about: UUID) -> UUID:
    """What this member may be writing to: a prompt they have not answered, a question beneath an answer of theirs, or such an answer, to change it.

    Raises NotHere.
    """
    mine = Response.objects.standing().to_prompts().filter(respondent=membership.respondent_id)
    asked = Prompt.objects.current().filter(inquiry__assemblies=membership.assembly_id, pk=about)
    beneath = FollowUp.objects.filter(root__in=mine, state=FollowUp.State.ASKED, pk=about)
    for found in (asked.exclude(responses__in=mine), mine.filter(pk=about), beneath):
        if found.exists():
            return about
    raise NotHere


def own_norm(membership: Membership, norm_id: UUID) -> NormCandidate:
    """A rule read from this member's own words. Raises NotHere."""
    mine = NormCandidate.objects.filter(
        reading__revision__response__respondent=membership.respondent_id, pk=norm_id
    )
    if found := mine.select_related("reading__revision__response").first():
        return found
    raise NotHere


def own_showing(membership: Membership, showing_id: int) -> Showing:
    """A transition as it was put to this member. Raises NotHere."""
    mine = Showing.objects.filter(
        respondent=membership.respondent_id,
        transition__inquiry__assemblies=membership.assembly_id,
        pk=showing_id,
    )
    if found := related(mine).first():
        return found
    raise NotHere
