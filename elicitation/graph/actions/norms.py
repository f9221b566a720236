"""Let people's rules into the graph, and out of it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, ProtectedError

from elicitation.extraction.models import NormCandidate
from elicitation.graph.actions.norm_keeping import hold_norm, hold_rule, take_words, words_of
from elicitation.graph.errors import NormGone, NormInUse, NormShared, NormWeighed, OtherInquiry
from elicitation.graph.models import Norm, NormEvidence
from elicitation.interview.models import Inquiry
from elicitation.record.actions import append, recorded


@recorded
def admit_norm(rule: NormCandidate) -> Norm:
    """Make a new norm of a person's rule, in its words."""
    hold_rule(rule)
    norm = Norm.objects.create(inquiry=_inquiry(rule), worded_from=rule, **words_of(rule))
    NormEvidence.objects.create(norm=norm, candidate=rule)
    append("norm.admitted", norm=str(norm.pk), candidate=str(rule.pk))
    return norm


@recorded
def join_norm(rule: NormCandidate, norm: Norm) -> Norm:
    """Let a person's rule stand in a norm that is there already. Raises NormGone, OtherInquiry."""
    hold_rule(rule)
    held = hold_norm(norm.pk)
    if held.retired_at:
        raise NormGone
    if held.inquiry_id != _inquiry(rule).pk:
        raise OtherInquiry
    NormEvidence.objects.create(norm=held, candidate=rule)
    append("norm.joined", norm=str(held.pk), candidate=str(rule.pk))
    return held


@recorded
def release_norm(rule: NormCandidate) -> Norm | None:
    """Take a person's rule out of the norm it stands in, which goes on with the words of who is left. None where it stood in none."""
    evidence = NormEvidence.objects.filter(candidate=rule).first()
    if evidence is None:
        append("norm.not_touched", candidate=str(rule.pk))
        return None
    norm = hold_norm(evidence.norm_id)
    evidence.delete()
    append("norm.released", norm=str(norm.pk), candidate=str(rule.pk))
    if norm.worded_from_id == rule.pk or not norm.evidence.exists():
        take_words(norm)
    return norm


@recorded
def take_out(rule: NormCandidate) -> Mapping[str, Any]:
    """The same by a moderator. Returns what put_back needs; {} where the rule stood in no norm."""
    hold_rule(rule)
    evidence = NormEvidence.objects.filter(candidate=rule).select_related("norm").first()
    if evidence is None:
        append("norm.not_touched", candidate=str(rule.pk))
        return {}
    said = evidence.norm.evidence.filter(meant=NormEvidence.Meant.SAME)
    told = {
        "norm": str(evidence.norm_id),
        "at": evidence.at.isoformat(),
        "worded": evidence.norm.worded_from_id == rule.pk,
        "said": [str(pk) for pk in said.values_list("candidate", flat=True)],
    }
    release_norm(rule)
    return told


@recorded
def put_back(rule: NormCandidate, told: Mapping[str, Any]) -> Norm | None:
    """Undo take_out exactly: the rule stands where it stood, and words its norm again if it did. None where the norm is gone."""
    hold_rule(rule)
    norm = Norm.objects.select_for_update().filter(pk=told["norm"]).first()
    if norm is None or NormEvidence.objects.filter(candidate=rule).exists():
        append("norm.not_touched", candidate=str(rule.pk))
        return None
    evidence = NormEvidence.objects.create(norm=norm, candidate=rule)
    NormEvidence.objects.filter(pk=evidence.pk).update(at=datetime.fromisoformat(told["at"]))
    if told["worded"] or norm.retired_at:
        words = {**words_of(rule), "worded_from": rule, "retired_at": None}
        Norm.objects.filter(pk=norm.pk).update(version=F("version") + 1, **words)
    norm.evidence.filter(candidate__in=told["said"]).update(meant=NormEvidence.Meant.SAME)
    append("norm.put_back", norm=str(norm.pk), candidate=str(rule.pk))
    return norm


@recorded
def dissolve_norm(norm: Norm, rule: NormCandidate | None) -> None:
    """Undo admit_norm exactly: it is gone as if it had not been; `rule` may still stand in it. Raises NormShared, NormWeighed, NormInUse."""
    held = hold_norm(norm.pk)
    if held.evidence.exclude(candidate=rule).exists():
        raise NormShared
    if held.endorsements.exists():
        raise NormWeighed
    try:
        held.delete()
    except ProtectedError as used:
        raise NormInUse from used
    append("norm.dissolved", norm=str(norm.pk), candidate=str(rule.pk) if rule else None)


@recorded
def mean_norm(rule: NormCandidate) -> NormEvidence:
    """Its author finds their rule in the words of the norm it stands in. Raises NormGone."""
    evidence = NormEvidence.objects.select_for_update().filter(candidate=rule).first()
    if evidence is None:
        raise NormGone
    evidence.meant = NormEvidence.Meant.SAME
    evidence.save(update_fields=["meant"])
    append("norm.meant", norm=str(evidence.norm_id), candidate=str(rule.pk))
    return evidence


def _inquiry(rule: NormCandidate) -> Inquiry:
    return rule.reading.revision.response.prompt.inquiry
