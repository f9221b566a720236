"""How likely two short texts say the same. Free of Django. It proposes, people decide.

There are two questions, because people who judge pairs answer them differently. VALUE: do both speak of the same value (honesty in
a story about a market, honesty in a word)? That is broad, and the texts may share nothing else. POINT: does the one make the
other's point, so that a person would sign both? That is narrow: "ban it, it harms" and "keep it, it does not" share every topic word and
must stay apart. Both scores are symmetric. How near two texts are says little by itself where everybody speaks of one topic, so each text
also knows how near the texts around it are (its company: the graph's values, say). Weights: scripts/train_matching.py; figures: docs/decisions/0009-same-or-not.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors, encode
from elicitation.graph.words import BUCKETS, look

Floats = NDArray[Any]  # float32 in the product, float64 where weights are learnt
WEIGHTS = Path(__file__).parent / "weights" / "matching.npz"
BLOCK = 256  # texts compared at a time
NEIGHBOURS = 5  # of a text's company, that say how crowded it is around the text
STRANGER = 0.3  # cosine of a neighbour that is missing: two sentences on one topic, roughly
ITSELF = 0.9999  # cosine from which a neighbour is the text again
SHARED, DENIED = 3, 5  # places in point_signs
DENIAL_POWER = 4  # so that only nearly equal words count as a denial
FAINT = 0.01  # below this, agreement of profiles is noise


class Kind(StrEnum):
    """What "the same" is to mean."""

    VALUE = "value"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Texts:
    """n texts, ready to be compared.

    `bare`: letters and digits only, empty where a text says nothing; `vectors`: unit, (n, 512); `words`: 1 where a text has a word
    of that bucket, (n, BUCKETS); `negated`: 1 where an odd number of its words say no, (n,); `length`: log of the words, (n,); `crowd`: mean cosine of the nearest in its company, (n,).
    """

    bare: tuple[str, ...]
    vectors: Vectors
    words: Floats
    negated: Floats
    length: Floats
    crowd: Floats

    def part(self, which: slice | NDArray[np.intp]) -> "Texts":
        """Some of the texts, by slice or by an array of places."""
        places = np.arange(len(self.bare))[which]
        return Texts(
            tuple(self.bare[n] for n in places),
            self.vectors[which],
            self.words[which],
            self.negated[which],
            self.length[which],
            self.crowd[which],
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt. `rarity`: natural log of texts per text with the word, (BUCKETS,).

    VALUE: `tags` (t, 512) and `tag_bias` (t,) tell how likely a text speaks of each of t values; `value_blend` weighs
    `value_signs`. POINT: texts are moved by `centre` (512,) and `axes` (512, d) and compared by the symmetric `bilinear` (d, d);
    `point_blend` weighs `point_signs`. `same_from`: the probability from which "same as" is suggested.
    """

    rarity: Floats
    tags: Floats
    tag_bias: Floats
    value_blend: Floats
    centre: Floats
    axes: Floats
    bilinear: Floats
    point_blend: Floats
    same_from: dict[Kind, float]


def read(
    texts: Sequence[str], company: Vectors | None = None, vectors: Vectors | None = None
) -> Texts:
    """`texts` ready to be compared, in the company of others, (c, 512); without one, in their own.

    Texts to be compared with each other need the same company. `vectors`, (n, 512), where they are stored already.
    """
    found = [look(text) for text in texts]
    words = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    for n, seen in enumerate(found):
        words[n, list(seen.buckets)] = 1
    vectors = encode(texts) if vectors is None else vectors
    return Texts(
        bare=tuple(seen.bare for seen in found),
        vectors=vectors,
        words=words,
        negated=np.array([seen.denials % 2 for seen in found], dtype=np.float32),
        length=np.log([seen.length + 1 for seen in found]).astype(np.float32),
        crowd=crowding(vectors, vectors if company is None else company),
    )


def crowding(vectors: Vectors, company: Vectors) -> Floats:
    """Mean cosine of each of n texts with its NEIGHBOURS nearest in `company`, (n,); itself does not count."""
    found = np.empty(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), BLOCK):
        nearness = vectors[start : start + BLOCK] @ company.T
        nearness[nearness > ITSELF] = STRANGER
        strangers = np.full((len(nearness), NEIGHBOURS), STRANGER, dtype=np.float32)
        known = np.hstack([nearness, strangers])
        nearest_known = np.partition(known, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        found[start : start + BLOCK] = nearest_known.mean(axis=1)
    return found


def scores(left: Texts, right: Texts, kind: Kind, weights: Weights | None = None) -> Floats:
    """Probability, in [0, 1], that each of n left and each of m right texts say the same: (n, m).

    1 where both have the same letters and digits, 0 where either has none.
    """
    weights = weights or shipped()
    judged = _value if kind is Kind.VALUE else _point
    found = np.empty((len(left.bare), len(right.bare)), dtype=np.float32)
    for start in range(0, len(left.bare), BLOCK):
        block = slice(start, start + BLOCK)
        found[block] = judged(left.part(block), right, weights)
    a, b = np.array(left.bare, dtype=object), np.array(right.bare, dtype=object)
    found[a[:, None] == b[None, :]] = 1
    found[a == ""] = 0
    found[:, b == ""] = 0
    return found


def same_from(kind: Kind) -> float:
    """The score from which "same as" may be suggested to a person; how it was chosen: the decision."""
    return shipped().same_from[kind]


def nearest(candidate: Vectors, stored: Vectors, most: int = 50) -> NDArray[np.intp]:
    """Places of the `most` stored unit vectors, (n, 512), nearest to `candidate`, (512,), best first.

    The first sieve of a large graph: what it leaves is worth `scores`.
    """
    nearness = stored @ candidate
    if most < len(nearness):
        kept = np.argpartition(-nearness, most)[:most]
    else:
        kept = np.arange(len(nearness))
    best: NDArray[np.intp] = kept[np.argsort(-nearness[kept], kind="stable")]
    return best


def value_signs(left: Texts, right: Texts, weights: Weights) -> Floats:
    """Signs that two texts speak of one value, (n, m, 6): one, agreement of profiles, cosine, shared words, and how crowded it is.

    Profiles p and q hold the probability of each value; the expected number of shared values is p.q; its logarithm is the sign.
    """
    shared = profile(left.vectors, weights) @ profile(right.vectors, weights).T
    cosine = left.vectors @ right.vectors.T
    overlap, _ = _overlaps(left, right, weights.rarity)
    signs = [np.ones_like(cosine), np.log(shared + FAINT), cosine, overlap, *_crowds(left, right)]
    return np.stack(signs, axis=2)


def point_signs(left: Texts, right: Texts, weights: Weights) -> Floats:
    """Signs that two texts make one point, (n, m, 9).

    One, cosine and its square, shared words, how far the one's words hold the other's, whether just one of them says no, how their
    lengths differ (absolute log ratio), and how crowded it is around them.
    """
    cosine = left.vectors @ right.vectors.T
    overlap, held = _overlaps(left, right, weights.rarity)
    denied = np.abs(left.negated[:, None] - right.negated[None, :])
    longer = np.abs(left.length[:, None] - right.length[None, :])
    signs = [np.ones_like(cosine), cosine, cosine**2, overlap, held, denied, longer]
    return np.stack([*signs, *_crowds(left, right)], axis=2)


def damped(logits: Floats, signs: Floats) -> Floats:
    """Probability of one point from log odds (n, m) and point_signs, brought down where the one is the other with a "not" in it.

    No corpus holds enough such pairs to learn from, and they are the worst to get wrong.
    """
    denial = signs[..., DENIED] * signs[..., SHARED] ** DENIAL_POWER
    found: Floats = probability(logits) * (1 - denial)
    return found


def formed(left: Vectors, right: Vectors, weights: Weights) -> Floats:
    """What the learnt symmetric form adds to the log odds of one point, (n, m)."""
    found: Floats = placed(left, weights) @ weights.bilinear @ placed(right, weights).T
    return found


def profile(vectors: Vectors, weights: Weights) -> Floats:
    """How likely each text speaks of each value, (n, t)."""
    return probability(vectors @ weights.tags.T + weights.tag_bias)


def placed(vectors: Vectors, weights: Weights) -> Floats:
    """Vectors in the space the symmetric form is learnt in, (n, d)."""
    found: Floats = (vectors - weights.centre) @ weights.axes
    return found


def probability(logits: Floats) -> Floats:
    """The logistic function, safe for large numbers."""
    found: Floats = 0.5 * (1 + np.tanh(0.5 * logits))
    return found


@cache
def shipped() -> Weights:
    """The weights that come with the product; loaded with the first pair."""
    with np.load(WEIGHTS) as kept:
        told = json.loads(str(kept["provenance"]))
        arrays = {
            name: kept[name].astype(np.float32) for name in kept.files if name != "provenance"
        }
    return Weights(**arrays, same_from={Kind(k): v for k, v in told["same_from"].items()})


def _value(left: Texts, right: Texts, weights: Weights) -> Floats:
    return probability(value_signs(left, right, weights) @ weights.value_blend)


def _point(left: Texts, right: Texts, weights: Weights) -> Floats:
    signs = point_signs(left, right, weights)
    logits = signs @ weights.point_blend + formed(left.vectors, right.vectors, weights)
    return damped(logits, signs)


def _overlaps(left: Texts, right: Texts, rarity: Floats) -> tuple[Floats, Floats]:
    """Shared words weighed by rarity, as a cosine and as a share of the poorer text, each (n, m) in [0, 1]."""
    shared = (left.words * rarity) @ right.words.T
    a = np.maximum(left.words @ rarity, 1e-6)[:, None]
    b = np.maximum(right.words @ rarity, 1e-6)[None, :]
    return shared / np.sqrt(a * b), shared / np.minimum(a, b)


def _crowds(left: Texts, right: Texts) -> tuple[Floats, Floats]:
    """How crowded it is around both, and how much more around the one, each (n, m).

    Cosine less half the first is the local scaling of Conneau et al., "Word translation without parallel data" (2018).
    """
    a, b = left.crowd[:, None], right.crowd[None, :]
    return a + b, np.abs(a - b)
