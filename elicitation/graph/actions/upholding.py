"""What people say to rules: agree, disagree or pass; change their mind, take it back. The tally moves with each vote.

One person's acts come one after the other, and none while the rule is being retired or undone.
"""

from django.utils import timezone

from elicitation.graph.actions.tally_keeping import add, counts, step
from elicitation.graph.errors import NormGone, OwnNorm
from elicitation.graph.models import Endorsement, Norm, NormEndorsement, NormEvidence, NormTally
from elicitation.graph.norms import AUTHOR
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

LOCK = """
    SELECT n.* FROM graph_norm n JOIN interview_respondent r ON r.id = %s WHERE n.id = %s
    FOR KEY SHARE OF n FOR NO KEY UPDATE OF r
"""


@recorded
def endorse_norm(respondent: Respondent, norm: Norm, says: Endorsement.Says) -> NormEndorsement:
    """Let `respondent` say this to `norm`, in place of what it said before; the same again changes nothing.

    Raises NormGone; OwnNorm where a rule of the respondent's stands in it.
    """
    if _held(respondent, norm).retired_at:
        raise NormGone
    if NormEvidence.objects.filter(norm=norm, **{AUTHOR: respondent}).exists():
        raise OwnNorm
    before = _said(respondent, norm)
    if before and before.says == says:
        append("norm.endorsed_again", endorsement=before.pk)
        return before
    _replace(before)
    said = NormEndorsement.objects.create(respondent=respondent, norm=norm, says=says)
    append("norm.endorsed", endorsement=said.pk)
    if counts(respondent):
        add(NormTally(norm_id=norm.pk), **step(before.says if before else None, said.says))
    return said


@recorded
def take_back_norm(respondent: Respondent, norm: Norm) -> NormEndorsement | None:
    """Let nothing stand of what `respondent` said to `norm`; it stays as history. Returns what stood. Raises NormGone where there is no such norm."""
    _held(respondent, norm)
    before = _said(respondent, norm)
    if before is None:
        append("norm_endorsement.none_to_take_back", norm=str(norm.pk))
        return None
    _replace(before)
    append("norm_endorsement.taken_back", endorsement=before.pk)
    if counts(respondent):
        add(NormTally(norm_id=norm.pk), **step(before.says, None))
    return before


@recorded
def erase_norm_endorsements(respondent: Respondent) -> int:
    """Erase all `respondent` ever said to rules; every tally goes on without it. Returns how many votes are erased."""
    Respondent.objects.select_for_update(no_key=True).get(pk=respondent.pk)
    mine = NormEndorsement.objects.filter(respondent=respondent)
    votes = 0
    for norm in Norm.objects.filter(pk__in=mine.values("norm")).order_by("pk"):
        _held(respondent, norm)
        here = mine.filter(norm=norm)
        standing, erased = here.standing().first(), here.delete()[0]
        if counts(respondent):
            add(NormTally(norm_id=norm.pk), **step(standing.says if standing else None, None))
        votes += erased
    append("norm_endorsements.erased", votes=votes)
    return votes


def _held(respondent: Respondent, norm: Norm) -> Norm:
    """Let this respondent do nothing else meanwhile, and nobody retire or undo the norm. Raises NormGone where there is none."""
    for held in Norm.objects.raw(LOCK, [respondent.pk, norm.pk]):
        return held
    raise NormGone


def _said(respondent: Respondent, norm: Norm) -> NormEndorsement | None:
    return NormEndorsement.objects.standing().filter(respondent=respondent, norm=norm).first()


def _replace(before: NormEndorsement | None) -> None:
    if before:
        NormEndorsement.objects.filter(pk=before.pk).update(replaced_at=timezone.now())
