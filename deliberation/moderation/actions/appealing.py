"""Ask that somebody else looks at a decision again, and answer that."""

from django.utils import timezone

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.moderation.actions.undoing import undo_chain
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import AppealGone, OwnDecision, ReasonMissing
from deliberation.moderation.meanings import decisions_about, named
from deliberation.moderation.models import Appeal, Decision
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

State = Appeal.State


@recorded
def appeal(
    member: Membership, about: Candidate | NormCandidate, decision: Decision, words: str
) -> Appeal:
    """Ask that another moderator looks again at a decision on one's own card or rule; said again while it waits, it is worded anew.

    Raises NotHere, ReasonMissing; AppealGone where it was answered already or the decision stands no more.
    """
    own = about.reading.revision.response.respondent_id == member.respondent_id
    found = decisions_about(about).filter(pk=decision.pk, assembly=member.assembly).first()
    if not own or found is None:
        raise NotHere
    if not words.strip() or fault(words):
        raise ReasonMissing
    if found.undone_at:
        raise AppealGone
    made, new = Appeal.objects.select_for_update().get_or_create(
        decision=found,
        respondent=member.respondent,
        defaults={"words": words.strip(), named(about): about},
    )
    if not new:
        if made.state not in (State.OPEN, State.WITHDRAWN):
            raise AppealGone
        made.words, made.state = words.strip(), State.OPEN
        made.save(update_fields=["words", "state"])
    append("appeal.made", appeal=str(made.pk), decision=str(found.pk))
    return made


@recorded
def take_back_appeal(member: Membership, appeal: Appeal) -> Appeal:
    """Let nobody look again after all. Raises NotHere, AppealGone."""
    held = Appeal.objects.select_for_update().filter(pk=appeal.pk).first()
    if held is None or held.respondent_id != member.respondent_id:
        raise NotHere
    if held.state != State.OPEN:
        raise AppealGone
    held.state = State.WITHDRAWN
    held.save(update_fields=["state"])
    append("appeal.taken_back", appeal=str(held.pk))
    return held


@recorded
def answer_appeal(bench: Bench, appeal: Appeal, words: str, *, overturn: bool) -> Appeal:
    """Say that a decision stays, or undo it with all that rests on it; in words its author can read.

    Raises OwnDecision for who took the decision, ReasonMissing, AppealGone, and what undoing raises.
    """
    if appeal.decision.moderator_id == bench.moderator.pk:
        raise OwnDecision
    if not words.strip() or fault(words):
        raise ReasonMissing
    if overturn and not appeal.decision.undone_at:
        undo_chain(bench, appeal.decision, Why(words, "after_appeal"))
    held = Appeal.objects.select_for_update().filter(pk=appeal.pk, state=State.OPEN).first()
    if held is None:
        raise AppealGone
    held.state = State.OVERTURNED if overturn else State.UPHELD
    held.answer, held.answered_at = words.strip(), timezone.now()
    held.answered_by_id = bench.moderator.pk
    held.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    append("appeal.answered", appeal=str(held.pk), outcome=held.state)
    return held
