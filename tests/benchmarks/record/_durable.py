"""The record is measured on a PostgreSQL that waits for the disk, as in production: this starts one before any setting is read."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deliberation.project.servers import Postgres
from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._ground import on_ground


def on_durable_ground(name: str) -> Iterator[Figure]:
    """The figures of the module beside this one called `name`, on an empty database that survives a power cut."""
    if "DATABASE_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="groundwork-record-"))
        folder.chmod(0o755)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        postgres = Postgres(folder / "postgres", folder / "postgres.log").start()
        atexit.register(postgres.stop)
        os.environ["DATABASE_URL"] = postgres.url
    yield from on_ground(name, "record")
