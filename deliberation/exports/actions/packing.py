"""Ask for a package, claim it, go on holding it, offer it whole or say why not, and take it away again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Undertaking
from deliberation.exports.errors import PackageOutlived
from deliberation.exports.models import LONGEST_REASON, Bundle
from deliberation.exports.packages import is_offered
from elicitation.record.actions import append, recorded

State = Bundle.State
LEASE = timedelta(seconds=20)  # so long a worker may fall silent
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is whole. `as_of`: the moment it is of; `acts`: what had been taken back in the hour before; `told`: of its manifest."""

    as_of: datetime
    acts: Sequence[int]
    told: Mapping[str, Any]
    size: int
    sha256: str


@recorded
def ask(assembly: Assembly, under: Undertaking | None = None) -> Bundle:
    """Ask for a package, under what a researcher accepted (None: whoever runs the machine); the one under way, where there is one."""
    under_way = assembly.bundles.filter(state__in=[State.WAITING, State.MAKING])
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    found: Bundle = under_way.first() or Bundle.objects.create(assembly=assembly, undertaking=under)
    append("package.asked", assembly=assembly.slug, package=str(found.pk))
    return found


@recorded
def claim(bundle: Bundle) -> bool:
    """Take a package to make it; False where another worker is at it, or it has ended. Tried too often, it has failed."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Bundle.objects.filter(free, pk=bundle.pk, state__in=[State.WAITING, State.MAKING])
    taken = due.filter(tries__lt=MOST_TRIES).update(
        state=State.MAKING, step="", rows=0, tries=F("tries") + 1, leased_until=now + LEASE
    )
    if not taken:
        due.update(state=State.FAILED, leased_until=None, failure="WorkerLost")
    append("package.claimed", package=str(bundle.pk), taken=bool(taken))
    bundle.refresh_from_db()
    return bool(taken)


@recorded
def hold_on(bundle: Bundle, step: str, rows: int) -> bool:
    """Go on holding a package, and say how far it is; False where another worker has it now."""
    held = _mine(bundle).update(leased_until=timezone.now() + LEASE, step=step, rows=rows)
    append("package.held", package=str(bundle.pk), step=step)
    return bool(held)


@recorded
def keep(bundle: Bundle, made: Made) -> bool:
    """Offer a package made whole; not where words of it were taken back meanwhile: then it is gone, and this False. Raises PackageOutlived."""
    now = timezone.now()
    held = _mine(bundle).update(
        state=State.READY,
        leased_until=None,
        made_at=now,
        until=now + timedelta(days=settings.KEEP_PACKAGES_DAYS),
        as_of=made.as_of,
        acts=list(made.acts),
        told=dict(made.told),
        size=made.size,
        sha256=made.sha256,
    )
    if not held:
        raise PackageOutlived
    bundle.refresh_from_db()
    append("package.made", package=str(bundle.pk), sha256=made.sha256, size=made.size)
    if is_offered(bundle):
        return True
    _end(bundle, Bundle.Gone.TAKEN_BACK)
    return False


@recorded
def give_up(bundle: Bundle, why: str, where: Mapping[str, str] | None = None) -> None:
    """Note why a package could not be made. It is tried again, MOST_TRIES times in all; not where it is told what is wrong, and `where`."""
    over = where is not None or bundle.tries >= MOST_TRIES
    _mine(bundle).update(
        state=State.FAILED if over else State.WAITING,
        failure=why[:LONGEST_REASON],
        told=dict(where or {}),
        leased_until=None if over else timezone.now() + LEASE,
    )
    append("package.failed", package=str(bundle.pk), for_good=over)


@recorded
def withdraw(bundle: Bundle, why: Bundle.Gone) -> None:
    """Offer a package no longer."""
    _end(bundle, why)


@recorded
def note_taken(bundle: Bundle, under: Undertaking) -> None:
    """Write down that a package was taken along, under what its taker accepted."""
    append("export.made", assembly=bundle.assembly.slug, package=str(bundle.pk), sha256=bundle.sha256, undertaking=str(under.pk))  # fmt: skip


def _mine(bundle: Bundle) -> Any:
    return Bundle.objects.filter(pk=bundle.pk, state=State.MAKING, tries=bundle.tries)


def _end(bundle: Bundle, why: Bundle.Gone) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(state=State.GONE, gone=why)
    append("package.gone", package=str(bundle.pk), why=str(why))
