"""Random histories of moderators and citizens on one graph: nothing lost, nothing counted twice, every undo exact."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """Each on an inquiry of its own, on PostgreSQL, in real transactions."""
    yield from on_ground("_histories", "reconciling")
