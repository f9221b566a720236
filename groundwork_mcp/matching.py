"""Which values and norms words lead to: by the words they share, and nothing cleverer, so that anybody sees why."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SHORTEST = 4  # letters; shorter words tie sentences together
COMPARED = 5  # letters; endings change behind them
# Thai, Lao, Burmese, Khmer, Japanese, Chinese: no spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
RUN = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}]+")
# The context says most about where a value applies.
FIELDS = {"when": 2.0, "title": 1.0, "policies": 1.0}
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """`place` of the texts that share words; `shared`: the situation's words, by field; `score` orders and means nothing else."""

    place: int
    score: float
    shared: Mapping[str, list[str]]


def plain(text: str) -> str:
    """For comparing: one code for each letter, no capitals, no vowel signs or accents apart."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in taken_apart if not unicodedata.combining(c))


def holds(text: str, words: str) -> bool:
    """Whether a text holds every one of these words, whole or as part of another."""
    within = plain(text)
    return all(word in within for word in plain(words).split())


def stems(text: str) -> dict[str, str]:
    """What is compared of each word of a text, and the word; of scripts without spaces, each two letters."""
    found: dict[str, str] = {}
    for word in words_of(unicodedata.normalize("NFC", text)):
        if re.match(rf"[{UNSPACED}]", word):
            for pair in map("".join, pairwise(word)):
                found.setdefault(plain(pair), pair)
        elif len(letters := plain(word)) >= SHORTEST:
            found.setdefault(letters[:COMPARED], word)
    return found


def words_of(text: str) -> list[str]:
    """The words of a text, with the vowel signs that are written as marks of their own; runs of scripts without spaces apart."""
    letters = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
    return [word for run in letters.split() for word in re.findall(RUN, run)]


def matches(situation: str, among: Sequence[Texts]) -> list[Match]:
    """Texts that share words with a situation, best first. A word counts ln(1 + n / m), where m of the n texts have it; twice in a context."""
    said = stems(situation)
    held = [{field: stems(texts.get(field, "")) for field in FIELDS} for texts in among]
    common = Counter(
        stem for fields in held for stem in {s for one in fields.values() for s in one}
    )
    found = []
    for place, fields in enumerate(held):
        shared = {name: [stem for stem in said if stem in one] for name, one in fields.items()}
        score = sum(
            FIELDS[name] * math.log1p(len(among) / common[stem])
            for name, stems_of in shared.items()
            for stem in stems_of
        )
        if score:
            words = {name: [said[stem] for stem in one] for name, one in shared.items() if one}
            found.append(Match(place, score, words))
    return sorted(found, key=lambda match: (-match.score, match.place))
