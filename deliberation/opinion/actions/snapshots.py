"""Say how groups are to be found; claim what is to be computed, and keep the result whole."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from deliberation.opinion import places, rules
from deliberation.opinion.errors import AnalysisOutlived, AnalysisUnderWay, GroupsUnreasonable
from deliberation.opinion.models import Analysis, Layout, Wanted
from deliberation.opinion.snapshots import Subject, erased, named
from elicitation.interview.models import Inquiry, Respondent
from elicitation.record.actions import append, recorded, recorded_at_once

LEASE = timedelta(
    seconds=600
)  # above a task's hard limit: no worker is still at it when it runs out


@recorded
def choose(subject: Subject, mode: str, groups: int | None) -> Wanted:
    """Say by which rule, and into how many groups (None: the best number), people are grouped. Raises GroupsUnreasonable."""
    fits = groups is None or rules.FEWEST_GROUPS <= groups <= rules.MOST_GROUPS
    if mode not in rules.GROUPS or not fits:
        raise GroupsUnreasonable(fewest=rules.FEWEST_GROUPS, most=rules.MOST_GROUPS)
    said = {"mode": mode, "groups": groups}
    wanted, _ = Wanted.objects.update_or_create(**named(subject), defaults=said)
    append("groups.chosen", of=str(subject.pk), **said)
    return wanted


@recorded_at_once
def claim(subject: Subject) -> Wanted:
    """Take the computing of a result; a dead worker's claim runs out. Raises AnalysisUnderWay where another has it."""
    now = timezone.now()
    wanted, _ = Wanted.objects.get_or_create(**named(subject))
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    if not Wanted.objects.filter(free, pk=wanted.pk).update(leased_until=now + LEASE):
        raise AnalysisUnderWay
    append("analysis.claimed", of=str(subject.pk))
    wanted.refresh_from_db()
    return wanted


@recorded_at_once
def let_go(claimed: Wanted) -> None:
    """Give a claim back: there was nothing to compute, or nothing more."""
    Wanted.objects.filter(pk=claimed.pk, leased_until=claimed.leased_until).update(
        leased_until=None
    )
    append("analysis.let_go", of=str(claimed.inquiry_id or claimed.conversation_id))


@recorded_at_once
def keep(
    claimed: Wanted, results: Sequence[Analysis], *, goes_on: bool = False, positions: bytes = b""
) -> Sequence[Analysis]:
    """Keep what was computed under a claim, and let go of it; where the work `goes_on`, hold it anew. `positions`: where a graph among it is drawn.

    Of results made within an hour by one rule only the last stays. Who was placed where stays with the newest of a kind alone, without
    those who erased what they said in the meantime. Raises AnalysisOutlived where the claim had run out and another took it.
    """
    until = timezone.now() + LEASE if goes_on else None
    held = Wanted.objects.filter(pk=claimed.pk, leased_until=claimed.leased_until)
    if not held.update(leased_until=until):
        raise AnalysisOutlived
    claimed.leased_until = until
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for result in results:
        result.inquiry_id, result.conversation_id = claimed.inquiry_id, claimed.conversation_id
        earlier = Analysis.objects.filter(
            inquiry=claimed.inquiry_id, conversation=claimed.conversation_id, kind=result.kind
        )
        earlier.filter(rule=result.rule, wanted=result.wanted, made_at__gte=hour).delete()
        earlier.exclude(places=b"").update(places=b"")  # of use to the next result alone
        result.places = _still_here(result)
        result.save(force_insert=True)
        if positions and result.kind == Analysis.Kind.GRAPH:
            Layout.objects.create(analysis=result, positions=positions)
    append(
        "analysis.kept",
        of=str(claimed.inquiry_id or claimed.conversation_id),
        results=[{"id": str(r.pk), "kind": r.kind, "input_hash": r.input_hash} for r in results],
    )
    return results


@recorded
def forget(respondent: Respondent, inquiries: Collection[Inquiry]) -> None:
    """Take a voice out of the places kept with results of these inquiries; counts of the past stay as they were.

    Until the transaction ends no result of theirs is claimed or kept, so that what is erased beside this is in none that comes after.
    """
    Wanted.objects.bulk_create([Wanted(inquiry=one) for one in inquiries], ignore_conflicts=True)
    asked = Wanted.objects.filter(inquiry__in=inquiries).order_by("pk")
    touched, held = 0, list(asked.select_for_update().values_list("inquiry", flat=True))
    placed = Analysis.objects.filter(inquiry__in=held).exclude(places=b"")
    for result in placed.only("places").iterator():
        left = places.without(bytes(result.places), {str(respondent.pk)})
        if left != bytes(result.places):
            touched += Analysis.objects.filter(pk=result.pk).update(places=left)
    append("places.forgotten", respondent=str(respondent.pk), results=touched)


def _still_here(result: Analysis) -> bytes:
    """The places of a result without those who erased what they said since it was read."""
    packed = bytes(result.places)
    people = places.unpack(packed).people if result.inquiry_id else ()
    return places.without(packed, erased(people))
