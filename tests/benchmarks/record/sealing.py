"""How fast the sequencer seals while answers come in, how long an entry waits, and what a proof costs."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.record._durable import on_durable_ground


def figures() -> Iterator[Figure]:
    """See _sealing.py."""
    yield from on_durable_ground("_sealing")
