"""How far people who judged the same cases agree, beyond what chance would give, and how far chance may have moved that. Free of Django, and of numerics.

The tests hold all of it to published examples and to the library `krippendorff`.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from hashlib import sha256
from math import sqrt
from typing import Any, TypeVar
from uuid import UUID

Answer = TypeVar("Answer", bound=Hashable)
Pairs = Sequence[tuple[Answer, Answer]]  # first and second answer to one case
Units = Sequence[Sequence[Answer]]  # the answers to each case; who gave none is left out of it
Interval = tuple[float, float]
USUAL = (
    10  # of a hundred cases, so many are asked of a second moderator where nobody set another share
)
WHOLE = 100
SURE = 1.959963984540054  # standard deviations that hold 95 % of a normal distribution


def is_drawn(case: UUID, per_cent: int = USUAL) -> bool:
    """Whether a case is one of those a second moderator is asked about: told by its key alone, so that nobody chooses which.

    Of a larger share all of a smaller one are part.
    """
    return int.from_bytes(sha256(case.bytes).digest()[:8], "big") % WHOLE < per_cent


def observed(pairs: Pairs[Answer]) -> float | None:
    """The share of pairs that agree; None for no pairs."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(pairs: Pairs[Answer]) -> float | None:
    """Cohen's (1960) kappa, (o - e) / (1 - e), chance by each side's own shares. None where both gave one and the same answer throughout."""
    o, e = observed(pairs), by_chance(pairs)
    return None if o is None or e is None else (o - e) / (1 - e)


def by_chance(pairs: Pairs[Answer]) -> float | None:
    """The share of pairs that would agree by each side's shares alone; None for no pairs, and where that is all of them."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    alike = sum(first[answer] * second[answer] for answer in first)
    whole = len(pairs) ** 2
    return None if alike == whole else alike / whole


def around_kappa(pairs: Pairs[Answer]) -> Interval | None:
    """The interval of kappa at 95 %, by its standard error in large samples: J. L. Fleiss, J. Cohen and B. S. Everitt (1969), Psychological Bulletin 72.

    None where kappa is none, or where all agree or nothing varies: no width can be told then.
    """
    k, e, n = kappa(pairs), by_chance(pairs), len(pairs)
    if k is None or e is None or k == 1:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    agreeing = apart = 0.0
    for (a, b), count in Counter(pairs).items():
        if a == b:
            agreeing += count / n * (1 - (first[a] + second[a]) / n * (1 - k)) ** 2
        else:
            apart += count / n * ((second[a] + first[b]) / n) ** 2
    spread = agreeing + (1 - k) ** 2 * apart - (k - e * (1 - k)) ** 2
    return _around(k, sqrt(max(0.0, spread) / n) / (1 - e))


def alpha(units: Units[Answer]) -> float | None:
    """Krippendorff's (2011) alpha for nominal answers of any number of coders, 1 - Do / De, all answers in one pool.

    A case with fewer than two answers is left out. None where there is one answer only.
    """
    return _Pool(units).alpha()


def around_alpha(units: Units[Answer]) -> Interval | None:
    """The interval of alpha at 95 %, by the jackknife over cases (B. Efron and R. J. Tibshirani 1993, An Introduction to the Bootstrap, chapter 11).

    None where alpha is none, of itself or without one of the cases, and where all agree.
    """
    pool = _Pool(units)
    whole = pool.alpha()
    if whole is None or whole == 1:
        return None
    left: list[tuple[float, int]] = []
    for answers, times in pool.kinds.items():
        without = pool.alpha(dict(answers))
        if without is None:
            return None
        left.append((without, times))
    n = pool.cases
    mean = sum(value * times for value, times in left) / n
    spread = sum(times * (value - mean) ** 2 for value, times in left)
    return _around(whole, sqrt((n - 1) / n * spread))


class _Pool:
    """What alpha is made of: `kinds` of cases (what was answered how often), how many `cases` there are, and all answers counted."""

    def __init__(self, units: Units[Any]) -> None:
        paired = [Counter(unit) for unit in units if len(unit) > 1]
        self.kinds = Counter(frozenset(answers.items()) for answers in paired)
        self.cases = len(paired)
        self.answers = sum(paired, Counter[Any]())
        self.apart = sum(map(_apart, paired))

    def alpha(self, without: Mapping[Any, int] | None = None) -> float | None:
        """Alpha of all cases, or without one that was answered so."""
        answers = self.answers - Counter(without or {})
        n = answers.total()
        unlike = n * n - sum(count * count for count in answers.values())
        apart = self.apart - (_apart(without) if without else 0.0)
        return 1 - (n - 1) * apart / unlike if unlike else None


def _apart(answers: Mapping[Any, int]) -> float:
    """The pairs of answers to one case that differ, each answer counted once however many there are."""
    given = sum(answers.values())
    return (given * given - sum(count * count for count in answers.values())) / (given - 1)


def _around(value: float, error: float) -> Interval | None:
    """None where nothing varies: a width of nought would be a lie."""
    if not error:
        return None
    return max(-1.0, value - SURE * error), min(1.0, value + SURE * error)
