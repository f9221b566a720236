"""Reading under attack: false quotes, and answers that give orders to a model which obeys them all. Needs no corpora; uses them if here."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def figures() -> Iterator[Figure]:
    """First the forgers, then the obedient model."""
    yield from on_ground("_forging")
    yield from on_ground("_obeying")
