"""Reading while the model server fails: random faults in a quarter of calls, and models that waste money. Needs no corpora."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """Answers that end as they should, and money that ends at its cap."""
    yield from on_ground("_failing")
