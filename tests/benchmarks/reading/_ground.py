"""Ground to run a benchmark on: real servers and an empty database of its own, made once a process, gone at its end.

Settings are read when Django is set up, so what needs Django is in modules whose names begin with "_", imported only when it is ready.
"""

import atexit
import logging
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import django
from django.core.management import call_command
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from tests import stage
from tests.benchmarks.figures import Figure


def on_ground(name: str, room: str = "reading") -> Iterator[Figure]:
    """The figures of the module called `name` of a room, on an empty database."""
    ready()
    call_command("flush", interactive=False, verbosity=0)
    yield from import_module(f"tests.benchmarks.{room}.{name}").figures()


@cache
def ready() -> None:
    """Servers, settings and a database; all go when the process ends."""
    warnings.filterwarnings("ignore", message=".*test environment.*")
    stage.start()
    atexit.register(stage.stop)
    django.setup()
    logging.disable(logging.INFO)
    setup_test_environment()
    atexit.register(teardown_test_environment)
    made = setup_databases(verbosity=0, interactive=False)
    atexit.register(teardown_databases, made, verbosity=0)
