"""What acts on norms share: who locks what, in which order, and the words a norm carries."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from elicitation.extraction.models import PARTS, NormCandidate
from elicitation.graph.errors import NormGone
from elicitation.graph.models import Norm, NormEvidence
from elicitation.interview.models import Response
from elicitation.interview.queries import thread_ids
from elicitation.record.actions import append

SILENT: Mapping[str, Any] = {part: "" for part in PARTS if part != "deontic"}


def hold_norm(norm_id: UUID) -> Norm:
    """Lock a norm. Raises NormGone where it was undone meanwhile."""
    held = Norm.objects.select_for_update().filter(pk=norm_id).first()
    if held is None:
        raise NormGone
    return held


def hold_rule(rule: NormCandidate) -> None:
    """Lock the answer behind a person's rule, then the rule: the order of everybody who locks both."""
    list(Response.objects.select_for_update().filter(revisions__readings=rule.reading_id))
    list(NormCandidate.objects.select_for_update(no_key=True).filter(pk=rule.pk))


def hold_rules(response: Response) -> list[NormCandidate]:
    """Lock all rules read in an answer and what was said more to it, then the norms they stand in, each by key; the answers are held already."""
    read = NormCandidate.objects.filter(reading__revision__response__in=thread_ids(response.pk))
    held = NormCandidate.objects.select_for_update(no_key=True).filter(pk__in=read.values("pk"))
    rules = list(held.order_by("pk"))
    stood = Norm.objects.filter(evidence__candidate__in=rules)
    list(Norm.objects.select_for_update().filter(pk__in=stood.values("pk")).order_by("pk"))
    return rules


def take_words(norm: Norm) -> None:
    """Take the words of the earliest rule left, which every author but its own is asked about anew; or fall silent where none is."""
    left = norm.evidence.select_related("candidate").first()
    if left:
        words = {**words_of(left.candidate), "worded_from": left.candidate}
    else:
        words = {**SILENT, "worded_from": None, "retired_at": timezone.now()}
    Norm.objects.filter(pk=norm.pk).update(version=F("version") + 1, **words)
    norm.evidence.update(meant=NormEvidence.Meant.OPEN)
    append("norm.reworded", norm=str(norm.pk), retired=left is None)


def words_of(rule: NormCandidate) -> dict[str, Any]:
    """What a rule says, as a norm says it."""
    return {part: getattr(rule, part) for part in (*PARTS, "language")}
