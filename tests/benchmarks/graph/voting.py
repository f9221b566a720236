"""How long one vote takes until it is seen in the counts, and how many a second one value takes, on a PostgreSQL that keeps what it says."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deliberation.project.servers import Postgres
from tests.benchmarks.figures import Figure

ROOT = Path(__file__).parents[3]
MEASURE = """
import dataclasses, json
from tests.benchmarks.reading import _ground
_ground.ready()
from tests.benchmarks.graph import _voting
for figure in _voting.figures():
    print(json.dumps(dataclasses.asdict(figure)), flush=True)
"""


def figures() -> Iterator[Figure]:
    """In a process of its own, for the tests' PostgreSQL trades safety for speed and this one must not."""
    folder = Path(tempfile.mkdtemp(prefix="groundwork-voting-"))
    folder.chmod(0o755)
    server = Postgres(folder / "postgres", folder / "postgres.log", durable=True).start()
    try:
        told = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", MEASURE],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": server.url}, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for line in told.stdout.splitlines():
        yield Figure(**json.loads(line))
