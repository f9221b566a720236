"""`make bench-reconciling [ONLY=histories,queue]`: every figure of moderation, measured in one run. HISTORIES=500 for fewer of those."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
