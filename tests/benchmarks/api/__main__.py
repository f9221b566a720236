"""`make bench-api [ROWS=1000000]`: how soon pages of the API's lists are there, first, in the middle and deep."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
