"""The tree of RFC 9162: Certificate Transparency's published vectors, and what must hold for trees of any size."""

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elicitation.record.merkle import (
    EMPTY,
    consistency,
    extends,
    fold,
    includes,
    inclusion,
    leaf_hash,
    root,
)
from elicitation.record.tiles import HASH, WIDTH, grow, hashes, node_of, top

# certificate-transparency, cpp/merkletree/merkle_tree_test.cc; the same in transparency-dev/merkle.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
STEPS = {
    (1, 1): [],
    (1, 8): PATHS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
PUBLISHED = [leaf_hash(bytes.fromhex(i)) for i in INPUTS]
sizes = st.integers(1, 600)


def over(leaves):
    """The nodes of a tree held whole in memory."""
    return lambda height, number: fold(leaves[number << height : (number + 1) << height])


def numbered(size):
    return [leaf_hash(str(n).encode()) for n in range(size)]


def defined(leaves):
    """MTH word for word as 2.1.1 defines it: slow, and the oracle of the rest."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    both = defined(leaves[:k]) + defined(leaves[k:])
    return hashlib.sha256(b"\x01" + both).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_published(size):
    assert root(size, over(PUBLISHED)).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert root(0, over([])) == EMPTY == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("place", PATHS)
def test_inclusion_proofs_are_those_published(place):
    index, size = place
    proof = inclusion(index, size, over(PUBLISHED))
    assert [step.hex() for step in proof] == PATHS[place]
    assert includes(PUBLISHED[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize("pair", STEPS)
def test_consistency_proofs_are_those_published(pair):
    proof = consistency(*pair, over(PUBLISHED))
    assert [step.hex() for step in proof] == STEPS[pair]
    tops = tuple(bytes.fromhex(ROOTS[size - 1]) for size in pair)
    assert extends(pair, tops, proof)


@given(sizes)
def test_the_root_is_what_the_definition_says(size):
    leaves = numbered(size)
    assert root(size, over(leaves)) == defined(leaves)


@given(st.data(), sizes)
def test_every_leaf_of_every_tree_is_proven_in_log_steps(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    proof = inclusion(index, size, over(leaves))
    assert len(proof) <= (size - 1).bit_length()
    assert includes(leaves[index], index, size, proof, defined(leaves))


@given(st.data(), sizes)
def test_a_changed_leaf_place_step_or_root_never_verifies(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    proof, whole = inclusion(index, size, over(leaves)), defined(leaves)
    other = leaf_hash(b"somebody else's")
    assert not includes(other, index, size, proof, whole)
    assert not includes(leaves[index], index, size, proof, other)
    assert not includes(leaves[index], index, size, [*proof, other], whole)
    assert not includes(leaves[index], size, size, proof, whole)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not includes(leaves[index], index, size, [*proof[:at], other, *proof[at + 1:]], whole)  # fmt: skip
        assert not includes(leaves[index], index, size, proof[:at] + proof[at + 1 :], whole)
        elsewhere = data.draw(st.integers(0, size - 1))
        assume(elsewhere != index)
        assert not includes(leaves[index], elsewhere, size, proof, whole)


@given(st.data(), sizes)
def test_every_tree_extends_every_smaller_one_and_no_other(data, second):
    first = data.draw(st.integers(1, second))
    leaves = numbered(second)
    tops = (defined(leaves[:first]), defined(leaves))
    proof = consistency(first, second, over(leaves))
    assert extends((first, second), tops, proof)
    other = leaf_hash(b"another history")
    assert not extends((first, second), (other, tops[1]), proof)
    assert not extends((first, second), (tops[0], other), proof)
    assert not extends((first, second), tops, [*proof, other])
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not extends((first, second), tops, [*proof[:at], other, *proof[at + 1 :]])
        assert not extends((first, second), tops, proof[:at] + proof[at + 1 :])


@given(st.data(), st.integers(2, 300))
def test_a_tree_with_one_earlier_leaf_changed_extends_nothing_it_was(data, second):
    first = data.draw(st.integers(1, second))
    changed = data.draw(st.integers(0, first - 1))
    leaves = numbered(second)
    forged = [*leaves[:changed], leaf_hash(b"forged"), *leaves[changed + 1 :]]
    proof = consistency(first, second, over(forged))
    assert not extends((first, second), (defined(leaves[:first]), defined(forged)), proof)


@pytest.mark.parametrize("wrong", [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_proof_of_what_is_not_there(wrong):
    with pytest.raises(ValueError, match="There is no leaf"):
        inclusion(*wrong, over(numbered(3)))


@pytest.mark.parametrize("wrong", [(0, 3), (4, 3)])
def test_there_is_no_proof_that_a_longer_tree_starts_a_shorter(wrong):
    with pytest.raises(ValueError, match="no start of one"):
        consistency(*wrong, over(numbered(3)))


@given(st.lists(st.integers(0, 700), max_size=5), st.data())
def test_tiles_grown_in_any_batches_give_the_same_tree_and_proofs(batches, data):
    size, tiles = 0, {}
    for batch in batches:
        leaves = numbered(size + batch)[size:]
        tiles |= grow(size, leaves, tiles.__getitem__)
        size += batch
    leaves = numbered(size)
    assert top(size, tiles.__getitem__) == (defined(leaves) if leaves else EMPTY)
    assert [h for n in range(-(-size // WIDTH)) for h in hashes(tiles[0, n])] == leaves
    if size:
        index = data.draw(st.integers(0, size - 1))
        shorter = data.draw(st.integers(index + 1, size))
        node = node_of(tiles.__getitem__)
        assert inclusion(index, shorter, node) == inclusion(index, shorter, over(leaves))
        assert consistency(shorter, size, node) == consistency(shorter, size, over(leaves))


def test_a_proof_among_a_hundred_thousand_leaves_reads_six_tiles_at_most():
    tiles, read = {}, []
    size = 100_003
    tiles |= grow(0, numbered(size), tiles.__getitem__)

    def reading(place):
        read.append(place)
        return tiles[place]

    inclusion(33_333, size, node_of(reading))
    assert len(read) == len(set(read)) <= 6


def test_a_tile_cut_short_is_noticed():
    tiles = grow(0, numbered(100), {}.__getitem__)
    tiles[0, 0] = tiles[0, 0][: 50 * HASH]
    with pytest.raises(LookupError):
        top(100, tiles.__getitem__)
