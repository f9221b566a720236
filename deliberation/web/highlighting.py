"""An answer in pieces, so that the words a card rests on can be shown where they stand. Plain data in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, and whether any quote covers it."""

    text: str
    marked: bool


def segments(text: str, spans: Iterable[tuple[int, int]]) -> list[Segment]:
    """`text` in order, cut at the ends of `spans` (start, end in code points; they may overlap, empty ones say nothing).

    The pieces joined are the text again; neighbours differ in being marked.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    edges = sorted({0, len(text), *(edge for span in merged for edge in span)})
    starts = {start for start, _ in merged}
    return [Segment(text[a:b], a in starts) for a, b in pairwise(edges) if a < b]
