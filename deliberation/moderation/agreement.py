"""How far two moderators agree on the same cards, beyond what chance would give. Free of Django, and of numerics.

Every card has exactly two answers, so both formulas are a few lines; the tests hold them to published examples and to the library `krippendorff`.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

Answer = TypeVar("Answer", bound=Hashable)
Pairs = Sequence[tuple[Answer, Answer]]  # first and second answer to one card
EVERY = 10  # one card in so many is asked of a second moderator


def is_drawn(card: UUID) -> bool:
    """Whether a card is one of those a second moderator is asked about: told by its key alone, so that nobody chooses which."""
    return int.from_bytes(sha256(card.bytes).digest()[:8], "big") % EVERY == 0


def observed(pairs: Pairs[Answer]) -> float | None:
    """The share of pairs that agree; None for no pairs."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(pairs: Pairs[Answer]) -> float | None:
    """Cohen's (1960) kappa, (o - e) / (1 - e), chance by each side's own shares. None where both gave one and the same answer throughout."""
    o = observed(pairs)
    if o is None:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in first)
    whole = len(pairs) ** 2
    if by_chance == whole:
        return None
    e = by_chance / whole
    return (o - e) / (1 - e)


def alpha(pairs: Pairs[Answer]) -> float | None:
    """Krippendorff's (2011) alpha for nominal answers, 1 - Do / De, all answers in one pool. None where there is one answer only."""
    pool = Counter(answer for pair in pairs for answer in pair)
    n = pool.total()
    unlike = n * n - sum(count * count for count in pool.values())
    if not unlike:
        return None
    apart = 2 * sum(a != b for a, b in pairs)
    return 1 - (n - 1) * apart / unlike
