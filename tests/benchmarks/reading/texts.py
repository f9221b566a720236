"""Awkward real texts, and the speed of the offline engine. Without the corpora beside the project there is nothing to measure."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """What becomes of each, quotes, silence, speed."""
    yield from on_ground("_awkward")
