"""The worker's doorbell. One that does not ring costs nothing but time: the sweep rings again."""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring_on_commit(ring: Callable[[str], object], ids: Iterable[UUID | int]) -> None:
    """Call `ring`, a task's `delay` for one, with each of `ids` once what was written of them is committed."""

    def ring_all() -> None:
        try:
            for one in ids:
                ring(str(one))
        except OperationalError as silent:
            log.warning("no bell: %s", silent)

    transaction.on_commit(ring_all)
