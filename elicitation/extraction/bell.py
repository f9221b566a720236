"""Whether a bell for readers lies unheard. Over the network one is enough for all answers that wait, so no other is put beside it.

The list is the fact (decision 0002): a bell that is lost, with whoever had it or with all of Valkey, is made up by the sweep.
"""

import logging
from functools import cache

import redis
from django.conf import settings

log = logging.getLogger(__name__)
LIES = "groundwork:reading:bell"
LIES_FOR = 5  # seconds after which a bell nobody heard counts as lost
PATIENCE = 1  # seconds


def put_down() -> bool:
    """Whether one may be rung now: none lies there. From now on one does, until it is heard. False where Valkey is away."""
    try:
        return bool(_valkey(settings.REDIS_URL).set(LIES, 1, nx=True, ex=LIES_FOR))
    except redis.RedisError as silent:
        log.warning("no bell: %s", silent)
        return False


def heard() -> None:
    """A reader has come, and looks at the list after this: for what is written on it later, one rings again."""
    try:
        _valkey(settings.REDIS_URL).unlink(LIES)
    except redis.RedisError as silent:
        log.warning("a bell goes on lying: %s", silent)


@cache
def _valkey(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
