"""Is it up, and can it work? For load balancers, operators and `make demo`."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from deliberation.assemblies.clock import Clock, clock
from deliberation.project.celery import HEARTBEAT
from elicitation.extraction.queries import oldest_waiting
from elicitation.record import queries as record

BEHIND = 120.0  # seconds
UNSEALED = 60.0  # seconds
PATIENCE = 2  # seconds


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 once the database, the broker and a worker are there; 503 with what is missing otherwise.

    `degraded` with 200: all are there, but answers have waited longer than two minutes, or entries of the record longer than one
    to be sealed, or the clock stands still, or what it rings for is long due.
    """
    checks = {"database": _answers(_database), "broker": _answers(broker)}
    checks["worker"] = _answers(worker) if checks["broker"] else False
    age = _queue_age() if checks["database"] else None
    sealing = _sealing() if checks["database"] else None
    ticking = clock() if checks["database"] else None
    if not all(checks.values()):
        status, code = "not ready", 503
    else:
        unsealed = sealing["waiting_seconds"] if sealing else None
        late = (
            (age or 0) > BEHIND or (unsealed or 0) > UNSEALED or not (ticking and ticking.is_well)
        )
        status, code = ("degraded" if late else "ok"), 200
    body = {
        "status": status,
        "checks": checks,
        "oldest_waiting_seconds": age,
        "worker_heard_seconds": _heard() if checks["worker"] else None,
        "record": sealing,
        "clock": _ticking(ticking) if ticking else None,
    }
    return JsonResponse(body, status=code)


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, redis.RedisError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def broker() -> bool:
    """Whether the broker answers. Raises RedisError."""
    return bool(_client().ping())


def worker() -> bool:
    """Whether a worker that reads answers gave a sign of life lately. Raises RedisError."""
    return bool(_client().exists(HEARTBEAT))


def _heard() -> float | None:
    """Seconds since a worker last took a task or was seen to have nothing to take; None where nobody knows."""
    try:
        told: Any = _client().get(HEARTBEAT)
    except redis.RedisError:
        return None
    return round(max(0.0, time.time() - int(told)), 1) if told else None


def _client() -> "redis.Redis":
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )


def _queue_age() -> float | None:
    return _since(oldest_waiting())


def _sealing() -> dict[str, float | int | None]:
    """The last head, its age, how many entries are in none yet, and for how long."""
    state = record.state()
    return {
        "last_head": state.head.size if state.head else None,
        "last_head_seconds": _since(state.head.sealed_at if state.head else None),
        "waiting": state.waiting,
        "waiting_seconds": _since(state.waiting_since),
    }


def _ticking(told: Clock) -> dict[str, object]:
    """Since the scheduler's last tick was heard by a worker, and the turns long due."""
    return {
        "ticked_seconds": _since(told.ticked_at),
        "stands_still": told.stands_still,
        "late": told.late,
    }


def _since(moment: datetime | None) -> float | None:
    return round((timezone.now() - moment).total_seconds(), 1) if moment else None
