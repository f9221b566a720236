"""Train the head of elicitation/extraction/emptiness.py and write its weights: `.venv/bin/python -m scripts.train_emptiness`.

Reads the tags of Global Dialogues beside the project ("Uninformative answer" or not) and the offline reader's own anchors. Weights are
kept, texts are not. NumPy only; no chance but a fixed seed.
"""

import csv
import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.emptiness import WEIGHTS, features
from elicitation.extraction.encoder import ENCODER
from elicitation.extraction.engines.anchors import EMPTY, MATTERS
from elicitation.extraction.families import vectors
from elicitation.extraction.heads import (
    SEED,
    Floats,
    Head,
    average_precision,
    keep,
    ridge,
)

CORPORA = Path(__file__).parents[2] / "shared" / "data" / "corpora"
EMPTY_TAG, OTHER_TAG = "Uninformative answer", "Other"
STRENGTH = 3.0
KEPT = 0.99  # share of answers with a tag of their own that must keep their card
NAMED = (
    "accountability", "accuracy", "authenticity", "autonomy", "beauty", "belonging", "care", "community", "compassion", "courage",
    "creativity", "curiosity", "dignity", "diligence", "discipline", "diversity", "empathy", "equality", "fairness", "faith", "family",
    "forgiveness", "freedom", "friendship", "generosity", "gratitude", "health", "helpfulness", "honesty", "hospitality", "humility",
    "inclusion", "independence", "integrity", "justice", "kindness", "knowledge", "love", "loyalty", "moderation", "nature", "openness",
    "patience", "peace", "perseverance", "politeness", "privacy", "reliability", "respect", "responsibility", "safety", "security",
    "sincerity", "solidarity", "sustainability", "tolerance", "tradition", "transparency", "trust", "truth", "wisdom",
)  # fmt: skip
# The tags are of English text; these, in our own words, say the same of other languages.
REFUSED = (
    "no lo sé", "ninguna", "no tengo idea", "nada en especial", "je ne sais pas", "aucune idée", "rien", "não sei", "nenhum", "sem opinião",
    "keine Ahnung", "weiß nicht", "nichts", "не знаю", "ничего", "затрудняюсь ответить", "нет мнения", "不知道", "没有", "没想法",
    "不清楚", "لا أعرف", "لا شيء", "ليس لدي فكرة", "わからない", "特になし", "모르겠어요", "없음", "tidak tahu", "bilmiyorum", "non so", "ไม่รู้",
)  # fmt: skip
SAID = (
    "cuido a mis abuelos", "la honestidad", "que nadie pase hambre", "no mentir", "je protège les petits", "le respect", "ne pas blesser",
    "a família primeiro", "não enganar ninguém", "Ehrlichkeit", "niemanden belügen", "забочусь о детях", "честность", "не вредить людям",
    "我关心邻居", "诚实", "不伤害别人", "保护孩子", "尊重老人", "أساعد الفقراء", "الصدق", "لا أؤذي أحدا", "家族を大切にする", "正直さ", "가족을 돌봅니다", "정직",
    "jujur kepada semua orang", "dürüstlük", "aiutare chi ha bisogno", "ความซื่อสัตย์",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in step: `features` (rows, n), `empty` (rows,) 0 or 1, and the tags, question and person of each."""

    texts: list[str]
    features: Floats
    empty: Floats
    tags: list[list[str]]
    questions: list[str]
    people: list[str]

    def take(self, kept: NDArray[np.bool_]) -> "Answers":
        """The rows where `kept` is true."""
        rows = [int(n) for n in np.flatnonzero(kept)]
        return Answers(
            [self.texts[n] for n in rows],
            self.features[rows],
            self.empty[rows],
            [self.tags[n] for n in rows],
            [self.questions[n] for n in rows],
            [self.people[n] for n in rows],
        )


def answers(corpora: Path = CORPORA) -> Answers:
    """Every tagged answer of Global Dialogues. Raises FileNotFoundError."""
    path = corpora / "global-dialogues" / "answers_tagged.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"] for row in rows]
    tags = [row["tags"].split("|") for row in rows]
    return Answers(
        texts,
        features(texts, vectors(texts)),
        np.array([EMPTY_TAG in own for own in tags], np.float32),
        tags,
        [row["question_key"] for row in rows],
        [row["participant"] for row in rows],
    )


def train(rows: Answers) -> tuple[Head, float]:
    """A head of `rows` and our own anchors, and the score KEPT of the informative stay below on a question not trained on."""
    told = rows.take(informative(rows) | (rows.empty > 0))
    words = [form for name in NAMED for form in (name, f"{name.capitalize()}.", name.upper())]
    empty = [*EMPTY, *REFUSED]
    own = [*empty, *MATTERS, *SAID, *words]
    seen = np.vstack([told.features, features(own, vectors(own))])
    labels = np.concatenate([told.empty, np.arange(len(own)) < len(empty)])
    head = ridge(seen, labels[:, None].astype(np.float32), STRENGTH)
    return head, float(np.quantile(across_questions(rows)[informative(rows)], KEPT))


def informative(rows: Answers) -> NDArray[np.bool_]:
    """Which answers (rows,) have a tag that says something; "Other" is given to full and to empty ones alike."""
    return np.array([bool(set(own) - {EMPTY_TAG, OTHER_TAG}) for own in rows.tags])


def across_questions(rows: Answers) -> Floats:
    """Scores (rows,), each by a head trained on the other questions."""
    scores = np.zeros(len(rows.texts), np.float32)
    asked, told = np.array(rows.questions), informative(rows) | (rows.empty > 0)
    for question in sorted(set(rows.questions)):
        others = told & (asked != question)
        head = ridge(rows.features[others], rows.empty[others][:, None], STRENGTH)
        scores[asked == question] = head.scores(rows.features[asked == question])[:, 0]
    return scores


def flagged(head: Head, cut: float, texts: list[str]) -> NDArray[np.bool_]:
    """Whether each text is called empty, shape (len(texts),)."""
    found: NDArray[np.bool_] = head.scores(features(texts, vectors(texts)))[:, 0] >= cut
    return found


def without(rows: Answers, texts: set[str]) -> Answers:
    """The rows whose text is not one of `texts`."""
    return rows.take(np.array([text.strip() not in texts for text in rows.texts]))


def main() -> None:
    """Measure, train on everything, write."""
    rows = answers()
    head, cut = train(rows)
    unseen = across_questions(rows)
    asked = np.array(rows.questions)
    scores = {
        name: round(average_precision(unseen[asked == name], rows.empty[asked == name]), 3)
        for name in sorted(set(rows.questions))
    }
    about = {
        "source": "Global Dialogues, The Collective Intelligence Project (labels; no text is kept)",
        "licence": "released by its makers as open data; copy of round 1 marked MIT",
        "rows": len(rows.texts),
        "features": f"{ENCODER}; hashed letter runs; length and words of refusal",
        "head": f"ridge, strength {STRENGTH}; cut: {KEPT} of the answers with a tag kept",
        "seed": SEED,
        "trained": dt.datetime.now(dt.UTC).date().isoformat(),
        "average_precision_on_a_question_not_trained_on": scores,
        "empty_found_there": round(float((unseen[rows.empty == 1] >= cut).mean()), 3),
    }
    keep(
        WEIGHTS,
        about,
        {"weights": head.weights, "bias": head.bias, "cut": np.array([cut], np.float32)},
    )
    sys.stdout.write(json.dumps(about, indent=1) + f"\n{WEIGHTS.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
