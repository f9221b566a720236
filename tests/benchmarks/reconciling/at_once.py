"""Two moderators with twenty hands each on the same three values."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """Each value folded at most once, nobody shown an error but "somebody was here before you", no vote lost."""
    yield from on_ground("_at_once", "reconciling")
