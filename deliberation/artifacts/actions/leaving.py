"""Take back everything one ever said in an assembly, at once."""

from deliberation.artifacts.actions import minority, objecting, ratifying
from deliberation.artifacts.actions.erasing_said import erase_said
from deliberation.assemblies.actions import judging, letters, strata, surveying, taking_part
from deliberation.assemblies.actions.done_keeping import forget_done_by
from deliberation.assemblies.actions.unsent_keeping import forget_unsent
from deliberation.assemblies.models import Membership
from elicitation.record.actions import append, recorded


@recorded
def take_everything_back(member: Membership) -> int:
    """Erase a member's answers with all that was read from them, what it said to values, comparisons, documents and of itself, and how it was for it; its stories,
    statements, objections and signatures; and in votes that are not counted its ballot and place. All or nothing, open at any time.

    What was counted stays counted, for nobody can find a ballot any more. The seat itself stays, so that its owner can see that it is
    empty. Returns how many answers went.
    """
    ratifying.forget(member)
    minority.forget(member)
    objecting.forget(member)
    erase_said(member)
    judging.erase_said(member)
    strata.forget(member)
    surveying.forget(member)
    forget_done_by(member)
    forget_unsent(member)
    letters.forget(member)
    standing = member.respondent.responses.to_prompts().filter(withdrawn_at=None)
    answers = list(
        standing.order_by("pk")
    )  # each takes along what was said when it was asked about
    for response in answers:
        taking_part.withdraw(response)
    append(
        "member.took_everything_back",
        assembly=member.assembly.slug,
        respondent=str(member.respondent_id),
        answers=len(answers),
    )
    return len(answers)
