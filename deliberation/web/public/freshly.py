"""A part of a page many ask for at once, made anew once for all of them: no older than it may be, and no more often than is cheap."""

import hashlib
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

FRESH = 0.4  # seconds a part is given out as it is
REST = 10  # making it takes at most one part in so many of the time,
LONGEST = 0.8  # but it is never older than so many seconds
MOST = 64  # parts kept


@dataclass(frozen=True, slots=True)
class Part:
    """A part and the name of this state of it."""

    html: bytes
    etag: str


@dataclass(slots=True)
class _Kept:
    """The last state of a part, and when the next is due; `making` is held by whoever makes it."""

    part: Part | None = None
    due: float = 0.0
    making: threading.Lock = field(default_factory=threading.Lock)


class Freshly:
    """The parts one process keeps, by key."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Kept] = {}

    def fresh(self, key: Hashable) -> Part | None:
        """The part, where nobody has to make it anew now."""
        kept = self._kept.get(key)
        if kept and (time.monotonic() < kept.due or kept.making.locked()):
            return kept.part
        return None

    def get(self, key: Hashable, make: Callable[[], str]) -> Part:
        """The part. One caller makes it anew where that is due; others go on with the last one meanwhile, and wait for the first.

        What `make` raises is raised to its caller alone, and the part is forgotten.
        """
        if part := self.fresh(key):
            return part
        if len(self._kept) >= MOST and key not in self._kept:
            self._kept.clear()
        kept = self._kept.setdefault(key, _Kept())
        with kept.making:
            if kept.part and time.monotonic() < kept.due:
                return kept.part
            try:
                return _made(kept, make)
            except Exception:
                self._kept.pop(key, None)
                raise

    def forget(self) -> None:
        """Make everything anew."""
        self._kept.clear()


def _made(kept: _Kept, make: Callable[[], str]) -> Part:
    began = time.monotonic()
    html = make().encode()
    kept.part = Part(html, f'"{hashlib.sha256(html).hexdigest()[:32]}"')
    now = time.monotonic()
    kept.due = now + min(max(FRESH, REST * (now - began)), LONGEST)
    return kept.part
