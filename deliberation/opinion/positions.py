"""Where each value of a graph is drawn, packed to be kept: compressed JSON. Free of Django, and loads no numerics."""

import json
import zlib
from collections.abc import Mapping

Point = tuple[int, int]
FINE = 10_000  # whole numbers to one unit of the layout, whose values lie about one unit from its middle


def pack(points: Mapping[str, Point]) -> bytes:
    """Ids of values -> points, as bytes."""
    told = {one: list(point) for one, point in points.items()}
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode())


def unpack(packed: bytes) -> dict[str, Point]:
    """What `pack` packed; nothing for no bytes."""
    if not packed:
        return {}
    return {one: (x, y) for one, (x, y) in json.loads(zlib.decompress(packed)).items()}
