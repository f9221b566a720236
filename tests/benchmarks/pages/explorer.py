"""The explorer with 5,000 values and 20,000 transitions, in a headless Chromium without a graphics card on the same two cores as the site."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing


def figures() -> Iterator[Figure]:
    """See _explorer.py."""
    with Standing() as site:
        from tests.benchmarks.pages import _explorer  # noqa: PLC0415  needs the settings of `site`

        site.start("site")
        yield from _explorer.figures(site.base)
