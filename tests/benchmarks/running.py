"""Run the benchmarks of a room: `python -m tests.benchmarks.ROOM [ONE,OTHER]`."""

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import table


def run(room: Path) -> int:
    """Print the figures of each module in a room's folder, but those whose names begin with "_"; 1 where one is missed."""
    wanted = [name for name in (sys.argv[1] if sys.argv[1:] else "").split(",") if name]
    modules = sorted(p.stem for p in room.glob("*.py") if p.stem[0] != "_")
    missed = 0
    for name in wanted or modules:
        for line in table(import_module(f"tests.benchmarks.{room.name}.{name}").figures()):
            missed += line.startswith("MISS")
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 1 if missed else 0
