"""`make bench-export [ONLY=packages] [ANSWERS=10000]`: every figure of data packages, measured in one run."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
