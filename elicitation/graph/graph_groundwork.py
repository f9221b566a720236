"""The rule of this project, from judgements to what is handed on. Free of Django."""

from dataclasses import dataclass

import numpy as np

from elicitation.graph.deciding import Kept, decide
from elicitation.graph.direction import Effect, direction_effect
from elicitation.graph.judgements import Bools, Floats, Ids, Ints, Judgements, entropy
from elicitation.graph.pagerank import pagerank
from elicitation.graph.patterns import patterns
from elicitation.graph.posteriors import Posteriors, posteriors
from elicitation.graph.potential import Flows, Heights, cyclic_share, heights, leans, rank_ranges
from elicitation.graph.ranked import (
    VERSION,
    DirectionEffect,
    Edge,
    Lean,
    Rank,
    Ranked,
    Rule,
    Tension,
    Winner,
)
from elicitation.graph.stability import TOP, Outline
from elicitation.graph.support import support
from elicitation.graph.tension import Tensions, tensions
from elicitation.graph.transitions import (
    BOTH_NEEDED,
    DEPENDS,
    DOWNWARD,
    HIGH_NOT,
    HIGH_WISER,
    LOW_NOT,
    LOW_WISER,
    SAME,
    UNSURE,
    UPWARD,
    Layout,
    Tally,
    count,
    lay_out,
)

COUNTS = {
    "to_wiser": (HIGH_WISER, LOW_WISER),
    "from_wiser": (LOW_WISER, HIGH_WISER),
    "to_not_wiser": (HIGH_NOT, LOW_NOT),
    "from_not_wiser": (LOW_NOT, HIGH_NOT),
    "depends": (DEPENDS, DEPENDS),
    "same": (SAME, SAME),
    "both_needed": (BOTH_NEEDED, BOTH_NEEDED),
    "unsure": (UNSURE, UNSURE),
}  # column where the end is the higher value, and where it is the lower


@dataclass(frozen=True, slots=True)
class Weighed:
    """One weighing of all judgements."""

    tally: Tally
    effect: Effect
    found: Posteriors
    kept: Kept
    tensions: Tensions
    heights: Heights
    shown: Bools  # (n,): values of the graph that are in no tension

    def order(self) -> Ints:
        """The values shown, highest first by what is sure of them: a value little is known of does not come first."""
        shown = np.flatnonzero(self.shown)
        found: Ints = shown[np.argsort(-self.heights.least[shown], kind="stable")]
        return found


@dataclass(frozen=True, slots=True)
class ByGroundwork:
    """Judgements laid out once, to be weighed as often as people are drawn."""

    judgements: Judgements
    laid: Layout
    seed: int

    def weigh(self, weight: Floats | None = None) -> Weighed:
        """Count, take the question's yes out, keep, find tensions, and set values by height."""
        laid, values = self.laid, len(self.laid.values)
        tally = count(laid, weight)
        alike = patterns(tally.scores)
        effect = direction_effect(tally, alike)
        found = posteriors(alike, effect)
        kept = decide(laid, tally, found, effect)
        both = kept.both
        tense = tensions(
            np.concatenate([kept.start, laid.low[both], laid.high[both]]),
            np.concatenate([kept.end, laid.high[both], laid.low[both]]),
            np.concatenate([laid.context[kept.transition], np.tile(laid.context[both], 2)]),
            values,
        )
        asked = tally.evidence > 0
        lean, told = leans(found)
        flows = Flows(laid.low[asked], laid.high[asked], lean[asked], told[asked])
        high = heights(flows, tense.bound, self.seed)
        shown = np.zeros(values, dtype=bool)
        shown[kept.start], shown[kept.end], shown[tense.tense] = True, True, False
        return Weighed(tally, effect, found, kept, tense, high, shown)

    def outline(self, weight: Floats | None) -> Outline:
        """The transitions kept, with their direction, and the first values."""
        weighed = self.weigh(weight)
        kept = weighed.kept
        return kept.transition * 2 + (kept.end > kept.start), weighed.order()[:TOP]

    def ranked(self, seed: int, people: int) -> Ranked:
        """All of the graph."""
        weighed = self.weigh()
        effect = weighed.effect
        return Ranked(
            Rule.GROUNDWORK,
            VERSION[Rule.GROUNDWORK],
            seed,
            len(self.judgements.person),
            people,
            _edges(self.judgements, self.laid, weighed),
            _ranks(self.laid.values, weighed),
            _tensions(self.laid, weighed.tensions),
            _winners(self.laid, weighed),
            DirectionEffect(
                effect.mean,
                effect.spread,
                effect.estimated,
                effect.accepted_both,
                effect.transitions,
                effect.answers,
            ),
            cyclic_share(_kept_flows(weighed), len(self.laid.values)),
        )


def by_groundwork(judgements: Judgements, seed: int) -> ByGroundwork:
    """Lay the judgements out; `seed` is for what is drawn."""
    return ByGroundwork(judgements, lay_out(judgements), seed)


def _kept_flows(weighed: Weighed) -> Flows:
    kept, found = weighed.kept, weighed.found
    mean, spread = found.mean[kept.transition], found.spread[kept.transition]
    return Flows(kept.start, kept.end, np.abs(mean), 1 / spread**2)


def _edges(judgements: Judgements, laid: Layout, weighed: Weighed) -> tuple[Edge, ...]:
    kept, tally = weighed.kept, weighed.tally
    bits = entropy(tally.answers)
    groups = support(laid, kept, judgements.group)
    strata = support(laid, kept, judgements.stratum)
    start, end = laid.values[kept.start].tolist(), laid.values[kept.end].tolist()
    contexts = laid.contexts[laid.context].tolist() if len(laid.context) else []
    return tuple(
        Edge(
            from_value=start[e],
            to_value=end[e],
            contexts=(str(contexts[t]),),
            counts=_counts(tally, t, bool(kept.end[e] > kept.start[e])),
            bits=float(bits[t]),
            lean=_lean(weighed, e, t),
            groups=groups[e],
            strata=strata[e],
        )
        for e, t in enumerate(kept.transition.tolist())
    )


def _counts(tally: Tally, transition: int, upward: bool) -> dict[str, int]:
    said, asked = tally.answers[transition], tally.asked[transition].sum(axis=1)
    told = {name: int(said[columns[0 if upward else 1]]) for name, columns in COUNTS.items()}
    told["asked_forward"] = int(asked[UPWARD if upward else DOWNWARD])
    told["asked_backward"] = int(asked[DOWNWARD if upward else UPWARD])
    return told


def _lean(weighed: Weighed, edge: int, transition: int) -> Lean:
    """Turned so that it is towards the end."""
    found, kept = weighed.found, weighed.kept
    mean, least = float(found.mean[transition]), float(found.least[transition])
    most, probability = float(found.most[transition]), float(found.probability[transition])
    if kept.end[edge] < kept.start[edge]:
        mean, least, most, probability = -mean, -most, -least, 1 - probability
    return Lean(mean, least, most, probability, bool(kept.clear[edge]), bool(kept.one_way[edge]))


def _ranks(values: Ids, weighed: Weighed) -> tuple[Rank, ...]:
    order, kept = weighed.order(), weighed.kept
    high = weighed.heights
    shown = Heights(high.mean[order], high.least[order], high.most[order])
    best, worst = rank_ranges(shown)
    shares = _shares(weighed)
    ids = values[order].tolist()
    return tuple(
        Rank(
            ids[n],
            int(best[n]),
            int(worst[n]),
            float(shares[order[n]]) if len(kept.start) else 0.0,
            float(shown.mean[n]),
            float(shown.least[n]),
            float(shown.most[n]),
        )
        for n in range(len(ids))
    )


def _shares(weighed: Weighed) -> Floats:
    """PageRank of each value, (n,), over the transitions kept, values in tension walked as one and sharing what it gets."""
    kept, bound = weighed.kept, weighed.tensions.bound
    graph = np.zeros(len(bound), dtype=bool)
    graph[kept.start], graph[kept.end] = True, True
    nodes, places = np.unique(bound[graph], return_inverse=True)
    start, end = np.searchsorted(nodes, bound[kept.start]), np.searchsorted(nodes, bound[kept.end])
    apart = start != end
    weight = np.abs(2 * weighed.found.probability[kept.transition] - 1)
    walked = pagerank(start[apart], end[apart], weight[apart], len(nodes), dangling=True)
    shares = np.zeros(len(bound))
    if len(nodes):
        shares[graph] = (walked / np.bincount(places, minlength=len(nodes)))[places]
    return shares


def _tensions(laid: Layout, found: Tensions) -> tuple[Tension, ...]:
    return tuple(
        Tension(str(laid.contexts[context]), tuple(laid.values[members].tolist()))
        for members, context in zip(found.members, found.context, strict=True)
    )


def _winners(laid: Layout, weighed: Weighed) -> tuple[Winner, ...]:
    """By context, the surest first."""
    kept, values = weighed.kept, len(laid.values)
    context = laid.context[kept.transition]
    reached, left = context * values + kept.end, context * values + kept.start
    tense = [
        c * values + m
        for m, c in zip(weighed.tensions.members, weighed.tensions.context, strict=True)
    ]
    away = np.concatenate([left, *tense]).astype(np.int64)
    winning = np.setdiff1d(reached, away)
    upward = kept.end > kept.start
    said = weighed.tally.answers[kept.transition]
    named = np.where(upward, said[:, HIGH_WISER], said[:, LOW_WISER])
    at = np.searchsorted(winning, reached)
    at = np.where(np.isin(reached, winning), at, len(winning))
    over = np.bincount(at, minlength=len(winning) + 1)
    by_name = np.bincount(at, named, len(winning) + 1)
    least = weighed.heights.least[winning % values] if values else np.zeros(0)
    ids = laid.values.tolist()
    order = np.lexsort((winning, -least, winning // max(values, 1)))
    return tuple(
        Winner(
            str(laid.contexts[winning[n] // values]),
            ids[winning[n] % values],
            int(over[n]),
            int(by_name[n]),
        )
        for n in order.tolist()
    )
