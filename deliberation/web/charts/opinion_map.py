"""The opinion map: one mark a voice, one shape and colour a group. Free of Django."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot

WIDTH, HEIGHT, MARGIN = 640.0, 440.0, 34.0
SHAPES = ("circle", "square", "triangle", "diamond", "cross")
INSIDE = (
    0.98  # share of voices that sets the scale; those far beyond stand at the rim and are counted
)
RIM = 1.25  # how far beyond that share's distance the frame reaches
CROWD = 250  # voices from which marks shrink
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Marks:
    """The voices of one group: `sure` and `unsure` are paths of marks, `hull` the outline around the sure, `label` where its name stands."""

    name: str
    shape: str
    colour: int
    sure: str
    unsure: str
    hull: str
    label: Point


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """`beyond`: voices that lie further out than the frame and stand at its rim; `loose`: a path of marks of voices in no group."""

    width: float
    height: float
    groups: tuple[Marks, ...]
    loose: str
    beyond: int


def draw(points: Sequence[Sequence[float]], names: Sequence[str]) -> OpinionMap | None:
    """The map of points (x, y, place in `names` or -1, 1 where unsure: in public, this is left out); None where there is nothing to draw.

    Both axes have one scale, so that distances can be compared.
    """
    if not points or not names:
        return None
    fit, beyond = _fit(points)
    size = max(2.2, 4.6 * min(1.0, (CROWD / len(points)) ** 0.25))
    groups = tuple(_marks(points, fit, size, place) for place in enumerate(names))
    loose = [fit(p[0], p[1]) for p in points if p[2] < 0]
    return OpinionMap(
        WIDTH, HEIGHT, groups, "".join(_mark("circle", size / 2)(p) for p in loose), beyond
    )


def sign(shape: int) -> str:
    """The path of one mark about 0, 0, in a square of 12 by 12, for the key."""
    return _mark(SHAPES[shape], 4.2)((0.0, 0.0))


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, counter-clockwise (Andrew 1979, "Another efficient algorithm for convex hulls in two dimensions")."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for p in ordered:
        while len(found) > 1 and _turn(found[-2], found[-1], p) <= 0:
            found.pop()
        found.append(p)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _fit(points: Sequence[Sequence[float]]) -> tuple[Callable[[float, float], Point], int]:
    """What brings a point into the frame, and how many have to stand at its rim."""
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    middle = (xs[len(xs) // 2], ys[len(ys) // 2])
    away = sorted(hypot(p[0] - middle[0], p[1] - middle[1]) for p in points)
    reach = min(away[-1], RIM * away[int(INSIDE * (len(away) - 1))]) or away[-1] or 1.0
    kept = [p for p in points if hypot(p[0] - middle[0], p[1] - middle[1]) <= reach]
    low = (min(p[0] for p in kept), min(p[1] for p in kept))
    high = (max(p[0] for p in kept), max(p[1] for p in kept))
    spans = [
        (WIDTH - 2 * MARGIN) / ((high[0] - low[0]) or 1),
        (HEIGHT - 2 * MARGIN) / ((high[1] - low[1]) or 1),
    ]
    scale = min(spans)
    centre = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)

    def fit(x: float, y: float) -> Point:
        across = WIDTH / 2 + scale * (x - centre[0])
        down = HEIGHT / 2 - scale * (y - centre[1])
        return (
            min(max(across, MARGIN / 2), WIDTH - MARGIN / 2),
            min(max(down, MARGIN / 2), HEIGHT - MARGIN / 2),
        )

    return fit, len(points) - len(kept)


def _marks(
    points: Sequence[Sequence[float]],
    fit: Callable[[float, float], Point],
    size: float,
    place: tuple[int, str],
) -> Marks:
    number, name = place
    shape = SHAPES[number % len(SHAPES)]
    mark = _mark(shape, size)
    sure = [fit(p[0], p[1]) for p in points if p[2] == number and not any(p[3:])]
    unsure = [fit(p[0], p[1]) for p in points if p[2] == number and any(p[3:])]
    around = hull(sure)
    outline = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in around) + "Z" if len(around) > 2 else ""
    return Marks(
        name,
        shape,
        number % len(SHAPES),
        "".join(map(mark, sure)),
        "".join(map(mark, unsure)),
        outline,
        _middle(sure or unsure),
    )


def _middle(points: Sequence[Point]) -> Point:
    """Where half lie on either side, so that a few far ones do not drag the name along."""
    if not points:
        return (WIDTH / 2, HEIGHT / 2)
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return (round(xs[len(xs) // 2], 1), round(ys[len(ys) // 2], 1))


def _mark(shape: str, r: float) -> Callable[[Point], str]:
    """The path of one mark about a point; all shapes cover about the same area."""
    half, third = r * 0.89, r * 0.36
    long = r - third
    outlines = {
        "circle": (
            -r,
            0.0,
            f"a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0-{2 * r:.1f} 0",
        ),
        "square": (-half, -half, f"h{2 * half:.1f}v{2 * half:.1f}h-{2 * half:.1f}z"),
        "triangle": (0.0, -1.2 * r, f"l{1.2 * r:.1f} {2.1 * r:.1f}h-{2.4 * r:.1f}z"),
        "diamond": (
            0.0,
            -1.25 * r,
            f"l{1.25 * r:.1f} {1.25 * r:.1f}-{1.25 * r:.1f} {1.25 * r:.1f}-{1.25 * r:.1f}-{1.25 * r:.1f}z",
        ),
        "cross": (
            -r,
            -third,
            f"h{long:.1f}v-{long:.1f}h{2 * third:.1f}v{long:.1f}h{long:.1f}v{2 * third:.1f}h-{long:.1f}v{long:.1f}h-{2 * third:.1f}v-{long:.1f}h-{long:.1f}z",
        ),
    }
    dx, dy, outline = outlines[shape]
    return lambda p: f"M{p[0] + dx:.1f} {p[1] + dy:.1f}{outline}"
