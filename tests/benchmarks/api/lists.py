"""Pages of the API's lists in an assembly with a million rows of each kind: first, in the middle and deep. ROWS=10000 for less."""

import os
from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing

ROWS = int(os.environ.get("ROWS", "1000000"))


def figures() -> Iterator[Figure]:
    """See _lists.py."""
    with Standing(LIMITS_TIMES="1000") as site:
        from tests.benchmarks.api import _lists  # noqa: PLC0415  needs the settings of `site`

        yield from _lists.figures(site, ROWS)
