"""Ask for a release, claim it, go on holding it, make it public whole or say why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from deliberation.assemblies.models import Assembly
from deliberation.exports.actions.packing import LEASE, MOST_TRIES
from deliberation.exports.errors import ReleaseOutlived, StillWeighing
from deliberation.exports.models import LONGEST_REASON, Release, ReleaseRequest
from deliberation.opinion.queries import counts_are_public
from elicitation.record.actions import append, recorded

State = ReleaseRequest.State


@dataclass(frozen=True, slots=True)
class Counted:
    """What a release will tell. `number`: which it is, the next after all it was looked at beside; `as_of`: the moment of its counts."""

    number: int
    as_of: datetime
    rows: Sequence[Mapping[str, Any]]
    remembered: Mapping[str, Any]


@recorded
def ask(assembly: Assembly) -> ReleaseRequest:
    """Ask for the next release, which can never be taken back from who has it; the one under way, where there is one. Raises StillWeighing."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if not counts_are_public(assembly):
        raise StillWeighing
    under_way = assembly.release_requests.filter(state__in=[State.WAITING, State.MAKING])
    found: ReleaseRequest = under_way.first() or ReleaseRequest.objects.create(assembly=assembly)
    append("release.asked", assembly=assembly.slug, request=str(found.pk))
    return found


@recorded
def claim(request: ReleaseRequest) -> bool:
    """Take a release to make it; False where another worker is at it, or it has ended. Tried too often, it has failed."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    open_ = [State.WAITING, State.MAKING]
    due = ReleaseRequest.objects.filter(free, pk=request.pk, state__in=open_)
    taken = due.filter(tries__lt=MOST_TRIES).update(
        state=State.MAKING, step="", tries=F("tries") + 1, leased_until=now + LEASE
    )
    if not taken:
        due.update(state=State.FAILED, leased_until=None, failure="WorkerLost")
    append("release.claimed", request=str(request.pk), taken=bool(taken))
    request.refresh_from_db()
    return bool(taken)


@recorded
def hold_on(request: ReleaseRequest, step: str) -> bool:
    """Go on holding a release, and say how far it is; False where another worker has it now."""
    held = _mine(request).update(leased_until=timezone.now() + LEASE, step=step)
    append("release.held", request=str(request.pk), step=step)
    return bool(held)


@recorded
def publish(request: ReleaseRequest, counted: Counted) -> Release:
    """Make a release public, whole. Raises ReleaseOutlived where another worker has it or another release came between, and StillWeighing."""
    assembly = Assembly.objects.select_for_update().get(pk=request.assembly_id)
    if not counts_are_public(assembly):
        raise StillWeighing
    last = assembly.releases.last()
    if counted.number != (last.number + 1 if last else 1):
        raise ReleaseOutlived
    made = Release.objects.create(
        assembly=assembly,
        number=counted.number,
        rows=list(counted.rows),
        remembered=dict(counted.remembered),
        made_at=counted.as_of,
    )
    if not _mine(request).update(state=State.PUBLIC, leased_until=None, release=made):
        raise ReleaseOutlived
    append("release.published", assembly=assembly.slug, release=made.number)
    return made


@recorded
def give_up(request: ReleaseRequest, why: str, *, for_good: bool = False) -> None:
    """Note why a release could not be made. It is tried again, MOST_TRIES times in all; not where that would change nothing (`for_good`)."""
    over = for_good or request.tries >= MOST_TRIES
    _mine(request).update(
        state=State.FAILED if over else State.WAITING,
        failure=why[:LONGEST_REASON],
        leased_until=None if over else timezone.now() + LEASE,
    )
    append("release.failed", request=str(request.pk), for_good=over)


def _mine(request: ReleaseRequest) -> Any:
    """The row, as long as this try of it is the one that holds it."""
    return ReleaseRequest.objects.filter(pk=request.pk, state=State.MAKING, tries=request.tries)
