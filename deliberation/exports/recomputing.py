"""Let the package's own script compute its results, in a process of its own that knows nothing of the site. Free of Django."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from deliberation.exports.progress import Progress

ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
OFTEN = 0.1  # seconds between two looks
TOLD = 500  # characters of what the rules said of a fault


class RulesFailed(RuntimeError):
    """The rules ended with a fault; what they said of it."""


@dataclass(frozen=True, slots=True)
class Computing:
    """The script at work, and what it says of faults: in a file, for a pipe nobody reads would hold it up once it is full."""

    process: "subprocess.Popen[bytes]"
    said: IO[bytes]

    def last_words(self) -> str:
        """The end of what it said."""
        self.said.seek(0)
        return self.said.read().decode(errors="replace")[-TOLD:]


@contextmanager
def computing(folder: Path) -> Iterator[Computing]:
    """The script at work; ended where what goes on meanwhile fails."""
    command = [sys.executable, "-I", "-B", str(folder / "recompute.py"), "--write"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=ALONE, stdout=subprocess.DEVNULL, stderr=said)
        try:
            yield Computing(process, said)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def computed(at_work: Computing, folder: Path, progress: Progress) -> dict[str, Any]:
    """The results, once they are there. Raises RulesFailed."""
    progress.step("results")
    while at_work.process.poll() is None:
        progress.check()
        time.sleep(OFTEN)
    if at_work.process.returncode:
        raise RulesFailed(at_work.last_words())
    found: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return found
