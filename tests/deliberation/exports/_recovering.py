"""A solver that knows everything releases say, and works out what each count and each move may be: what somebody makes of them who lays them side by side."""

from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from deliberation.exports.disclosure import FEWEST, LATER

INFEASIBLE = 2  # as linprog says it


class Contradiction(Exception):
    """What releases say does not go together."""


def equations(told, at, kinds, width):
    """What a release says of the counts, which are `width` unknowns of which this release's begin at `at`."""
    for kind, number in told.counts.items():
        row = np.zeros(width)
        row[at + kinds.index(kind)] = 1
        yield row, number
    if told.hidden:
        row = np.zeros(width)
        row[[at + kinds.index(kind) for kind in told.hidden]] = 1
        yield row, told.rest


def group(kinds, at, width, of):
    """How many people of some kinds a release counts, as a row of the unknowns."""
    row = np.zeros(width)
    row[[at + kinds.index(kind) for kind in of]] = 1
    return row


def system(releases, kinds, *, growing, wholes=()):
    """All there is to know, as the solver wants it. `wholes`: how many people each release says there are in all."""
    size, width = len(kinds), len(kinds) * len(releases)
    known = [one for n, told in enumerate(releases) if told for one in equations(told, n * size, kinds, width)]  # fmt: skip
    known += [(group(kinds, n * size, width, kinds), whole) for n, whole in enumerate(wholes)]
    left, right = (np.array(side) for side in zip(*known, strict=True))
    most = [(-row, 0) for row in moves(kinds, width)] if growing else []
    for n, _ in enumerate(releases):
        # nothing is told of what is too small, while nothing was told before
        if not any(releases[: n + 1]):
            most.append((group(kinds, n * size, width, kinds), (LATER if n else FEWEST) - 1))  # fmt: skip
    bounds = dict(zip(("A_ub", "b_ub"), map(np.array, zip(*most, strict=True)), strict=True)) if most else {}  # fmt: skip
    return {"A_eq": left, "b_eq": right, "bounds": (0, 10_000), **bounds}


def moves(kinds, width):
    """How each count moved from each release to the next."""
    rows = np.eye(width)
    return [rows[at + len(kinds)] - rows[at] for at in range(width - len(kinds))]


def ends(rows, known):
    """Between what each of these may lie. Raises Contradiction where no counts are as they are told."""
    found = []
    for row in rows:
        solved = [linprog(sign * row, **known) for sign in (1, -1)]
        if any(one.status == INFEASIBLE for one in solved):
            raise Contradiction
        assert all(one.success for one in solved)
        found.append((solved[0].fun, -solved[1].fun))
    return found


def ranges(releases, kinds, *, growing):
    """Between what each count of each release may lie, and each move from one to the next: what a solver makes of all there is to know."""
    width = len(kinds) * len(releases)
    return ends([*np.eye(width), *moves(kinds, width)], system(releases, kinds, growing=growing))


def tells_of_few(releases, kinds, *, growing):
    """Whether the solver finds as one number that fewer than ten people are of a kind, of those hidden together or of all, or that so few moved. Nobody moving is few."""
    size, width = len(kinds), len(kinds) * len(releases)
    known = system(releases, kinds, growing=growing, wholes=[told.whole for told in releases])
    groups = [*([kind] for kind in kinds), *(told.hidden for told in releases if told.hidden), kinds]  # fmt: skip
    counts = [[group(kinds, n * size, width, of) for n in range(len(releases))] for of in groups]
    steps = [later - before for of in counts for before, later in pairwise(of)]
    found = ends([*(row for of in counts for row in of), *steps], known)
    return any(high - low < 0.5 and abs(low) < FEWEST - 0.5 for low, high in found)


def recovered(releases, truth, *, growing):
    """Small counts, and moves of few, that the solver can tell to the person."""
    kinds = sorted(truth[0])
    of = [cells[kind] for cells in truth for kind in kinds]
    of += [later[kind] - cells[kind] for cells, later in pairwise(truth) for kind in kinds]
    told = zip(of, ranges(releases, kinds, growing=growing), strict=True)
    moved = len(kinds) * len(truth)
    return [(n, true) for n, (true, (low, high)) in enumerate(told) if high - low < 0.5 and abs(true) < FEWEST and (true or n < moved)]  # fmt: skip
