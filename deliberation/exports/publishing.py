"""Make a release: claim it, count everything as of one moment, look at it beside every earlier one with no transaction open, make it public whole."""

import logging
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.exports import copying, releasing
from deliberation.exports.actions import releasing as actions
from deliberation.exports.actions.packing import LEASE
from deliberation.exports.errors import ReleaseOutlived, StillWeighing
from deliberation.exports.holding import held
from deliberation.exports.models import ReleaseRequest
from deliberation.exports.progress import Progress, Stopped
from deliberation.exports.solving import StandsOut, ensure_nobody_stands_out

log = logging.getLogger(__name__)
BEAT = LEASE.total_seconds() / 4
State, Step = ReleaseRequest.State, ReleaseRequest.Step


def due() -> QuerySet[ReleaseRequest]:
    """Releases no worker is at, that wait or whose worker is gone."""
    free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    return ReleaseRequest.objects.filter(free, state__in=[State.WAITING, State.MAKING])


def all_asked(assembly: Assembly) -> QuerySet[ReleaseRequest]:
    """The releases somebody asked for here, without their counts."""
    found = assembly.release_requests.select_related("assembly", "release__assembly")
    return found.defer("release__rows", "release__remembered")


def asked(assembly: Assembly, request_id: UUID) -> ReleaseRequest:
    """A release somebody asked for here. Raises NotHere."""
    if found := all_asked(assembly).filter(pk=request_id).first():
        return found
    raise NotHere


def make_if_due(pk: UUID) -> None:
    """The worker's way in: what another is at, or what has ended, is passed over."""
    request = due().filter(pk=pk).select_related("assembly").first()
    if request is None or not actions.claim(request):
        return
    try:
        with held(lambda step, _: actions.hold_on(request, step), BEAT) as progress:
            counted = _counted(request, progress)
        actions.publish(request, counted)
    except (ReleaseOutlived, Stopped):
        log.info("another worker has this release: %s", pk)
    except (StandsOut, StillWeighing) as refused:
        log.warning("a release was refused: %s: %s", pk, type(refused).__name__)
        actions.give_up(request, type(refused).__name__, for_good=True)
    except Exception as fault:  # whatever a database or a library does: it is tried again
        log.exception("a release could not be made: %s", pk)
        actions.give_up(request, type(fault).__name__)


def _counted(request: ReleaseRequest, progress: Progress) -> actions.Counted:
    """Raises Stopped, StandsOut."""
    progress.step(Step.COUNTING)
    moment = timezone.now()
    with copying.snapshot():
        last = request.assembly.releases.last()
        rows, remembered = releasing.rows(request.assembly, last)
    progress.step(Step.COMPARING)
    earlier = request.assembly.releases.values_list("rows", flat=True)
    ensure_nobody_stands_out(rows, earlier.iterator(chunk_size=1))
    progress.check()
    return actions.Counted(last.number + 1 if last else 1, moment, rows, remembered)
