"""Eight kinds of tampering with the database, 200 each: how many are found with one head kept outside, and without."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.record._durable import on_durable_ground


def figures() -> Iterator[Figure]:
    """See _tampering.py."""
    yield from on_durable_ground("_tampering")
