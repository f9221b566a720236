"""An answer that says nothing is told from one that says little."""

import numpy as np
import pytest

from elicitation.extraction.emptiness import WEIGHTS, emptiness, features
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask
from elicitation.extraction.families import vectors
from elicitation.extraction.heads import provenance


def empty(*texts):
    return emptiness(texts, vectors(texts)) >= 0


@pytest.mark.parametrize(
    "text",
    ["I really have no idea, sorry", "idk lol", "any", "None.", "Je ne sais pas quoi répondre",
     "No lo sé", "Не знаю", "我不太清楚", "لا أدري", "weiß ich nicht"],
)  # fmt: skip
def test_a_refusal_is_empty_in_many_languages(text):
    assert empty(text).all()


@pytest.mark.parametrize(
    "text",
    ["Honesty", "COURAGE", "kindness.", "Never leave a child alone.", "Nobody should be lied to, ever",
     "No me gusta mentir, quiero ser justa", "أهتم بجيراني", "我照顾我的父母", "爱家人", "Не обманывать людей", "私は約束を守る"],
)  # fmt: skip
def test_a_short_answer_with_something_in_it_is_not_empty(text):
    assert not empty(text).any()


def test_an_answer_is_judged_the_same_alone_and_among_others():
    texts = ["I keep my word.", "no clue", "Trees give shade to all of us."]
    among = emptiness(texts, vectors(texts))
    alone = [emptiness([text], vectors([text]))[0] for text in texts]
    assert np.allclose(among, alone, atol=1e-3)


def test_no_texts_and_texts_without_letters_have_features_too():
    assert features([], vectors([])).shape[0] == 0
    assert np.isfinite(features(["", "?", "😀", "不"], vectors(["", "?", "😀", "不"]))).all()


def test_the_shipped_weights_are_small_and_say_where_they_come_from():
    about = provenance(WEIGHTS)
    assert WEIGHTS.stat().st_size < 500_000
    assert {"source", "licence", "features", "seed", "trained", "empty_found_there"} <= set(about)


def test_a_long_answer_that_begins_with_a_refusal_keeps_its_card():
    said = "I don't know. It is hard. My mother shared her bread. I look at who goes hungry. We eat together."
    reader = build("offline")
    assert reader.propose(Ask(said, "en", "What matters?")).values
