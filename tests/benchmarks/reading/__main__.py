"""`make bench-reading [ONLY=families,pairs]`: every figure of reading, measured in one run.

Each module beside this one yields its own, but those whose names begin with "_". Exits 1 where one is missed.
"""

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.reading.figures import table

if __name__ == "__main__":
    wanted = [name for name in (sys.argv[1] if sys.argv[1:] else "").split(",") if name]
    files = sorted(p.stem for p in Path(__file__).parent.glob("*.py"))
    modules = [name for name in files if name[0] != "_" and name != "figures"]
    missed = 0
    for name in wanted or modules:
        for line in table(import_module(f"tests.benchmarks.reading.{name}").figures()):
            missed += line.startswith("MISS")
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    sys.exit(1 if missed else 0)
