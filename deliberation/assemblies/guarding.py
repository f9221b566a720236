"""Who tried in vain to sign in has to wait, longer with each try: it slows guessing long before it keeps anybody out.

Counted are the name typed (whether or not there is such an account), the network, and both together, each by a keyed digest. Many people share one network, in a library
or a care home, so it may fail often; a name together with a network only a few times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest

from django.conf import settings
from django.utils import timezone

from deliberation.assemblies.errors import TooManyTries
from deliberation.assemblies.models import Tries

FREE = {"both": 5, "name": 20, "network": 100}  # failures before anybody has to wait
LONGEST = 900  # seconds
FORGOTTEN = timedelta(hours=1)  # without another failure


@dataclass(frozen=True, slots=True)
class Trying:
    """Somebody who tries to sign in: by which name, from which network; at which step, where it is not the password."""

    name: str
    network: str
    step: str = ""

    @property
    def keys(self) -> Mapping[str, str]:
        """What is counted, as digests."""
        name = self.name.strip().casefold()
        told = {"both": f"{name}\0{self.network}", "name": name}
        named = {kind: _digest(f"{kind}{self.step}\0{value}") for kind, value in told.items()}
        return {**named, "network": _digest(f"network\0{self.network}")}


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after the last of so many failures: nothing at first, then 1 s, 2 s, 4 s, to a quarter of an hour."""
    over = failures - free
    return timedelta(seconds=min(2 ** min(over, 10), LONGEST)) if over >= 0 else timedelta()


def ensure_may_try(trying: Trying) -> None:
    """Raises TooManyTries, which says for how long to wait."""
    now, keys = timezone.now(), trying.keys
    counted = {one.key: one for one in Tries.objects.filter(key__in=keys.values())}
    left = max(_left(counted.get(key), FREE[kind], now) for kind, key in keys.items())
    if left > timedelta():
        raise TooManyTries(seconds=int(left.total_seconds()) + 1)


def _left(counted: Tries | None, free: int, now: datetime) -> timedelta:
    if counted is None or counted.last_at < now - FORGOTTEN:
        return timedelta()
    return counted.last_at + wait_after(counted.failures, free) - now


def _digest(value: str) -> str:
    return digest(settings.SECRET_KEY.encode(), value.encode(), sha256).hex()
