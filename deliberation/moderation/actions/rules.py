"""Decide on people's rules: which become shared rules, so that everybody can say what they think of them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.moderation.actions.keeping import keep, told
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import StaleDecision
from deliberation.moderation.inverse import What
from deliberation.moderation.models import Decision
from deliberation.moderation.why import RULE_FITS, SAME_RULE, Why
from elicitation.extraction.models import NormCandidate
from elicitation.graph.actions.norm_keeping import hold_rule
from elicitation.graph.actions.norms import admit_norm, join_norm, take_out
from elicitation.graph.models import Norm, NormEvidence
from elicitation.record.actions import recorded

K = Decision.Kind


@recorded
def accept_rule(bench: Bench, rule: NormCandidate, seen: int, why: Why = RULE_FITS) -> Decision:
    """Make a new norm of `rule` as it stood at version `seen`. Raises StaleDecision, ReasonMissing."""
    _ensure_fresh(rule, seen)
    norm = admit_norm(rule)
    return _keep(bench, What(K.ACCEPT_RULE, rule=rule.pk, norm=norm.pk), why, rule)


@recorded
def join_rule(
    bench: Bench, rule: NormCandidate, seen: int, norm: Norm, why: Why = SAME_RULE
) -> Decision:
    """Let `rule` stand in `norm`, whose words its author is asked about. Raises StaleDecision, ReasonMissing, NormGone, OtherInquiry."""
    _ensure_fresh(rule, seen)
    joined = join_norm(rule, norm)
    return _keep(bench, What(K.JOIN_RULE, rule=rule.pk, norm=joined.pk), why, rule)


@recorded
def drop_rule(bench: Bench, rule: NormCandidate, seen: int, why: Why) -> Decision:
    """Leave `rule` out of the graph, with a reason its author can read. Raises StaleDecision, ReasonMissing."""
    _ensure_fresh(rule, seen)
    return _keep(bench, What(K.DROP_RULE, rule=rule.pk), why, rule)


@recorded
def remove_rule(bench: Bench, rule: NormCandidate, seen: int, why: Why) -> Decision:
    """Take `rule` out of the norm it stands in, which goes on with the words of who is left. Raises StaleDecision, ReasonMissing.

    What put it there is done with: the decision that is undone to bring it back is this one.
    """
    hold_rule(rule)
    evidence = NormEvidence.objects.filter(candidate=rule).first()
    if evidence is None or not NormCandidate.objects.filter(pk=rule.pk, version=seen).exists():
        raise StaleDecision(now=_("no longer as you saw it"))
    norm = evidence.norm_id
    told = dict(take_out(rule))
    return _keep(bench, What(K.REMOVE_RULE, rule=rule.pk, norm=norm), why, rule, inverse=told)


def _keep(bench: Bench, what: What, why: Why, rule: NormCandidate, **more: Any) -> Decision:
    since = rule.answered_at or rule.proposed_at
    waited = max(0, int((timezone.now() - since).total_seconds()))
    return keep(bench, what, why, card_version=rule.version, waited=waited, **more)


def _ensure_fresh(rule: NormCandidate, seen: int) -> None:
    """Lock the answer and the rule. Raises StaleDecision where it moved on, was decided on, or may not be read by everybody any more."""
    hold_rule(rule)
    now = NormCandidate.objects.released().filter(pk=rule.pk, version=seen).first()
    if now is None:
        raise StaleDecision(now=_("no longer as you saw it"))
    if other := now.decisions.settling_rules().filter(card_version=seen).last():
        raise StaleDecision(now=told(other))
    if NormEvidence.objects.filter(candidate=rule).exists():
        raise StaleDecision(now=_("part of a shared rule"))
    rule.refresh_from_db()
