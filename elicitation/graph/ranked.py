"""What a ranking hands on: transitions, ranks, tensions and winners, as ids, contexts and counts only. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Id = str | int
Support = Mapping[str, Mapping[str, int]]


class Rule(StrEnum):
    """How judgements become a graph. GROUNDWORK is the default, PUBLISHED is there to compare with."""

    GROUNDWORK = "groundwork"
    PUBLISHED = "published"


VERSION = {Rule.GROUNDWORK: "groundwork-1", Rule.PUBLISHED: "published-2024"}


@dataclass(frozen=True, slots=True)
class Lean:
    """How far people lean to the end of a transition, the question's yes taken out: log odds, an interval that covers 90 %, and the
    probability that the end is the wiser. `clear`: that probability is 0.9 or more; `one_way`: nobody was asked the other way round."""

    mean: float
    least: float
    most: float
    probability: float
    clear: bool
    one_way: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition that is kept. `counts`: name -> people; `bits`: entropy; `likelihood` by rule PUBLISHED, `lean` by GROUNDWORK.

    `stayed`: the share of resamples it was kept in, None without resamples.
    """

    from_value: Id
    to_value: Id
    contexts: tuple[str, ...]
    counts: Mapping[str, int]
    bits: float
    likelihood: float | None = None
    lean: Lean | None = None
    groups: Support | None = None
    strata: Support | None = None
    stayed: float | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a value stands: `best` to `worst`, 1 the first; only where both are one is it a rank to show. `height`: log odds over the
    average value, with 90 % interval, by rule GROUNDWORK. `pagerank`: share of a walker's time."""

    value: Id
    best: int
    worst: int
    pagerank: float
    height: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Tension:
    """Values that lead back to each other in a context: unresolved, and without a rank."""

    context: str
    values: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Winner:
    """A value that transitions of a context lead to and none leads away from. `over`: of how many; `named`: answers that named it."""

    context: str
    value: Id
    over: int
    named: int


@dataclass(frozen=True, slots=True)
class DirectionEffect:
    """The assembly's direction effect: log odds of a yes where nothing speaks for either value, and its spread.

    `estimated` here, or the prior. `accepted_both`: the least share who say yes whichever way they are asked, over `transitions` well
    tested both ways, with `answers`; None where there is none.
    """

    mean: float
    spread: float
    estimated: bool
    accepted_both: float | None
    transitions: int
    answers: int


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Under `resamples` of people: mean overlap (Jaccard) of the transitions kept, and how many of the first `top` values stay."""

    resamples: int
    overlap: float
    top: int
    top_kept: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A graph with its ranking. `cyclic_share`: the share of the flow that runs in circles, None where nothing flows."""

    rule: Rule
    rule_version: str
    seed: int
    judgements: int
    people: int
    edges: tuple[Edge, ...]
    ranking: tuple[Rank, ...]
    tensions: tuple[Tension, ...] = ()
    winners: tuple[Winner, ...] = ()
    direction_effect: DirectionEffect | None = None
    cyclic_share: float | None = None
    stability: Steadiness | None = None
