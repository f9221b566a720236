"""Compute the lottery of a draw: claim, let another process compute with nothing open, keep what came of it.

The process gets numbers alone (see `lottery`), has a hash seed of its own, so that the same pool and quotas give the same lottery, and is ended where it takes too long.
"""

import json
import os
import subprocess  # nosec B404  our own file, by a Python the operator named
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.actions import lots
from deliberation.assemblies.models import Lot
from deliberation.assemblies.sortition import listed
from deliberation.assemblies.sortition.errors import PoolErased

PACKAGE = "sortition_algorithms"
LOTTERY = Path(__file__).parent / "sortition" / "lottery.py"
LONGEST = 500  # seconds, within what a worker's task may take
A_DAY = timedelta(days=1)
BROKEN = {"failure": "broke_off"}
HANDED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "GUROBI_HOME", "GRB_LICENSE_FILE")


def is_installed() -> bool:
    """Whether lotteries can be computed with what is installed beside this process, or with the Python that was named."""
    return bool(settings.SORTITION_PYTHON) or find_spec(PACKAGE) is not None


def due() -> QuerySet[Lot]:
    """Lotteries to be computed that no worker is at, the oldest first."""
    free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    return Lot.objects.filter(free, state=Lot.State.WAITING).order_by("made_at")


def for_a_command() -> list[Lot]:
    """Those due, and those that took a worker too long or were given up, asked for again."""
    longer = Lot.objects.filter(state=Lot.State.FAILED, failure__in=["took_too_long", "given_up"])
    for lot in longer.filter(pool__erased_at=None):
        lots.try_again(lot)
    return list(due())


def prepare_if_due(lot_id: UUID, longest: int | None = LONGEST) -> None:
    """The worker's way in. What is done, or at another worker, is passed over. `longest`: seconds, or None for as long as it takes."""
    lot = Lot.objects.select_related("pool").filter(pk=lot_id).first()
    lease = lots.LEASE if longest else A_DAY
    if lot is None or not lots.claim(lot, lease):
        return
    try:
        told = _computed(asked(lot), longest)
    except PoolErased:
        told = {"failure": "pool_erased"}
    if failure := told.get("failure"):
        lots.fail(lot, failure, _relaxed(lot, told.get("relaxed")))
    else:
        lots.keep_lottery(lot, *_renumbered(lot, told), told["method"])


def asked(lot: Lot) -> dict[str, Any]:
    """What the other process is asked: numbers alone. Raises PoolErased."""
    people = listed.people_of(lot.pool)
    could = _could(lot)
    columns = []
    for row in lot.quotas:
        number = {one["said"]: n for n, one in enumerate(row["answers"])}
        cells = people.column(row["column"])
        columns.append([number[cells[one]] for one in could])
    homes = listed.housemates(people, lot.pool.homes)
    return {
        "seats": lot.seats,
        "method": lot.method,
        "seed": int(lot.commitment[:8], 16) or 1,
        "people": [list(said) for said in zip(*columns, strict=True)],
        "quotas": [[[one["least"], one["most"]] for one in row["answers"]] for row in lot.quotas],
        "households": [homes[one] for one in could] if homes else None,
    }


def _could(lot: Lot) -> list[int]:
    """Whoever may be drawn, by their rows."""
    out = set(lot.left_out)
    return [one for one in range(lot.pool.people) if one not in out]


def _computed(ask: dict[str, Any], longest: int | None) -> dict[str, Any]:
    python = settings.SORTITION_PYTHON or sys.executable
    try:
        done = subprocess.run(  # noqa: S603  our own file  # nosec B603
            [python, "-P", str(LOTTERY)],
            input=json.dumps(ask),
            capture_output=True,
            text=True,
            timeout=longest,
            check=False,
            env={**_little(), "PYTHONHASHSEED": "0"},
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"failure": "took_too_long"}
    except (OSError, ValueError):
        return BROKEN
    return told


def _little() -> dict[str, str]:
    """What the solvers may know of this process: no key, password or address of the site."""
    return {name: os.environ[name] for name in HANDED_ON if name in os.environ}


def _renumbered(lot: Lot, told: dict[str, Any]) -> tuple[list[list[int]], list[float]]:
    """Panels by the rows of the pool."""
    could = _could(lot)
    return [[could[one] for one in panel] for panel in told["panels"]], told["chances"]


def _relaxed(lot: Lot, relaxed: Any) -> Any:
    """The nearest quotas that can be met, beside the answers they are for."""
    if not relaxed:
        return None
    return [
        {
            **row,
            "answers": [
                {**one, "least": least, "most": most}
                for one, (least, most) in zip(row["answers"], bounds, strict=True)
            ],
        }
        for row, bounds in zip(lot.quotas, relaxed, strict=True)
    ]
