"""Votes out of the database and into arrays, and a conversation's log into the database."""

from collections.abc import Iterator
from importlib import import_module

from django.core.management import call_command

from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import ready


def figures() -> Iterator[Figure]:
    """On an empty database of its own."""
    ready()
    call_command("flush", interactive=False, verbosity=0)
    yield from import_module("tests.benchmarks.graph._database").figures()
