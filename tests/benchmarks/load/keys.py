"""The same sent eight times at once, ten thousand times, by each kind of write, to the whole site: one row, one entry, one answer each. KEYS=200 for less."""

import os
from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing

KEYS = int(os.environ.get("KEYS", "10000"))


def figures() -> Iterator[Figure]:
    """See _keys.py."""
    with Standing(threads=16) as site:
        from tests.benchmarks.load import _keys  # noqa: PLC0415  needs the settings of `site`

        yield from _keys.figures(site, KEYS)
