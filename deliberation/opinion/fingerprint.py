"""One short text that tells whether two results rest on the same votes. Free of Django."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

import numpy as np

from deliberation.opinion.votes import Votes


def fingerprint(votes: Votes, *marked: Collection[Any], beside: Collection[str] = ()) -> str:
    """SHA-256 in hex over who voted how on what, the same whatever order the log was in. `marked`: statements with a part of their own.

    Each of `marked` is a collection of ids, such as what was moderated out; those among them that are not voted on make no difference. `beside`: lines of whatever else a result rests on, sorted.
    """
    told = hashlib.sha256()
    for ids in (votes.people, votes.statements):
        told.update(json.dumps(ids.tolist(), default=str).encode())
    for some in marked:
        told.update(np.isin(votes.statements, list(some)).tobytes())
    for numbers, kind in ((votes.starts, "<i8"), (votes.columns, "<i4"), (votes.signs, "<i1")):
        told.update(np.ascontiguousarray(numbers, dtype=kind).tobytes())
    for line in beside:
        told.update(line.encode() + b"\n")
    return told.hexdigest()
