"""Let the package's own script compute its results, in a process of its own that knows nothing of the site. Free of Django."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deliberation.exports.progress import Progress

ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
OFTEN = 0.1  # seconds between two looks


class RulesFailed(RuntimeError):
    """The rules ended with a fault; what they said of it."""


@contextmanager
def computing(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The script at work; ended where what goes on meanwhile fails."""
    command = [sys.executable, "-I", "-B", str(folder / "recompute.py"), "--write"]
    process = subprocess.Popen(command, env=ALONE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def computed(process: "subprocess.Popen[str]", folder: Path, progress: Progress) -> dict[str, Any]:
    """The results, once they are there. Raises RulesFailed."""
    progress.step("results")
    while process.poll() is None:
        progress.check()
        time.sleep(OFTEN)
    if process.returncode:
        raise RulesFailed(process.stderr.read()[-500:] if process.stderr else "")
    found: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return found
