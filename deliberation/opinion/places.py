"""Where each voice was placed, packed to be kept: compressed JSON. Free of Django, and loads no numerics."""

import json
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from deliberation.opinion.withholding import is_few


@dataclass(frozen=True, slots=True)
class Places:
    """Side by side: `people` (ids as text), `groups` (their places from 0, -1 for none), `unsure` (1 or 0)."""

    people: Sequence[str] = ()
    groups: Sequence[int] = ()
    unsure: Sequence[int] = ()


def pack(places: Places) -> bytes:
    """The places as bytes."""
    told = {
        "people": list(places.people),
        "groups": list(places.groups),
        "unsure": list(places.unsure),
    }
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode())


def unpack(packed: bytes) -> Places:
    """What `pack` packed; nothing for no bytes."""
    if not packed:
        return Places()
    return Places(**json.loads(zlib.decompress(packed)))


def numbered(places: Places) -> Mapping[str, int]:
    """The group of each voice; nobody is told to be in a group of fewer than five."""
    size = Counter(places.groups)
    told = zip(places.people, places.groups, strict=True)
    return {person: group for person, group in told if group >= 0 and not is_few(size[group])}


def without(packed: bytes, gone: Collection[str]) -> bytes:
    """The same with some voices left out."""
    held = unpack(packed)
    rows = zip(held.people, held.groups, held.unsure, strict=True)
    left = [row for row in rows if row[0] not in gone]
    if len(left) == len(held.people):
        return packed
    people, groups, unsure = zip(*left, strict=True) if left else ((), (), ())
    return pack(Places(people, groups, unsure))
