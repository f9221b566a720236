"""`make bench-record [ONLY=sealing,tampering]`: every figure of the public record, measured in one run."""

import sys
from pathlib import Path

from tests.benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).parent))
