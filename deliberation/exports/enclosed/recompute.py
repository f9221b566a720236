#!/usr/bin/env python3
"""Compute the results of this package again from its raw tables, and say whether they are the same.

    python recompute.py

Needs Python 3.11 or newer, NumPy and SciPy (`pip install numpy scipy`), nothing else, and no network. It checks every file against
manifest.json, computes opinion groups, moral graph, ranking and counts from the JSON Lines by the rules in rules/, and compares with
results.json: prints "same" and ends with 0, or prints each difference and ends with 1. `--write` writes results.json anew instead.
"""

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MOST = 200  # differences printed
CLOSE = 1e-7  # of a number: other processors round the last digits otherwise
ON_THE_MAP = 2e-4  # places on the map are rounded to four digits


def main(arguments: list[str]) -> int:
    """Returns what the process ends with."""
    sys.path.insert(0, str(HERE / "rules"))
    from deliberation.exports.results import results  # noqa: PLC0415  from the folder beside this file

    found = json.loads(json.dumps(results(HERE), allow_nan=False))
    if "--write" in arguments:
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        (HERE / "results.json").write_text(text + "\n", encoding="utf-8", newline="")
        return 0
    wrong = [*changed(), *differences(told("results.json"), found, "")]
    for line in wrong[:MOST]:
        sys.stdout.write(f"{line}\n")
    if len(wrong) > MOST:
        sys.stdout.write(f"and {len(wrong) - MOST} more\n")
    sys.stdout.write("" if wrong else "same\n")
    return 1 if wrong else 0


def told(name: str) -> Any:
    """A JSON file of this package."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def changed() -> Iterator[str]:
    """The files that are not as manifest.json has them."""
    for name, about in told("manifest.json")["files"].items():
        path = HERE / name
        if not path.exists():
            yield f"{name}: missing"
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != about["sha256"]:
                yield f"{name}: not the file of manifest.json"


def differences(before: Any, now: Any, place: str) -> Iterator[str]:
    """Where two results differ: the place, what results.json says, and what was computed."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in sorted(before.keys() | now.keys()):
            if key not in before or key not in now:
                yield f"{place}/{key}: only {'in results.json' if key in before else 'computed'}"
            else:
                yield from differences(before[key], now[key], f"{place}/{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for number, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from differences(one, other, f"{place}/{number}")
    elif not alike(before, now, place):
        yield f"{place}: {json.dumps(before)[:100]} in results.json, {json.dumps(now)[:100]} computed"


def alike(one: Any, other: Any, place: str) -> bool:
    """Whether two plain things are the same, numbers but for their last digits."""
    if isinstance(one, float) and isinstance(other, int | float):
        slack = ON_THE_MAP if "/map/" in place else 1e-9
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=slack)
    return type(one) is type(other) and bool(one == other)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
