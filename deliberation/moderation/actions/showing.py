"""Keep an answer's words from others, or put back what was hidden or left out."""

from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.moderation import queries
from deliberation.moderation.actions.keeping import grounds_of, keep
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import NothingToUndo, StaleDecision
from deliberation.moderation.inverse import What
from deliberation.moderation.models import Decision
from deliberation.moderation.why import Why
from elicitation.extraction.actions import hiding
from elicitation.extraction.models import Candidate
from elicitation.interview.models import Response
from elicitation.record.actions import recorded

K = Decision.Kind


@recorded
def hide(bench: Bench, answer: Response, why: Why) -> Decision:
    """Show no quote of an answer to others; its author still sees them, with the reason. Raises ReasonMissing, StaleDecision."""
    held = Response.objects.select_for_update().filter(pk=answer.pk, withdrawn_at=None).first()
    if held is None:
        raise StaleDecision(now=_("withdrawn"))
    if queries.hiding_of(held):
        raise StaleDecision(now=K.HIDE.label)
    quotes = hiding.hide(held)
    return keep(bench, What(K.HIDE, answer=held.pk), why, inverse={"quotes": quotes})


@recorded
def restore(bench: Bench, decision: Decision, why: Why) -> Decision:
    """Put back what was hidden or left out by `decision`. Raises ReasonMissing; NothingToUndo where that stands no more."""
    grounds_of(bench, why, K.RESTORE)
    if decision.answer_id:
        list(Response.objects.select_for_update().filter(pk=decision.answer_id))
    elif card := decision.candidate:
        list(Candidate.objects.select_for_update(no_key=True).filter(pk=card.pk))
    back = Decision.objects.living().filter(pk=decision.pk, kind__in=[K.HIDE, K.REJECT])
    held = back.select_for_update(of=("self",)).first()
    if held is None:
        raise NothingToUndo
    held.undone_at, held.undone_by_id = timezone.now(), bench.moderator.pk
    held.save(update_fields=["undone_at", "undone_by"])
    if held.answer:
        hiding.show(held.answer, held.inverse["quotes"])
    what = What(K.RESTORE, card=held.candidate_id, answer=held.answer_id)
    version = held.card_version
    return keep(bench, what, why, card_version=version, inverse={"decision": str(held.pk)})
