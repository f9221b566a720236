"""Stretches of 256 hashes of the tree, as C2SP tlog-tiles cuts it, so that proofs read few rows. Free of Django.

Tile (0, n) holds leaves 256 n to 256 n + 255; tile (l + 1, n) holds the roots of the full tiles (l, 256 n) and after. Only the last
tile of a level is not full.
"""

from collections.abc import Callable, Sequence

from elicitation.record.merkle import EMPTY, Node, fold, root

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = len(EMPTY)
Place = tuple[int, int]
Read = Callable[[Place], bytes]


def grow(size: int, leaves: Sequence[bytes], read: Read) -> dict[Place, bytes]:
    """The tiles that change as `leaves` come after the first `size`, whole: (level, number) -> their hashes in a row.

    `read` gives a tile as it is; it is asked for the last tile of each level alone.
    """
    changed: dict[Place, bytes] = {}
    level, here, new = 0, size, b"".join(leaves)
    while new:
        number, within = divmod(here, WIDTH)
        row = (read((level, number))[: within * HASH] if within else b"") + new
        full = []
        for at in range(0, len(row), WIDTH * HASH):
            tile = row[at : at + WIDTH * HASH]
            changed[level, number] = tile
            number += 1
            if len(tile) == WIDTH * HASH:
                full.append(fold(hashes(tile)))
        level, here, new = level + 1, here >> HEIGHT, b"".join(full)
    return changed


def node_of(read: Read) -> Node:
    """The nodes of the tree whose tiles `read` gives; each tile is read once."""
    kept: dict[Place, bytes] = {}

    def node(height: int, number: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        first = number << above
        place = (level, first >> HEIGHT)
        if place not in kept:
            kept[place] = read(place)
        start = first % WIDTH
        found = hashes(kept[place][start * HASH : (start + (1 << above)) * HASH])
        if len(found) != 1 << above:
            raise LookupError(f"Tile {place} does not reach to node {(height, number)}.")
        return fold(found)

    return node


def top(size: int, read: Read) -> bytes:
    """The root over the first `size` leaves."""
    return root(size, node_of(read))


def hashes(tile: bytes) -> list[bytes]:
    """A tile cut into its hashes."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]
