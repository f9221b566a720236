"""Which of some names an answer is nearest to, without anything learned from answers. Free of Django.

Three signs are added: the answer as a whole beside the name; its nearest single word, the earlier the better, because people
name a thing before they explain it; and the share of the name's words the answer holds in some form ("honest" for "honesty").
A name that stands for a saying ("The Golden Rule") is known by the saying: who lives by it tells that, not the name.
Decisions: docs/decisions/0008-heads.md, 0058-what-is-denied.md.
"""

import re
from collections.abc import Sequence

import numpy as np

from elicitation.extraction.encoder import Vectors
from elicitation.extraction.families import vectors
from elicitation.extraction.heads import Floats

WORD = re.compile(r"[\w'-]+")
FADES_IN = 60  # words after which a word counts for 1/e
WORD_COUNTS, SHARED_COUNTS = 0.5, 0.2  # beside the whole answer, which counts for 1
STEM = 4  # letters two forms of a word have to share
ENDING = 2  # letters the shorter of them may end differently in
LITTLE = frozenset(("the", "of", "for", "and", "a", "in", "to"))
# Names that do not say what they mean; the encoder finds the sayings in its other languages too.
SAYINGS = {
    "golden rule": (
        "treat others as you want to be treated",
        "do unto others as you would have them do unto you",
        "do not do to others what you would not want done to you",
    ),
    "silver rule": ("do not do to others what you would not want done to you",),
    "categorical imperative": ("act only as you could want everybody to act",),
    "precautionary principle": ("better safe than sorry",),
    "ubuntu": ("I am because we are",),
    "ahimsa": ("do no harm to any living being",),
    "tikkun olam": ("repair the world",),
    "carpe diem": ("seize the day",),
}


def nearest_name(texts: Sequence[str], names: Sequence[str]) -> tuple[list[int], Floats]:
    """The number of the nearest name for each text, and all scores, shape (len(texts), len(names)).

    Raises ValueError without a name. A text without a letter is as near to all: its scores are 0.
    """
    if not names:
        raise ValueError("at least one name is needed")
    said = [WORD.findall(text.casefold()) for text in texts]
    scores: Floats = (
        _whole(texts, names)
        + WORD_COUNTS * _nearest_words(said, names)
        + SHARED_COUNTS * _shared(said, names)
    ).astype(np.float32)
    scores[[not words for words in said]] = 0
    return [int(n) for n in scores.argmax(axis=1)], scores


def _whole(texts: Sequence[str], names: Sequence[str]) -> Floats:
    """Cosine of each text with each name, or with the nearest saying the name stands for."""
    said = vectors(texts)
    found = _cosines(said, vectors(names))
    for n, name in enumerate(names):
        if sayings := SAYINGS.get(name.casefold().removeprefix("the ").strip()):
            found[:, n] = np.maximum(found[:, n], _cosines(said, vectors(sayings)).max(axis=1))
    return found


def _nearest_words(said: list[list[str]], names: Sequence[str]) -> Floats:
    """Cosine of each name with the word of the answer nearest to it, faded by where it stands."""
    distinct = sorted({word for words in said for word in words})
    place = {word: n for n, word in enumerate(distinct)}
    near = _cosines(vectors(distinct), vectors([name.casefold() for name in names]))
    found = np.zeros((len(said), len(names)), np.float32)
    for n, words in enumerate(said):
        if words:
            fade = np.exp(-np.arange(len(words)) / FADES_IN)[:, None]
            found[n] = (near[[place[word] for word in words]] * fade).max(axis=0)
    return found


def _cosines(one: Vectors, other: Vectors) -> Floats:
    found: Floats = one @ other.T
    return found


def _shared(said: list[list[str]], names: Sequence[str]) -> Floats:
    """The share of each name's words that the answer holds in some form."""
    wanted = [[w for w in WORD.findall(name.casefold()) if w not in LITTLE] for name in names]
    forms = {
        word: {other for words in said for other in words if _same_stem(word, other)}
        for words in wanted
        for word in words
    }
    held = [set(words) for words in said]
    return np.array(
        [
            [
                sum(not forms[w].isdisjoint(words) for w in name) / max(len(name), 1)
                for name in wanted
            ]
            for words in held
        ],
        np.float32,
    ).reshape(len(said), len(names))


def _same_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    enough = max(STEM, shorter - ENDING)
    return shorter >= enough and one[:enough] == other[:enough]
