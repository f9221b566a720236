"""The Merkle tree of RFC 9162, section 2.1: root, inclusion and consistency, made and verified. Free of Django.

A tree is given by its size and a `Node`: a function from (height, number) to the 32-byte hash of the complete
subtree over the leaves number * 2**height up to (number + 1) * 2**height. Every root and proof asks O(log size) of them.
"""

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
EMPTY = hashlib.sha256().digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf (32 bytes)."""
    return hashlib.sha256(LEAF_PREFIX + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children (32 bytes each)."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over 1, 2, 4, 8, ... hashes side by side."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def root(size: int, node: Node) -> bytes:
    """The root of the first `size` leaves (2.1.1); EMPTY for none."""
    return _subtree(0, size, node) if size else EMPTY


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves (2.1.3.1). Raises ValueError outside of it."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} among {size}.")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_subtree(middle, end, node))
            end = middle
        else:
            proof.append(_subtree(start, middle, node))
            start = middle
    return proof[::-1]


def consistency(first: int, second: int, node: Node) -> list[bytes]:
    """The proof that the tree of `first` leaves is the start of that of `second` (2.1.4.1).

    Raises ValueError unless 0 < first <= second. Empty where both are one.
    """
    if not 0 < first <= second:
        raise ValueError(f"A tree of {first} leaves is no start of one of {second}.")
    start, end, proof, whole = 0, second, [], True
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            proof.append(_subtree(middle, end, node))
            end = middle
        else:
            proof.append(_subtree(start, middle, node))
            start, whole = middle, False
    return proof[::-1] if whole else [_subtree(start, end, node), *proof[::-1]]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], top: bytes) -> bool:
    """Whether `proof` shows that `leaf` is number `index` in the tree of `size` leaves with root `top` (2.1.3.2)."""
    sides = _climb(index, size - 1, proof) if 0 <= index < size else None
    if sides is None:
        return False
    made = leaf
    for step, is_left in sides:
        made = node_hash(step, made) if is_left else node_hash(made, step)
    return made == top


def extends(sizes: tuple[int, int], tops: tuple[bytes, bytes], proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of sizes[0] leaves and root tops[0] starts that of sizes[1], tops[1] (2.1.4.2)."""
    first, second = sizes
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and tops[0] == tops[1]
    path = [tops[0], *proof] if first & (first - 1) == 0 else list(proof)
    shared = (
        first & -first
    ).bit_length() - 1  # levels up to the largest subtree both trees hold whole
    sides = _climb((first - 1) >> shared, (second - 1) >> shared, path[1:])
    if not path or sides is None:
        return False
    old = new = path[0]
    for step, is_left in sides:
        old = node_hash(step, old) if is_left else old
        new = node_hash(step, new) if is_left else node_hash(new, step)
    return (old, new) == tops


def _climb(at: int, last: int, proof: Sequence[bytes]) -> list[tuple[bytes, bool]] | None:
    """Each step up from node `at` of a row that ends with `last`, and whether it stands to the left; None where the proof is
    too short or too long.
    """
    sides = []
    for step in proof:
        if last == 0:
            return None
        is_left = bool(at & 1) or at == last
        while is_left and at and not at & 1:
            at, last = at >> 1, last >> 1
        sides.append((step, is_left))
        at, last = at >> 1, last >> 1
    return sides if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(start: int, end: int, node: Node) -> bytes:
    """The hash over leaves start to end, where start is a multiple of the smallest power of two that holds them."""
    size = end - start
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return node(height, start >> height)
    middle = start + _split(size)
    return node_hash(_subtree(start, middle, node), _subtree(middle, end, node))
