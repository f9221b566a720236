"""The real votes, as they were when each of the published graphs was made."""

import csv
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from elicitation.graph.edge_votes import read_votes
from elicitation.graph.judgements import Judgements
from elicitation.interview.opening import open_table
from tests.benchmarks.figures import DATA

GRAPHS = DATA / "moral-graph"
VOTES = GRAPHS / "edge_votes.csv"


def told(name: str) -> Any:
    """A JSON file of the data."""
    return json.loads((GRAPHS / name).read_text(encoding="utf-8"))


def votes_before(graph: str) -> Judgements:
    """All votes but those cast after the graph `all` or `prolific` was published."""
    left_out: Counter[tuple[str, str, str]] = Counter()
    for vote in told(f"later_votes_{graph}.json")["votes"]:
        key = str(vote["from_value"]), str(vote["to_value"]), vote["judgement"]
        left_out[key] += vote["count"]
    with VOTES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = []
    for row in reversed(rows):
        key = row["from_value"], row["to_value"], row["judgement"]
        left_out[key] -= 1
        if left_out[key] < 0:
            kept.append(row)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "votes.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(reversed(kept))
        return read_votes(open_table(path))
