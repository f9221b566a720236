"""`make load [ONLY=intake,keys,hall]`: what the whole site stands, measured on one machine with the crowd that loads it."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
