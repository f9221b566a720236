"""The page of the queue with ten thousand things waiting."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """Time and number of statements, everything included: session, account, gate, page."""
    yield from on_ground("_queue", "reconciling")
