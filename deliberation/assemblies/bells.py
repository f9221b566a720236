"""The worker's doorbell. One that does not ring costs nothing but time: the sweep rings again."""

import logging
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring_on_commit(task: "Task[Any, Any]", ids: Iterable[UUID | int]) -> None:
    """Ring `task` for each of `ids` once what was written of them is committed."""

    def ring() -> None:
        try:
            for one in ids:
                task.delay(str(one))
        except OperationalError as silent:
            log.warning("no bell: %s", silent)

    transaction.on_commit(ring)
