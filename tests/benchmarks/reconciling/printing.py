"""Publishing a document of sixty clauses and three thousand quotes, in all formats."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """The action that publishes, the files one by one, and the page everybody reads."""
    yield from on_ground("_printing", "reconciling")
