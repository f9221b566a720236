"""Everything is killed in turn while people answer: the short form of `make chaos`, on servers of its own."""

import os
import subprocess
import sys

from tests.workers import ROOT

SHORT = {"SECONDS": "20", "RATE": "10"}
# How many a second is no matter of right or wrong; and among 200 calls one that a kill cut off is half of a hundredth.
LONG_ONLY = ("MISS answers a second", "MISS calls of the model made again, of all")
OWN = {"DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "RECORD_KEY", "GROUNDWORK_ENV"}


def test_what_was_acknowledged_in_a_storm_is_there_once_and_read_and_the_record_is_whole():
    env = {name: told for name, told in os.environ.items() if name not in OWN} | SHORT
    command = [sys.executable, "-m", "tests.benchmarks.chaos", "storm"]
    told = subprocess.run(
        command, cwd=ROOT, env=env, text=True, capture_output=True, timeout=300, check=False
    )
    lines = told.stdout.splitlines()
    missed = [line for line in lines if line.startswith("MISS") and not line.startswith(LONG_ONLY)]
    assert missed == [], told.stdout + told.stderr[-3000:]
    assert sum(line.startswith("ok") for line in lines) >= 10, told.stdout + told.stderr[-3000:]
