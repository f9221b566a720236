"""Claim the values of an inquiry to be paired, and keep the pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Pairing, Transition, Value
from elicitation.interview.models import Inquiry
from elicitation.record.actions import append, recorded_at_once

LEASE = timedelta(minutes=10)
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """Two values to be compared in a context, and how close they are, in [0, 1]."""

    from_value: UUID
    to_value: UUID
    context: int | None
    likeness: float


@recorded_at_once
def start_pairing(inquiry: Inquiry) -> datetime:
    """Claim an inquiry. Returns when the claim was made: what is admitted later is for the next pairing. Raises TellingClaimed."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    Pairing.objects.bulk_create([Pairing(inquiry=inquiry)], ignore_conflicts=True)
    if not Pairing.objects.filter(free, pk=inquiry.pk).update(leased_until=now + LEASE):
        raise TellingClaimed
    append("values.pairing_started", inquiry=str(inquiry.pk))
    return now


@recorded_at_once
def keep_pairs(inquiry: Inquiry, pairs: Sequence[Found], since: datetime) -> int:
    """Keep new transitions, and that all values admitted until `since` were paired. Returns how many are new.

    A pair that is there already in its context, or whose value fell silent meanwhile, is passed over.
    """
    before = Transition.objects.filter(inquiry=inquiry).count()
    ends = {value for pair in pairs for value in (pair.from_value, pair.to_value)}
    held = Value.objects.standing().select_for_update(no_key=True).filter(pk__in=ends)
    standing = set(held.filter(inquiry=inquiry).order_by("pk").values_list("pk", flat=True))
    Transition.objects.bulk_create(
        (
            Transition(
                inquiry=inquiry,
                from_value_id=pair.from_value,
                to_value_id=pair.to_value,
                context_id=pair.context,
                source=Transition.Source.PAIRING,
                likeness=pair.likeness,
            )
            for pair in pairs
            if pair.from_value in standing and pair.to_value in standing
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    Pairing.objects.filter(pk=inquiry.pk).update(paired_at=since, leased_until=None)
    new = Transition.objects.filter(inquiry=inquiry).count() - before
    append("values.paired", inquiry=str(inquiry.pk), new=new)
    return new
