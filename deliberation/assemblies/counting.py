"""Count who comes how often, in Valkey: fixed room, gone by itself, and nobody's name or network in it.

Where Valkey is away nothing is counted and everybody is let through: a deaf broker must not keep citizens out, and what must not be guessed is safe
without this (codes of 80 bits; passwords and second factors are slowed in PostgreSQL, without which nobody comes in at all). See decision 0037.
"""

import time
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from hmac import digest
from typing import Any

import redis
from django.conf import settings

from deliberation.assemblies.pacing import ROWS, WINDOW, Limit, cells, estimate

PATIENCE = 0.2  # seconds for Valkey to answer
REST = 5.0  # seconds it is not asked after it did not
_rests_until = [0.0]


def count(limit: Limit, by: Mapping[str, str]) -> dict[str, int]:
    """One more. What each counter comes to with it, by what is counted; nothing where nobody can tell."""
    return _asked(limit, by, more=True)


def counted(limit: Limit, by: Mapping[str, str]) -> dict[str, int]:
    """The same without counting."""
    return _asked(limit, by, more=False)


def first_use(ticket: str) -> bool:
    """Whether nobody has used this ticket lately. Where nobody can tell, it is."""
    once = Limit("ticket", {"ticket": 1}, {})
    return count(once, {"ticket": ticket}).get("ticket", 1) <= 1


def _asked(limit: Limit, by: Mapping[str, str], more: bool) -> dict[str, int]:
    now = time.time()
    if time.monotonic() < _rests_until[0]:
        return {}
    window, gone = int(now // WINDOW), now % WINDOW / WINDOW
    key = digest(settings.SECRET_KEY.encode(), b"groundwork.pace", sha256)
    places = [place for kind, value in by.items() for place in cells(key, kind, value)]
    try:
        this, before = _told(limit.name, window, places, more)
    except redis.RedisError:
        _rests_until[0] = time.monotonic() + REST
        return {}
    rows = range(0, len(places), ROWS)
    each = (estimate(this[n : n + ROWS], before[n : n + ROWS], gone) for n in rows)
    return dict(zip(by, each, strict=True))


def _told(name: str, window: int, places: list[int], more: bool) -> tuple[list[int], list[int]]:
    """The cells of this window, one added to each for `more`, and of the one before. Raises RedisError."""
    held = f"groundwork:pace:{name}:"
    looking = [part for place in places for part in ("GET", "u16", f"#{place}")]
    adding = [part for place in places for part in ("INCRBY", "u16", f"#{place}", 1)]
    pipe: Any = _client(settings.REDIS_URL).pipeline(transaction=False)
    pipe.execute_command("BITFIELD", f"{held}{window - 1}", *looking)
    if more:
        pipe.execute_command("BITFIELD", f"{held}{window}", "OVERFLOW", "SAT", *adding)
        pipe.expire(f"{held}{window}", 2 * WINDOW)
    else:
        pipe.execute_command("BITFIELD", f"{held}{window}", *looking)
    before, this, *_ = pipe.execute()
    return this, before


@cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
