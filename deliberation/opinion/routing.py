"""Which value a person sees next. Free of Django.

Three rules take turns by chance, in fixed shares; the rule whose turn it is draws one of the values with chance proportional to
the weight it gives each. Everything follows from the counts and a seed.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

Route = Literal["priority", "few_seen", "tells_apart"]

# Mostly what Polis would show; enough of the other two that no value waits for ever, and groups come apart sooner.
SHARES: Mapping[Route, float] = {"priority": 0.6, "few_seen": 0.25, "tells_apart": 0.15}
MANTISSA = 2**53
LARGEST = 1e100
SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class Known:
    """What the newest analysis says of a value; None where it says nothing.

    `priority`: above 0; `extremity`: at least 0, how far the value's voters are drawn apart on the map; `spread`: at least 0, the
    variance of the groups' agree rates.
    """

    priority: float | None = None
    extremity: float | None = None
    spread: float | None = None


class Option(NamedTuple):
    """A value that may be shown: its id as text (as PostgreSQL writes it), its votes now, how many people it was put before, and what is known of it."""

    id: str
    agrees: int = 0
    disagrees: int = 0
    passes: int = 0
    shown: int = 0
    known: Known = Known()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The value to show, the rule that chose it, and the chance it had among all options over all rules together."""

    id: str
    route: Route
    chance: float


def seed(*parts: object) -> bytes:
    """32 bytes that follow from `parts`: SHA-256 of their texts, joined by a character none of them holds."""
    return sha256("\x1f".join(map(str, parts)).encode()).digest()


def draw(options: Iterable[Option], seeded: bytes) -> Drawn | None:
    """Draw one of `options`, the same for the same seed in whatever order they come; None where there is none.

    A rule that has nothing to go by leaves its turn to the others.
    """
    held = sorted(options, key=lambda option: option.id)
    if not held:
        return None
    weights = {route: _shares(by(held)) for route, by in RULES.items()}
    turns = {route: SHARES[route] for route in RULES if weights[route]}
    turns = {route: share / sum(turns.values()) for route, share in turns.items()}
    routes = list(turns)
    route = routes[_pick(list(turns.values()), _uniform(seeded[:8]))]
    place = _pick(weights[route], _uniform(seeded[8:16]))
    chance = math.fsum(turns[r] * weights[r][place] for r in routes)
    return Drawn(held[place].id, route, min(max(chance, SMALLEST), 1.0))


def priority(option: Option) -> float:
    """Polis's priority of a statement, by the votes as they are now (opinion rules, item 11).

    importance = (1 - (P + 1) / (S + 2)) (E + 1) (A + 1) / (S + 2), squared after times 1 + 8 * 2^(-S / 5), which lifts what few
    have voted on. A agrees, P passes, S all votes, E extremity (0 while unknown).
    """
    votes = option.agrees + option.disagrees + option.passes
    extremity = option.known.extremity or 0.0
    not_passed = 1 - (option.passes + 1) / (votes + 2)
    importance = not_passed * (extremity + 1) * (option.agrees + 1) / (votes + 2)
    lifted: float = importance * (1 + 8 * 2 ** (-votes / 5))
    return lifted**2


def known(statement: object) -> Known:
    """Read what an analysis says of a value: {"priority", "extremity", "votes": {group: [agree, disagree, seen]}}.

    Nothing in it is trusted: what is missing, not a number or not finite counts as not said.
    """
    if not isinstance(statement, Mapping):
        return Known()
    told = _number(statement.get("priority"))
    return Known(
        priority=told or None,
        extremity=_number(statement.get("extremity")),
        spread=_spread(statement.get("votes")),
    )


def _by_priority(options: Sequence[Option]) -> list[float]:
    """As the newest analysis has it; by the votes as they are now where it says nothing."""
    return [option.known.priority or priority(option) for option in options]


def _by_few_seen(options: Sequence[Option]) -> list[float]:
    """1 / (1 + seen)^2: what three have seen comes sixteen times as rarely as what nobody has."""
    return [(1 + option.shown) ** -2.0 for option in options]


def _by_spread(options: Sequence[Option]) -> list[float]:
    """The variance of the groups' agree rates: where groups differ most, one more vote tells most about whose side one is on."""
    return [option.known.spread or 0.0 for option in options]


RULES: Mapping[Route, Callable[[Sequence[Option]], list[float]]] = {
    "priority": _by_priority,
    "few_seen": _by_few_seen,
    "tells_apart": _by_spread,
}


def _spread(votes: object) -> float | None:
    """Variance of (A + 1) / (S + 2) over groups; None under two groups."""
    if not isinstance(votes, Mapping):
        return None
    rates = [rate for group in votes.values() if (rate := _rate(group)) is not None]
    if len(rates) < 2:
        return None
    mean = math.fsum(rates) / len(rates)
    return math.fsum((rate - mean) ** 2 for rate in rates) / len(rates)


def _rate(group: object) -> float | None:
    if not isinstance(group, Sequence) or isinstance(group, str) or len(group) < 3:
        return None
    agree, seen = _number(group[0]), _number(group[2])
    return None if agree is None or seen is None or agree > seen else (agree + 1) / (seen + 2)


def _number(told: object) -> float | None:
    """A number of at least 0, so small that its square is one too; or None."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return float(told) if 0 <= told <= LARGEST else None


def _shares(weights: list[float]) -> list[float]:
    """Weights as shares of 1; none where all are 0."""
    most = max(weights)
    if most <= 0:
        return []
    scaled = [weight / most for weight in weights]  # so that no sum runs over
    whole = math.fsum(scaled)
    return [weight / whole for weight in scaled]


def _uniform(eight: bytes) -> float:
    """A number from 0 up to 1, of 53 bits."""
    return (int.from_bytes(eight, "big") >> 11) / MANTISSA


def _pick(shares: Sequence[float], at: float) -> int:
    """The place in which `at` falls when the shares are laid side by side; never one without a share."""
    last = 0
    for place, share in enumerate(shares):
        if share <= 0:
            continue
        if at < share:
            return place
        at, last = at - share, place
    return last
