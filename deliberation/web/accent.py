"""The accent colour of an assembly, made readable: its hue is kept, its lightness moves until everything set in it can be read. Free of Django.

Contrast is that of WCAG 2.2 (relative luminance of sRGB); lightness moves in OKLCH (Björn Ottosson, 2020, https://bottosson.github.io/posts/oklab/), in
which a colour keeps its hue to the eye as it gets darker or lighter.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Rgb = tuple[float, float, float]  # linear light, 0 to 1
COLOUR = re.compile(r"\A#[0-9a-f]{6}\Z")
READABLE = 5.0  # of text on what it stands on (look.md asks for more than the 4.5 of WCAG AA)
EASY = 7.0  # of people's words on a marked ground
STEP = 0.005
MARKED = 0.045  # chroma of a marked ground


@dataclass(frozen=True, slots=True)
class Scheme:
    """What stands in an accent colour, light or dark, as #rrggbb. `mark`: the ground of marked words."""

    accent: str
    on_accent: str
    mark: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What pages are made of, light or dark: what accents stand on, what stands on accents, the ink, and where to look for lightness."""

    papers: Sequence[str]
    on_accent: str
    ink: str
    way: float  # -STEP: darker and darker, STEP: lighter and lighter
    mark: float  # where a marked ground's lightness begins


LIGHT = Ground(("#fbf9f4", "#ffffff", "#f4efe3"), "#ffffff", "#1c1b19", -STEP, 0.91)
DARK = Ground(("#171613", "#211f1b", "#26231c"), "#171613", "#f2eee4", STEP, 0.37)


def scheme(colour: str, ground: Ground) -> Scheme:
    """A colour as it is used on a ground: as chosen where it can be read there, else as little darker or lighter as it takes.

    Raises ValueError where `colour` is none.
    """
    lightness, chroma, hue = _lch(_rgb(colour))
    beside = [*ground.papers, ground.on_accent]
    accent = _first(
        lambda at: _hex(_in_gamut(at, chroma, hue)),
        lambda tried: all(contrast(tried, one) >= READABLE for one in beside),
        lightness,
        ground.way,
    )
    mark = _first(
        lambda at: _hex(_in_gamut(at, min(chroma, MARKED), hue)),
        lambda tried: contrast(tried, ground.ink) >= EASY,
        ground.mark,
        -ground.way,  # away from the ink
    )
    return Scheme(accent, ground.on_accent, mark)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white). Raises ValueError where either is no colour."""
    high, low = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def stylesheet(colour: str) -> str:
    """The tokens of both schemes as CSS. Raises ValueError where `colour` is none."""
    light, dark = _tokens(scheme(colour, LIGHT)), _tokens(scheme(colour, DARK))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _tokens(made: Scheme) -> str:
    return f"--accent:{made.accent};--on-accent:{made.on_accent};--mark:{made.mark}"


def _first(make: Callable[[float], str], fits: Callable[[str], bool], at: float, way: float) -> str:
    """The first colour that fits, from lightness `at` on; black and white fit at the latest."""
    while not fits(tried := make(min(max(at, 0.0), 1.0))):
        at += way
    return tried


def _rgb(colour: str) -> Rgb:
    if not COLOUR.fullmatch(colour):
        raise ValueError(colour)
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)


def _hex(rgb: Rgb) -> str:
    parts = (12.92 * c if c <= 0.0031308 else 1.055 * math.pow(c, 1 / 2.4) - 0.055 for c in rgb)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _luminance(rgb: Rgb) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def _lch(rgb: Rgb) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma, hue in radians."""
    r, g, b = rgb
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _in_gamut(lightness: float, chroma: float, hue: float) -> Rgb:
    """The colour of this lightness and hue with as much of the chroma as a screen can show."""
    while True:
        rgb = _of_lab(lightness, chroma * math.cos(hue), chroma * math.sin(hue))
        if all(-1e-6 <= part <= 1 + 1e-6 for part in rgb) or chroma < 1e-3:
            red, green, blue = (min(max(part, 0.0), 1.0) for part in rgb)
            return red, green, blue
        chroma *= 0.96


def _of_lab(lightness: float, a: float, b: float) -> Rgb:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
