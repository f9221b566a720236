"""Citizens' pages in an assembly of 10,000 people and 5,000 values: the server's time, queries, and bytes."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing


def figures() -> Iterator[Figure]:
    """See _citizen.py."""
    with Standing():
        from tests.benchmarks.pages import _citizen  # noqa: PLC0415  needs the settings

        yield from _citizen.figures()
