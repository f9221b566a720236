"""What authors do with a rule that was read from their words: own, change or reject it."""

from dataclasses import asdict, dataclass

from django.db.models import F
from django.utils import timezone

from elicitation.extraction.errors import CardGone, RuleIncomplete
from elicitation.extraction.models import NormCandidate, NormQuote
from elicitation.interview.models import Response
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

State = NormCandidate.State


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in its author's words, in the parts of institutional grammar; a part that is open is ""."""

    attribute: str
    deontic: str
    aim: str
    acted_on: str
    conditions: str
    or_else: str


@recorded
def confirm_norm(norm: NormCandidate, public: bool) -> NormCandidate:
    """Its author says yes; `public` is whether the quoted words may be shown. Raises CardGone."""
    _hold(norm)
    _answer(norm, State.EDITED if norm.by_author else State.CONFIRMED, public)
    append("norm_candidate.confirmed", norm=str(norm.id), quotes_public=public)
    return norm


@recorded
def edit_norm(norm: NormCandidate, rule: Rule, public: bool) -> NormCandidate:
    """Its author puts the rule in other words, and owns it. Raises CardGone, RuleIncomplete."""
    _hold(norm)
    parts = asdict(rule)
    filled = [part for part in parts.values() if part]
    if (
        not rule.aim.strip()
        or rule.deontic not in NormCandidate.Deontic.values
        or any(map(fault, filled))
    ):
        raise RuleIncomplete
    NormCandidate.objects.filter(pk=norm.pk).update(by_author=True, **parts)
    _answer(norm, State.EDITED, public)
    append("norm_candidate.edited", norm=str(norm.id), quotes_public=public)
    return norm


@recorded
def reject_norm(norm: NormCandidate) -> NormCandidate:
    """Its author says: that is not it. Raises CardGone."""
    _hold(norm)
    _answer(norm, State.REJECTED, public=False)
    append("norm_candidate.rejected", norm=str(norm.id))
    return norm


def _hold(norm: NormCandidate) -> None:
    """Lock the answer, then the rule. Raises CardGone where either stands no more."""
    list(Response.objects.select_for_update().filter(revisions__readings=norm.reading_id))
    held = NormCandidate.objects.select_for_update().filter(pk=norm.pk)
    if not held.exclude(state=State.SUPERSEDED).exists():
        raise CardGone


def _answer(norm: NormCandidate, state: str, public: bool) -> None:
    NormCandidate.objects.filter(pk=norm.pk).update(
        state=state, answered_at=timezone.now(), version=F("version") + 1
    )
    NormQuote.objects.filter(norm=norm).update(public=public)
    norm.refresh_from_db()
