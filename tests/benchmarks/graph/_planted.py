"""A conversation whose groups are known: each group agrees with each statement by a chance of its own.

What makes it like real ones: groups of unequal size; statements that few see; passes that depend on the statement; people who vote a
little or a lot, and lean to agreeing or to disagreeing whatever is asked; some who vote again on the same statement, differently or not.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZES = (0.45, 0.33, 0.22)  # shares of people, for three groups
SPLIT = 0.3  # both parameters of the beta distribution a group's chance of agreeing is drawn from: most are clear, some are not
PASSES = (2, 10)  # of the beta distribution a statement's chance of a pass is drawn from
LEANING = 0.3  # standard deviation of a person's lean, on the logit scale
LEAST = 10  # votes everybody gives
AGAIN = 0.01  # share of votes given a second time


@dataclass(frozen=True, slots=True)
class Planted:
    """A log of votes, four arrays (l,), in no order; `group`: (n,) of people 0 to n - 1."""

    person: NDArray[np.int64]
    statement: NDArray[np.int64]
    time: NDArray[np.int64]
    vote: NDArray[np.int8]
    group: NDArray[Any]


def planted(
    people: int, statements: int, votes: int, seed: int, sizes: tuple[float, ...] = SIZES
) -> Planted:
    """About `votes` votes; at least LEAST a person, the rest shared out by a gamma distribution of shape 2."""
    rng = np.random.default_rng(seed)
    k = len(sizes)
    agrees = rng.beta(SPLIT, SPLIT, (k, statements))
    passes = rng.beta(*PASSES, statements)
    group = rng.choice(k, people, p=np.array(sizes) / sum(sizes)).astype(np.int8)
    lean = np.exp(-rng.normal(0, LEANING, people))
    keen = rng.gamma(2, 1, people)
    spare = votes * (1 - AGAIN) - LEAST * people
    person = np.repeat(np.arange(people), LEAST + np.round(keen * spare / keen.sum()).astype(int))
    shown = rng.gamma(2, 1, statements)
    statement = rng.choice(statements, len(person), p=shown / shown.sum())
    again = rng.choice(len(person), int(votes * AGAIN))
    person = np.concatenate([person, person[again]])
    statement = np.concatenate([statement, statement[again]])
    chance = agrees[group[person], statement]
    chance /= chance + (1 - chance) * lean[person]
    vote = np.where(rng.random(len(person)) < chance, 1, -1).astype(np.int8)
    vote[rng.random(len(person)) < passes[statement]] = 0
    order = rng.permutation(len(person))
    time = rng.permutation(len(person)) + 1_700_000_000_000
    return Planted(person[order], statement[order], time, vote[order], group)
