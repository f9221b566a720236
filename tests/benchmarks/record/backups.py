"""How long a backup of a large assembly and its restoring take, and whether every row comes back."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.record._durable import on_durable_ground


def figures() -> Iterator[Figure]:
    """See _backups.py."""
    yield from on_durable_ground("_backups")
