"""Make a package: claim it, read the tables as of one moment, write the rest from them with no transaction open, pack it, offer it whole.

While a worker is at it a second thread says so; a worker that falls silent loses its claim, and the next one begins anew in an empty folder.
"""

import logging
import shutil
from dataclasses import asdict
from functools import partial
from uuid import UUID

from django.utils import timezone

from deliberation.exports import composing, copying, packages, parcel, writing
from deliberation.exports.actions import packing as actions
from deliberation.exports.errors import PackageOutlived
from deliberation.exports.holding import held
from deliberation.exports.leaks import Leaked
from deliberation.exports.models import Bundle, folder
from deliberation.exports.progress import Stopped

log = logging.getLogger(__name__)
BEAT = actions.LEASE.total_seconds() / 4


def make_if_due(pk: UUID) -> None:
    """The worker's way in: what another is at, or what has ended, is passed over."""
    bundle = packages.due().filter(pk=pk).select_related("assembly", "undertaking").first()
    if bundle is None or not actions.claim(bundle):
        return
    try:
        _make(bundle)
    except (PackageOutlived, Stopped):
        log.info("another worker has this package: %s", pk)
    except Leaked as found:
        actions.give_up(bundle, "Leaked", asdict(found.leak))
    except Exception as fault:  # whatever a disk or a library does: it is tried again
        log.exception("a package could not be made: %s", pk)
        actions.give_up(bundle, type(fault).__name__)


def take_away() -> int:
    """Offer no longer what is old or holds words taken back since, and erase every file nobody is offered. Returns how many packages."""
    gone = list(packages.to_withdraw())
    for bundle, why in gone:
        actions.withdraw(bundle, why)
    if folder().is_dir():
        _erase_unknown()
    return len(gone)


def _make(bundle: Bundle) -> None:
    bench = bundle.bench
    shutil.rmtree(bench, ignore_errors=True)
    bench.mkdir(parents=True, mode=0o700)
    files, file = bench / "files", bench / "package.zip"
    try:
        with (
            held(partial(actions.hold_on, bundle), BEAT) as progress,
            composing.beside(files, file, bundle.assembly.slug) as at_hand,
        ):
            moment = timezone.now()
            with copying.snapshot():
                acts = packages.recent_acts(moment)
                facts = writing.read_out(
                    bundle.assembly, files, progress, at_hand, bundle.undertaking
                )
            manifest = composing.compose(facts, files, progress, at_hand)
        sha256 = parcel.sha256(file)
        size = file.stat().st_size
        file.replace(bundle.path)
        told = {name: manifest[name] for name in ("withheld", "rows", "content", "parquet")}
        if not actions.keep(bundle, actions.Made(moment, acts, told, size, sha256)):
            bundle.path.unlink(missing_ok=True)
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def _erase_unknown() -> None:
    offered = {str(pk) for pk in Bundle.objects.filter(state=Bundle.State.READY).values_list("pk", flat=True)}  # fmt: skip
    making = {str(pk) for pk in Bundle.objects.filter(state__in=[Bundle.State.WAITING, Bundle.State.MAKING]).values_list("pk", flat=True)}  # fmt: skip
    for path in folder().iterdir():
        if path.is_dir() and path.name.removeprefix(".") not in making:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".zip" and path.stem not in offered | making:
            path.unlink(missing_ok=True)
