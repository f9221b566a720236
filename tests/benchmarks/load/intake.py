"""Answers coming in while pages are read, on everything that runs in production, durable, with the crowd on the same two cores."""

import os
from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing

SECONDS = float(os.environ.get("SECONDS", "300"))


def figures() -> Iterator[Figure]:
    """See _intake.py."""
    with Standing() as site:
        from tests.benchmarks.load import _intake  # noqa: PLC0415  needs the settings of `site`

        yield from _intake.figures(site, SECONDS)
