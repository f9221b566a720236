"""Seats that seem to be one person's: keep what was found, judge it, say that it is wrong, and forget who takes back what they said."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Membership
from deliberation.opinion.exclusions import judged_of
from deliberation.opinion.models import Twins, TwinSeat
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded

if TYPE_CHECKING:  # what finds them needs numerics; what judges them does not
    from deliberation.opinion.twins import Group


@recorded
def keep(assembly: Assembly, found: "Sequence[Group]") -> int:
    """Keep the groups of seats that were found. What was judged stays as it is; what nobody judged and is not found any more goes.

    Returns how many are new.
    """
    Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    there = {frozenset(str(s.respondent_id) for s in one.seats.all()): one for one in assembly.twins.prefetch_related("seats")}  # fmt: skip
    judged = [seats for seats, one in there.items() if one.says]
    now = {frozenset(group.people): group for group in found}
    now = {seats: group for seats, group in now.items() if not any(seats <= old for old in judged)}
    for seats, one in there.items():
        if not one.says and seats not in now:
            one.delete()
    new = 0
    for seats, group in now.items():
        reasons = [asdict(reason) for reason in group.reasons]
        if old := there.get(seats):
            Twins.objects.filter(pk=old.pk).update(reasons=reasons)
            continue
        made, new = Twins.objects.create(assembly=assembly, reasons=reasons), new + 1
        TwinSeat.objects.bulk_create(TwinSeat(twins=made, respondent_id=one) for one in sorted(seats))  # fmt: skip
    append("twins.looked_for", assembly=assembly.slug, groups=len(now), new=new)
    return new


@recorded
def judge(assembly: Assembly, twins: Twins, says: Twins.Says, why: str) -> None:
    """Say whether some seats are one person's, with a reason; results heed it within seconds. Undecided takes a judgement back. Raises NotHere."""
    held = assembly.twins.select_for_update().filter(pk=twins.pk).first()
    if held is None:
        raise NotHere
    held.says, held.why, held.judged_at = says, why, timezone.now()
    held.save(update_fields=["says", "why", "judged_at"])
    append(
        "twins.judged",
        assembly=assembly.slug,
        twins=str(held.pk),
        says=str(says) or "undecided",
        seats=held.seats.count(),
    )


@recorded
def dispute(member: Membership, words: str) -> None:
    """Say of one's own seat that the judgement is wrong; whoever runs the assembly is asked to look again. Raises NotHere where nothing was judged."""
    mine = list(judged_of(member).values_list("pk", flat=True))
    if not mine:
        raise NotHere
    TwinSeat.objects.filter(pk__in=mine).update(disputed=words, disputed_at=timezone.now())
    append("twins.disputed", assembly=member.assembly.slug, groups=len(mine))


@recorded
def forget(respondent: Respondent) -> None:
    """Take a seat out of every group it was in; one seat alone is no group."""
    TwinSeat.objects.filter(respondent=respondent).delete()
    lonely = Twins.objects.annotate(n=Count("seats")).filter(n__lt=2)
    erased, _ = lonely.delete()
    append("twins.forgotten", respondent=str(respondent.pk), groups=erased)
