"""`make chaos [ONLY=storm]`: everything is killed again and again while people answer. SECONDS, RATE and SEED of the environment change it."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
