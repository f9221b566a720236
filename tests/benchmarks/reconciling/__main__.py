"""`make bench-reconciling [ONLY=queue]`: every figure of moderating and of documents, measured in one run."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
