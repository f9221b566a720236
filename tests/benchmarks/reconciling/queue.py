"""How long the queue's page takes, and how many questions it asks the database, with 10,000 things that wait."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """On an empty database of its own."""
    yield from on_ground("_queue", "reconciling")
