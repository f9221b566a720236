"""How much of a thing is usual, how long to wait where there is more, and counters whose size no flood can change. Free of Django.

Counters are a count-min sketch (Cormode and Muthukrishnan, J. Algorithms 55, 2005): ROWS rows of WIDTH cells; a key has one cell in each row, every
use adds one to all of them, and the least of them is what it counts. It never counts too little; in a flood of other keys it may count too much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest

WINDOW = 600  # seconds
ROWS = 4
WIDTH = 2**16  # cells of 16 bits a row: 512 KiB a window and thing, whoever comes
LONGEST = 120  # seconds to wait


@dataclass(frozen=True, slots=True)
class Limit:
    """`usual`: how many in WINDOW seconds nobody is slowed for, by what is counted. `closes`: what is counted, and how many times the usual shuts it for a while."""

    name: str
    usual: Mapping[str, int]
    closes: Mapping[str, int]

    def wait(self, counts: Mapping[str, int], times: float) -> int:
        """Seconds somebody has to have waited, by the fullest of the counters. `times`: how many times looser than usual."""
        return max((wait_at(n / (self.usual[of] * times)) for of, n in counts.items()), default=0)

    def is_shut(self, counts: Mapping[str, int], times: float) -> bool:
        """Whether it is so full that waiting does not help before it has emptied."""
        return any(
            counts.get(of, 0) >= self.usual[of] * times * factor
            for of, factor in self.closes.items()
        )


# A town hall, a library or a care home is one network: hundreds come in at once. What is counted for the site or a code never shuts, or whoever
# floods it would keep everybody out.
JOINING = Limit("joining", {"network": 300, "code": 1000, "site": 3000}, {"network": 10})
GUESSING = Limit("guessing", {"network": 60, "site": 2000}, {})  # codes that fit nothing
SIGNING_IN = Limit("signing_in", {"site": 500}, {})  # passwords that did not fit
ASKING = Limit(
    "asking",
    {"network": 1200, "site": 30000, "account": 2400, "seat": 1200, "program": 2400},
    {"network": 1, "site": 1, "account": 1, "seat": 1, "program": 1},
)  # the API: programs are told when to come back
PROPOSING = Limit("proposing", {"program": 20}, {"program": 1})
EXPORTING = Limit("exporting", {"account": 60, "program": 60}, {"account": 1, "program": 1})


def wait_at(fullness: float) -> int:
    """Seconds to wait at so many times the usual: 0 below, then 2, 4, 8, twice as long with each fifth more, to LONGEST."""
    if fullness < 1:
        return 0
    fifths = int((min(fullness, 9.0) - 1) * 5 + 1e-9)
    return int(min(2 ** (1 + fifths), LONGEST))


def cells(key: bytes, kind: str, value: str) -> tuple[int, ...]:
    """The cell of a counter in each row, as places in one string of cells. Without `key` nobody can tell whose it is, or make others meet it."""
    told = digest(key, f"{kind}\0{value}".encode(), sha256)
    places = (int.from_bytes(told[2 * row : 2 * row + 2], "big") for row in range(ROWS))
    return tuple(row * WIDTH + place for row, place in enumerate(places))


def estimate(now: Sequence[int], before: Sequence[int], gone: float) -> int:
    """What a counter comes to over the last WINDOW seconds: its cells in this window, and of those in the one before the part not gone yet."""
    return int(min(now, default=0) + min(before, default=0) * (1 - gone))
