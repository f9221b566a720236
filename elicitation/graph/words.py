"""What a text shows without understanding it: its words, hashed, and whether they say no. Free of Django."""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from elicitation.extraction.quotes import DENSE

BUCKETS = 4096  # words are hashed, so that every language has words
STEM = 6  # letters; what is left of a word when its ending may differ
KEPT = 65_536  # texts whose words are remembered, some 40 MB
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\W_]+")  # all but letters and digits
SHORT_NOT = re.compile(r"n['’]t\b")
NOT = re.compile(
    r"not|no|never|none|nobody|nothing|nor|without|cannot|pas|jamais|sans|nunca|jamás|sin|não|nem|sem|nicht|kein\w*|nie|"
    r"ohne|не|нет|ни|без|никогда|لا|ليس|ليست|لم|لن|بدون|دون|non|senza"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a text shows to the eye: letters and digits, buckets of its words, how many words it has and how many say no."""

    bare: str
    buckets: tuple[int, ...]
    length: int
    denials: int


@lru_cache(maxsize=KEPT)
def look(text: str) -> Look:
    """What `text` shows."""
    small = text.casefold()
    words = _words(small)
    buckets = tuple(set(map(_bucket, words)))
    return Look(BETWEEN.sub("", small), buckets, len(words), sum(map(_denies, words)))


def _words(small: str) -> list[str]:
    """Words; in scripts without spaces, every two characters that stand side by side."""
    found: list[str] = []
    words: list[str] = WORD.findall(SHORT_NOT.sub(" not", small))
    if not DENSE.search(small):
        return words
    for word in words:
        if DENSE.search(word) and len(word) > 1:
            found += [word[n : n + 2] for n in range(len(word) - 1)]
        else:
            found.append(word)
    return found


@lru_cache(maxsize=KEPT)
def _bucket(word: str) -> int:
    return zlib.crc32(_stem(word).encode()) % BUCKETS


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)][:STEM]
    return word[:STEM]


@lru_cache(maxsize=KEPT)
def _denies(word: str) -> bool:
    return NOT.fullmatch(word) is not None
