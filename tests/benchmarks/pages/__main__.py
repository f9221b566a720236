"""`make bench-pages [ONLY=explorer]`: how soon pages are there, how many bytes they ask for, and how smooth the explorer is."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
