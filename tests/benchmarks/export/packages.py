"""How long the package of a large assembly takes, what memory it needs, whether it is the same again and computes to the same."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """See _packages.py."""
    yield from on_ground("_packages", "export")
