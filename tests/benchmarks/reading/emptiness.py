"""Nothing to find: how well an answer without content is told from one with, on people and questions not trained on."""

import csv
import math
import time
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import encode
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, EngineFailure
from elicitation.extraction.engines.offline import EMPTY_BELOW, Offline
from elicitation.extraction.engines.sentences import stretches
from elicitation.extraction.heads import Floats, average_precision, folds, ridge
from scripts import train_emptiness
from scripts.train_emptiness import EMPTY_TAG, STRENGTH, Answers
from tests.benchmarks.figures import CORPORA, Figure

QUESTION = "ai_principles"
TAG_STRENGTH = 3.0
MOST_TAGS, RAREST = 26, 5
BEST_TAGS = 3
TAGS_COUNT = 0.7  # beside the head; chosen on the questions other than QUESTION


def figures() -> Iterator[Figure]:
    """All figures of emptiness; those whose labelled text is not here have nothing to measure on."""
    yield from precision_figures()
    yield from card_figures()


def precision_figures() -> Iterator[Figure]:
    """Average precision of "Uninformative answer" on ai_principles, the question trained on and not."""
    rows = train_emptiness.answers(CORPORA) if (CORPORA / "global-dialogues").exists() else None
    within = within_question(rows, QUESTION) if rows else math.nan
    beyond = across(rows, QUESTION) if rows else math.nan
    name = f"nothing to find, {QUESTION}"
    yield Figure(f"{name}, people held back", within, 0.85, "average precision")
    yield Figure(f"{name}, the whole question held back", beyond, 0.50, "average precision")


def card_figures() -> Iterator[Figure]:
    """The shares of empty texts without a card and of real answers with one, and the speed."""
    there = CORPORA.exists()
    empty, unseen = (robustness_silent(), robustness_unseen()) if there else (math.nan, math.nan)
    real, speed = answers_read() if there else (math.nan, math.nan)
    yield Figure("robustness, no card where nothing is to be found", empty, 0.95, "of texts")
    yield Figure("the same by a head that saw none of them", unseen, 0.95, "of texts")
    yield Figure("core_value, card kept by people held back", core_value_kept(), 0.98, "of answers")
    yield Figure("assembly_answers, with a card or passed on", real, 0.98, "of answers")
    yield Figure("offline reader, one process", speed, 100, "answers a second of one core")


def across(rows: Answers, question: str) -> float:
    """Average precision on `question` of a head trained on the other questions."""
    here = np.array(rows.questions) == question
    return average_precision(train_emptiness.across_questions(rows)[here], rows.empty[here])


def within_question(rows: Answers, question: str) -> float:
    """Average precision on `question`, each person's answer scored by heads that saw none of that person's.

    Two signs: a head of emptiness that sees every feature twice, once for all questions and once for this one, and that none of
    the question's tags fits (the mean of its best BEST_TAGS tag scores, taken off).
    """
    here, fold = np.array(rows.questions) == question, folds(rows.people)
    twice = np.hstack([rows.features, rows.features * here[:, None]]).astype(np.float32)
    told = train_emptiness.informative(rows) | (rows.empty > 0)
    empty, fits = np.zeros(len(here)), np.zeros(len(here))
    for part in np.unique(fold):
        seen, asked = fold != part, here & (fold == part)
        head = ridge(twice[seen & told], rows.empty[seen & told][:, None], STRENGTH)
        empty[asked] = head.scores(twice[asked])[:, 0]
        fits[asked] = _best_tags(rows, seen & here, asked)
    empty, fits = _standard(empty[here]), _standard(fits[here])
    return average_precision((empty - TAGS_COUNT * fits).astype(np.float32), rows.empty[here])


def _best_tags(rows: Answers, seen: NDArray[np.bool_], asked: NDArray[np.bool_]) -> Floats:
    own = [rows.tags[n] for n in np.flatnonzero(seen)]
    counted = Counter(tag for tags in own for tag in tags if tag != EMPTY_TAG)
    named = [tag for tag, count in counted.most_common(MOST_TAGS) if count >= RAREST]
    labels = np.array([[tag in tags for tag in named] for tags in own], np.float32)
    shares = labels.mean(axis=0)
    spread = np.sqrt(shares * (1 - shares) + 0.01)
    scores = ridge(rows.features[seen, :512], labels, TAG_STRENGTH).scores(
        rows.features[asked, :512]
    )
    found: Floats = np.sort(scores * spread + shares, axis=1)[:, -BEST_TAGS:].mean(axis=1)
    return found


def _standard(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return (scores - scores.mean()) / scores.std()


def has_card(text: str) -> bool:
    """Whether the offline reader finds a value or a rule, or cannot tell."""
    try:
        reply = READER.propose(Ask(text, "en", "What matters?"))
    except EngineFailure:
        return True
    return bool(reply.values or reply.norms)


READER = build("offline")


def empty_texts() -> list[str]:
    """The texts of the robustness set in which nothing is to be found."""
    with (CORPORA / "robustness" / "texts.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["expect"] == "nothing_found"]


def robustness_silent() -> float:
    """By the shipped weights, which were trained on 40 of the 47."""
    return 1 - float(np.mean([has_card(text) for text in empty_texts()]))


def robustness_unseen() -> float:
    """By a head trained without them, or the reader's other rules: no letter, or no sentence near to what matters."""
    texts = empty_texts()
    rows = train_emptiness.without(
        train_emptiness.answers(CORPORA), {text.strip() for text in texts}
    )
    flags = train_emptiness.flagged(*train_emptiness.train(rows), texts)
    return float(np.mean([flag or _unlike(text) for flag, text in zip(flags, texts, strict=True)]))


def _unlike(text: str) -> bool:
    said = [text[span.start : span.end] for span in stretches(text)]
    return not said or bool(Offline()._scores(encode(said)).max() < EMPTY_BELOW)


def core_value_kept() -> float:
    """The share of tagged answers to core_value a head trained on other people does not call empty."""
    if not (CORPORA / "global-dialogues").exists():
        return math.nan
    rows = train_emptiness.answers(CORPORA)
    fold = folds(rows.people)
    asked = (np.array(rows.questions) == "core_value") & train_emptiness.informative(rows)
    silent = np.zeros(len(asked), bool)
    for part in np.unique(fold):
        head, cut = train_emptiness.train(rows.take(fold != part))
        silent[fold == part] = head.scores(rows.features[fold == part])[:, 0] >= cut
    return 1 - float(silent[asked].mean())


def answers_read() -> tuple[float, float]:
    """The share of assembly answers with a card or, in Hindi, passed on to a person; and answers read in a second of one core."""
    with (CORPORA / "assembly_answers.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    has_card("I pay attention to who is left out.")
    began = time.process_time()
    cards = [has_card(text) for text in texts]
    return float(np.mean(cards)), len(texts) / (time.process_time() - began)
