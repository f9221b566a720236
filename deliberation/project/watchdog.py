"""A worker watches itself: it will not work on a broker that evicts, and begins anew where work waits and it takes none.

After a broker went away and came back a worker may hold a connection on which nothing ever arrives; it looks alive and reads nothing.
"""

import atexit
import logging
import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any

import redis
from billiard import active_children
from celery import bootsteps
from celery.worker import state

log = logging.getLogger(__name__)
LOOK_EVERY = 2.0  # seconds
DEAF_AFTER = 12.0  # seconds in which work waits, and none is taken, and none is under way
LEAVE = 10.0  # seconds to end kindly
PATIENCE = 2  # seconds for the broker
UNFIT = 78  # the exit code of a wrong configuration
MOST_FALLS = (
    10  # so often in a row may a worker fall young, each within DEAF_AFTER of its beginning
)
FELL = "GROUNDWORK_WORKER_FELL"  # how often it did, handed on to the program that takes its place
CONNECTED = threading.Event()  # this worker came so far as to hear


class Attention:
    """When this worker last took a task, or was seen to have nothing to take. Times in seconds of the epoch."""

    def __init__(self) -> None:
        self.took_at = self.fine_at = time.time()
        self._total = 0

    def look(self, waiting: int, now: float) -> bool:
        """Whether it still hears: `waiting` messages lie in its queues at `now`."""
        total: int = state.all_total_count[0]
        if total != self._total:
            self._total, self.took_at, self.fine_at = total, now, now
        elif not waiting or state.active_requests or state.reserved_requests:
            self.fine_at = now
        return now - self.fine_at < DEAF_AFTER


ATTENTION = Attention()


class EvictsNothing(bootsteps.StartStopStep):
    """Each time a worker has connected, it looks at what the broker does when memory runs out: evicted doorbells ring for nobody."""

    requires = ("celery.worker.consumer.connection:Connection",)

    def start(self, consumer: Any) -> None:
        policy = eviction(redis.Redis.from_url(consumer.app.conf.broker_url))
        if policy != "noeviction":
            log.critical("The broker evicts: set its maxmemory-policy to noeviction. %s", policy)
            state.should_stop = UNFIT  # type: ignore[assignment]  # its stubs know None alone
            raise SystemExit(UNFIT)
        CONNECTED.set()


class Watchdog(bootsteps.StartStopStep):
    """A thread beside the worker's own loop, for the loop may be what hangs."""

    def start(self, worker: Any) -> None:
        self.over, self.began, self.pid = threading.Event(), time.time(), os.getpid()
        self.queues = sorted(worker.app.amqp.queues.consume_from)
        self.broker = redis.Redis.from_url(
            worker.app.conf.broker_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        threading.Thread(target=self._watch, daemon=True, name="watchdog").start()
        atexit.register(self._ended)

    def stop(self, worker: Any) -> None:
        self.over.set()

    def _ended(self) -> None:
        """A worker that ends and nobody asked it to met a fault, of its connection for one, and begins anew.

        Kombu falls over its own closed connection where the broker went away between a message and its acknowledgement. Who never came so far as
        to hear ends, and says why; so does who falls young again and again.
        """
        asked = (state.should_stop, state.should_terminate) != (None, None)
        if os.getpid() != self.pid or asked or not CONNECTED.is_set():
            return
        is_young = time.time() - self.began <= DEAF_AFTER
        falls = int(os.environ.get(FELL, "0")) + 1 if is_young else 0
        if falls >= MOST_FALLS:
            log.critical("ended by a fault for the %dth time in a row, and stays ended", falls)
            return
        log.critical("ended by a fault: beginning anew")
        os.environ[FELL] = str(falls)
        _replace()

    def _watch(self) -> None:
        while not self.over.wait(LOOK_EVERY):
            if not ATTENTION.look(waiting(self.broker, self.queues), time.time()):
                log.critical("takes nothing though work waits: beginning anew")
                begin_anew()
                return


def eviction(broker: "redis.Redis") -> str:
    """What the broker does when memory runs out. INFO, for hosted ones forbid CONFIG. Raises RedisError."""
    told: Any = broker.info("memory")
    return str(told.get("maxmemory_policy", "noeviction"))


def waiting(broker: "redis.Redis", queues: Iterable[str]) -> int:
    """How many messages lie in these queues; 0 where the broker is away, for then there is nothing to hear."""
    try:
        lengths: Any = [broker.llen(name) for name in queues]
    except redis.RedisError:
        return 0
    return int(sum(lengths))


def begin_anew() -> None:
    """End this worker as kindly as it lets us, and start the same program in its place."""
    atexit.register(_replace)
    state.should_stop = os.EX_OK  # type: ignore[assignment]  # as above
    time.sleep(LEAVE)
    _replace()


def _replace() -> None:
    for child in active_children():
        child.terminate()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  ourselves  # nosec B606
