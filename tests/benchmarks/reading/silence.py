"""What silence costs: real texts of other places that get no card, as the reader is and as it would be with a bolder cut."""

import csv
import gzip
import math
import random
from collections.abc import Iterator, Sequence

import numpy as np

from elicitation.extraction.emptiness import emptiness
from elicitation.extraction.engines.offline import SHORT
from elicitation.extraction.engines.sentences import stretches
from elicitation.extraction.families import vectors
from elicitation.extraction.heads import Floats
from tests.benchmarks.figures import CORPORA, SEED, Figure
from tests.benchmarks.reading.emptiness import empty_texts, has_card

PLACES = {
    "Lille": "lille-grand-debat/contributions.csv",
    "Decidim Barcelona": "decidim-barcelona/comments.csv",
    "CIMT": "cimt/sentences.csv.gz",
    "Decide Madrid": "decide-madrid/comments_sample.csv",
    "assembly_answers": "assembly_answers.csv",
}
DRAWN = 300  # texts of each place
SILENT = 0.95  # of the empty texts


def figures() -> Iterator[Figure]:
    """The share of texts read at each place, and the share silenced there if the head were to find 95 % of the empty ones."""
    if not all((CORPORA / place).exists() for place in PLACES.values()):
        yield Figure("texts of other places read", math.nan, 0.98, "of texts")
        return
    bold = bold_cut(empty_texts())
    for name, place in PLACES.items():
        texts = drawn(place)
        read = float(np.mean([has_card(text) for text in texts]))
        yield Figure(f"{name}, with a card or passed on", read, 0.95, "of texts")
        lost = float((_emptiness(texts) >= bold).mean())
        yield Figure(
            f"{name}, called empty if 95 % of the 47 were", lost, 0.01, "of texts", most=True
        )


def drawn(place: str) -> list[str]:
    """DRAWN texts of a corpus, by SEED."""
    opened = gzip.open if place.endswith(".gz") else open
    with opened(CORPORA / place, "rt", encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["text"].strip()]
    random.Random(SEED).shuffle(texts)
    return texts[:DRAWN]


def bold_cut(empty: Sequence[str]) -> float:
    """The emptiness that SILENT of the `empty` texts reach; 0 is the cut shipped."""
    return float(np.quantile(_emptiness(empty), 1 - SILENT, method="lower"))


def _emptiness(texts: Sequence[str]) -> Floats:
    """How empty each text is; endlessly where no stretch is, never where there are more than SHORT."""
    stretched = np.array([len(stretches(text)) for text in texts])
    found = emptiness(texts, vectors(texts))
    found[stretched == 0], found[stretched > SHORT] = np.inf, -np.inf
    return found
