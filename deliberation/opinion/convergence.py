"""How widely a value holds: over opinion groups, strata, contexts and rounds. Free of Django.

Support is the share that agrees of all who answered, passes included: who passes does not hold it. Its interval is Wilson's (1927) score
interval at 95 %; a change between rounds has Newcombe's (1998, method 10) for two independent shares, which is too wide rather than too
narrow where the same people stand in both and mostly stay with what they said. Every count of nobody has the interval from 0 to 1:
nothing here is ever undefined.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Z = 1.959963984540054  # 95 %, two-sided
MAJORITY = 0.5  # held: the whole interval lies above
STEADY = 0.2  # steady: the whole interval of a change lies within this much of none
NAMED_FROM = 0.5  # likeness from which a context a machine found counts as named


class Standing(StrEnum):
    """How a value stands in a context."""

    HELD = "held"  # judged the wiser one by most
    NAMED = "named"  # placed there, and not judged otherwise by most
    AGAINST = "against"  # judged the less wise one by most
    OPEN = "open"


class Trend(StrEnum):
    """How support went from the first round to the last."""

    STEADY = "steady"
    ROSE = "rose"
    FELL = "fell"
    OPEN = "open"  # too few votes to tell
    SINGLE = "single"  # only one round


@dataclass(frozen=True, slots=True)
class Parts:
    """One way of parting the votes on m statements: `names` (p,), `agree`, `disagree` and `seen` (passes included), (p, m)."""

    names: Sequence[str]
    agree: Ints
    disagree: Ints
    seen: Ints


@dataclass(frozen=True, slots=True)
class Placed:
    """Contexts: `names` (c,); `better`, `worse` (c, m): people who judged a value wiser, or less wise, there; `named` (c, m): said to hold there."""

    names: Sequence[str]
    better: Ints
    worse: Ints
    named: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ways:
    """All the ways a value is looked at. What is not known stays empty and is said nothing of."""

    groups: Parts
    contexts: Placed | None = None
    rounds: Parts | None = None
    strata: Mapping[str, Parts] = field(default_factory=dict)


def wilson(count: Ints, seen: Ints) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of a share, in the shape of `count`; 0 and 1 where nobody was seen."""
    n = np.maximum(seen, 1)
    share = count / n
    middle = share + Z**2 / (2 * n)
    reach = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    low, high = ((middle + sign * reach) / (1 + Z**2 / n) for sign in (-1, 1))
    nobody = seen == 0
    low = np.where(nobody | (count == 0), 0.0, np.clip(low, 0.0, share))
    high = np.where(nobody | (count == seen), 1.0, np.clip(high, share, 1.0))
    return low, high


def change(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """The interval of how much a share of (count, seen) changed, from -1 to 1."""
    count, seen = (np.array(pair, dtype=np.int64) for pair in zip(before, after, strict=True))
    share = count / np.maximum(seen, 1)
    low, high = wilson(count, seen)
    share = np.where(seen == 0, 0.5, share)
    step = share[1] - share[0]
    down = np.hypot(share[1] - low[1], high[0] - share[0])
    up = np.hypot(high[1] - share[1], share[0] - low[0])
    return max(float(step - down), -1.0), min(float(step + up), 1.0)


def trend(rounds: Sequence[tuple[int, int]]) -> Trend:
    """How the share went over rounds of (count, seen); rounds in which nobody answered are passed over."""
    told = [pair for pair in rounds if pair[1]]
    if len(told) < 2:
        return Trend.SINGLE
    low, high = change(told[0], told[-1])
    if low > 0:
        return Trend.ROSE
    if high < 0:
        return Trend.FELL
    spans = [change(told[0], other) for other in told[1:]]
    return Trend.STEADY if all(a > -STEADY and b < STEADY for a, b in spans) else Trend.OPEN


def profiles(ways: Ways) -> list[dict[str, Any]]:
    """For each statement, as plain data: `groups`, `strata`, `contexts`, `rounds`, `lowest`, `held`, `trend`.

    `groups` and each of `strata`: by name, {agree, disagree, pass, n, support, low, high, held}; `support` is None where n is 0.
    `lowest`: the group with the least support of those that answered, or None. `held`: in how many groups, of how many; in how many
    contexts, of how many. `rounds`: a list like `groups`, with `name`.
    """
    groups = _supports(ways.groups)
    strata = {name: _supports(parts) for name, parts in ways.strata.items()}
    rounds = _supports(ways.rounds) if ways.rounds else []
    contexts = _standings(ways.contexts) if ways.contexts else []
    return [
        _profile(
            groups[j],
            {name: found[j] for name, found in strata.items()},
            contexts[j] if contexts else {},
            rounds[j] if rounds else {},
        )
        for j in range(ways.groups.seen.shape[1])
    ]


def _profile(
    groups: dict[str, Any], strata: dict[str, Any], contexts: dict[str, Any], rounds: dict[str, Any]
) -> dict[str, Any]:
    answered = [name for name, told in groups.items() if told["n"]]
    lowest = min(answered, key=lambda name: (groups[name]["support"], name), default=None)
    there = sum(told["standing"] in (Standing.HELD, Standing.NAMED) for told in contexts.values())
    return {
        "groups": groups,
        "strata": strata,
        "contexts": contexts,
        "rounds": [{"name": name, **told} for name, told in rounds.items()],
        "lowest": lowest,
        "held": {
            "groups": [sum(told["held"] for told in groups.values()), len(groups)],
            "contexts": [there, len(contexts)],
        },
        "trend": trend([(told["agree"], told["n"]) for told in rounds.values()]).value,
    }


def _supports(parts: Parts) -> list[dict[str, Any]]:
    """By statement and then by part."""
    low, high = wilson(parts.agree, parts.seen)
    by_statement: list[dict[str, Any]] = [{} for _ in range(parts.seen.shape[1])]
    for p, name in enumerate(parts.names):
        columns = (parts.agree[p], parts.disagree[p], parts.seen[p], low[p], high[p])
        for told, cells in zip(
            by_statement, zip(*(c.tolist() for c in columns), strict=True), strict=True
        ):
            told[name] = _support(*cells)
    return by_statement


def _support(agree: int, disagree: int, seen: int, low: float, high: float) -> dict[str, Any]:
    return {
        "agree": agree,
        "disagree": disagree,
        "pass": seen - agree - disagree,
        "n": seen,
        "support": round(agree / seen, 4) if seen else None,
        "low": round(low, 4),
        "high": round(high, 4),
        "held": low > MAJORITY,
    }


def _standings(placed: Placed) -> list[dict[str, Any]]:
    """By statement and then by context."""
    n = placed.better + placed.worse
    low, high = wilson(placed.better, n)
    by_statement: list[dict[str, Any]] = [{} for _ in range(n.shape[1])]
    for c, name in enumerate(placed.names):
        for j, told in enumerate(by_statement):
            span = (float(low[c, j]), float(high[c, j]))
            told[name] = {
                "better": int(placed.better[c, j]),
                "worse": int(placed.worse[c, j]),
                "named": bool(placed.named[c, j]),
                "low": round(span[0], 4),
                "high": round(span[1], 4),
                "standing": _standing(span, bool(placed.named[c, j])).value,
            }
    return by_statement


def _standing(span: tuple[float, float], named: bool) -> Standing:
    if span[0] > MAJORITY:
        return Standing.HELD
    if span[1] < MAJORITY:
        return Standing.AGAINST
    return Standing.NAMED if named else Standing.OPEN
