"""Which transitions stay in the graph, and which of them are answered yes whichever way they are asked. Free of Django.

Why these limits and not others, with figures: docs/decisions/0017-moral-graph.md.
"""

from dataclasses import dataclass

import numpy as np

from elicitation.graph.direction import Effect, effect_there
from elicitation.graph.judgements import Bools, Floats, Ints
from elicitation.graph.posteriors import Posteriors
from elicitation.graph.transitions import HIGH_WISER, LOW_WISER, NOTHING, TIE, YES, Layout, Tally

EVIDENCE = 8  # answers other than unsure
NAMED = 2  # people who said themselves that it is the wiser; a "no" to the other is not that
CLEAR = 0.9  # probability from which a direction is called clear
EACH_WAY = 3  # answers other than unsure, each way, before "yes both ways" is said
UNEXPLAINED = 1.2816  # standard deviations over the effect, which one in ten would pass by chance
MORE_LIKELY = 0.5 + 1e-9  # where a direction was never asked


@dataclass(frozen=True, slots=True)
class Kept:
    """e transitions kept: `transition`, place in the layout, `start` and `end`, places of values, all (e,). `clear` and `one_way`, (e,).

    `both`: places of transitions accepted both ways, beyond the direction effect, (b,): in tension and not kept.
    """

    transition: Ints
    start: Ints
    end: Ints
    clear: Bools
    one_way: Bools
    both: Ints


def decide(
    laid: Layout, tally: Tally, found: Posteriors, effect: Effect, evidence: int = EVIDENCE
) -> Kept:
    """Keep a transition where enough people answered, somebody named its wiser value, and that direction, the question's yes taken out, is sure enough.

    Asked both ways it has to be CLEAR. Asked one way only, the effect of the question stays in doubt however many answer: there it has
    to be more likely than not, and it is marked.
    """
    upward = found.probability > 0.5
    sure = np.maximum(found.probability, 1 - found.probability)
    clear = sure >= CLEAR
    decided = tally.asked[:, :, :NOTHING].sum(axis=2)
    one_way = decided.min(axis=1) == 0
    enough = decided.sum(axis=1) >= evidence
    named = np.where(upward, tally.answers[:, HIGH_WISER], tally.answers[:, LOW_WISER]) >= NAMED
    both = enough & ~clear & _accepted_both(tally, effect)
    kept = np.flatnonzero(enough & named & (clear | one_way & (sure > MORE_LIKELY)) & ~both)
    start = np.where(upward, laid.low, laid.high)[kept]
    end = np.where(upward, laid.high, laid.low)[kept]
    return Kept(kept, start, end, clear[kept], one_way[kept], np.flatnonzero(both))


def _accepted_both(tally: Tally, effect: Effect) -> Bools:
    """Whether most who decided said yes the one way, and most the other way too, and more of them than the question's own yes explains."""
    decided: Floats = tally.asked[:, :, :NOTHING].sum(axis=2)
    accepted = tally.asked[:, :, YES] + tally.asked[:, :, TIE] / 2
    there, variance = effect_there(tally.scores)
    beyond = (there - effect.mean) / np.sqrt(variance + effect.spread**2)
    most: Bools = np.all((decided >= EACH_WAY) & (accepted > decided / 2), axis=1)
    return most & (beyond > UNEXPLAINED)
