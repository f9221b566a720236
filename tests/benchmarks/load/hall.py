"""300 walls that watch one hall, while people answer and words come on: how long from the commit of an event to its showing, and what it costs."""

import os
from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing

SECONDS = float(os.environ.get("SECONDS", "60"))


def figures() -> Iterator[Figure]:
    """See _hall.py."""
    with Standing() as site:
        from tests.benchmarks.load import _hall  # noqa: PLC0415  needs the settings of `site`

        yield from _hall.figures(site, SECONDS)
