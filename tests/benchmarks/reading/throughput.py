"""How fast, and at what cost of its own, a real worker reads with a model that takes a second an answer."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """Wall time beside the ideal, and CPU of the worker's processes an answer."""
    yield from on_ground("_throughput")
