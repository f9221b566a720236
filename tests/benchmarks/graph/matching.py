"""Matching: as fast as it has to be on 100,000 stored values, and as right as can be said on real cards."""

from collections.abc import Iterator
from importlib import import_module

from django.core.management import call_command

from tests.benchmarks.figures import Figure
from tests.benchmarks.graph import _cards
from tests.benchmarks.reading import _ground


def figures() -> Iterator[Figure]:
    """Real cards first, then time and memory on an empty database of its own."""
    yield from _cards.figures()
    _ground.ready()
    call_command("flush", interactive=False, verbosity=0)
    yield from import_module("tests.benchmarks.graph._matching_speed").figures()
