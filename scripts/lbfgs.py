"""Minimise a smooth function of many numbers, in NumPy alone: limited-memory BFGS with a backtracking line search.

Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 3.1.
"""

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Point = NDArray[np.float64]
Function = Callable[[Point], tuple[float, Point]]
REMEMBERED = 10  # steps
SUFFICIENT = 1e-4  # share of the promised decrease that is enough
CLOSE = 1e-6  # relative decrease at which the search ends
MOST_HALVINGS = 30


def minimise(function: Function, start: Point, steps: int) -> Point:
    """The point reached from `start` after at most `steps` steps; `function` returns value and gradient."""
    at, (value, slope) = start, function(start)
    past: deque[tuple[Point, Point]] = deque(maxlen=REMEMBERED)
    for _ in range(steps):
        direction = -_newton_like(slope, past)
        step = 1.0 if past else 1.0 / max(float(np.linalg.norm(slope)), 1e-12)
        promised = float(slope @ direction)
        for _ in range(MOST_HALVINGS):
            new_value, new_slope = function(at + step * direction)
            if new_value <= value + SUFFICIENT * step * promised:
                break
            step /= 2
        else:
            return at
        moved, bent = step * direction, new_slope - slope
        if moved @ bent > 1e-12:
            past.append((moved, bent))
        close = value - new_value <= CLOSE * max(abs(value), 1e-12)
        at, value, slope = at + moved, new_value, new_slope
        if close:
            break
    return at


def _newton_like(slope: Point, past: deque[tuple[Point, Point]]) -> Point:
    """The slope times the inverse curvature the past steps speak of (two-loop recursion)."""
    turned, pulls = slope.copy(), []
    for moved, bent in reversed(past):
        pull = (moved @ turned) / (moved @ bent)
        turned -= pull * bent
        pulls.append(pull)
    if past:
        moved, bent = past[-1]
        turned *= (moved @ bent) / (bent @ bent)
    for (moved, bent), pull in zip(past, reversed(pulls), strict=True):
        turned += moved * (pull - (bent @ turned) / (moved @ bent))
    return turned
