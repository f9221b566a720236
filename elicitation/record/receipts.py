"""The shape of what people take away to verify: an entry, its proof, and a signed head. Free of Django.

verify.py reads exactly this; see docs/users/verifying.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elicitation.record.leaves import stamp

RECEIPT = "groundwork-receipt/1"
BUNDLE = "groundwork-bundle/1"


@dataclass(frozen=True, slots=True)
class Said:
    """An entry: what it says (body and salt are None once erased) and its leaf."""

    kind: str
    at: datetime
    body: Mapping[str, Any] | None
    salt: bytes | None
    leaf: bytes


def proven(said: Said, index: int | None, path: Sequence[bytes] | None) -> dict[str, Any]:
    """An entry with its leaf, its place and the inclusion proof; `path` is None while it is in no head.

    An erased entry has no "said".
    """
    shown: dict[str, Any] = {"leaf": said.leaf.hex(), "index": index, "path": None}
    if path is not None:
        shown["path"] = [step.hex() for step in path]
    if said.salt is not None:
        shown["said"] = {"kind": said.kind, "at": stamp(said.at), "body": said.body, "salt": said.salt.hex()}  # fmt: skip
    return shown


def hidden(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what it says: the leaf alone, and that it is in the tree."""
    return {name: part for name, part in shown.items() if name != "said"}


def receipt(
    entry: Mapping[str, Any], head: Mapping[str, Any] | None, words: str | None
) -> dict[str, Any]:
    """A receipt for one entry; `words` are those whose digest the entry holds."""
    made: dict[str, Any] = {"format": RECEIPT, "head": head, "entry": entry}
    return made if words is None else {**made, "words": words}
