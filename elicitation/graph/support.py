"""Who stands behind a transition, by opinion group or stratum: counts only. Free of Django."""

from collections.abc import Mapping

import numpy as np

from elicitation.graph.deciding import Kept
from elicitation.graph.judgements import Ids
from elicitation.graph.transitions import (
    HIGH_NOT,
    HIGH_WISER,
    LOW_NOT,
    LOW_WISER,
    UNSURE,
    Layout,
)

FOR, AGAINST, NEITHER, NOT_SURE = 0, 1, 2, 3
SAID = ("for", "against", "neither", "unsure")

Support = Mapping[str, Mapping[str, int]]


def support(laid: Layout, kept: Kept, labels: Ids | None) -> list[Support]:
    """For each of e transitions kept: label -> how many said its end is the wiser, is not, neither, or were unsure."""
    if labels is None:
        return [{} for _ in kept.transition]
    names, label = np.unique(labels, return_inverse=True)
    edge_of = np.full(len(laid.low), -1)
    edge_of[kept.transition] = np.arange(len(kept.transition))
    edge = edge_of[laid.transition]
    held = edge >= 0
    upward = (kept.end > kept.start)[edge[held]]
    said = np.where(upward, _UPWARD[laid.column[held]], _DOWNWARD[laid.column[held]])
    cells = (edge[held] * len(names) + label[held]) * len(SAID) + said
    shape = (len(kept.transition), len(names), len(SAID))
    counts = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    return [
        {
            str(name): dict(zip(SAID, row.tolist(), strict=True))
            for name, row in zip(names, of_edge, strict=True)
            if row.any()
        }
        for of_edge in counts
    ]


def _said(wiser: int, not_wiser: int, against: int, not_against: int) -> np.ndarray:
    """What each column of answers says of the end; "the other is not the wiser" speaks for neither."""
    said = np.full(8, NEITHER)
    said[wiser], said[UNSURE] = FOR, NOT_SURE
    said[[against, not_wiser]] = AGAINST
    said[not_against] = NEITHER
    return said


_UPWARD = _said(HIGH_WISER, HIGH_NOT, LOW_WISER, LOW_NOT)
_DOWNWARD = _said(LOW_WISER, LOW_NOT, HIGH_WISER, HIGH_NOT)
