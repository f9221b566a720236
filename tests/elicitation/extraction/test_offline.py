"""The offline reader finds and quotes; it never writes a word the person did not."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, EngineFailure
from elicitation.extraction.engines.sentences import phrase, stretches
from elicitation.extraction.engines.titles import titles
from elicitation.extraction.quotes import locate

CORPORA = Path(__file__).parents[4] / "shared" / "data" / "corpora"
READER = build("offline")


def read(text, language="en", contexts=()):
    return READER.propose(Ask(text, language, "What matters?", contexts)).values


@pytest.mark.parametrize(
    "text",
    [
        "When it rains I look at who has no roof. Because everybody needs a dry place.",
        "Quand il fait chaud, je cherche un banc à l'ombre pour ma mère.",
        "Cuando cruzo la calle miro si los coches paran para los niños.",
        "عندما أمشي في الحي أنظر إلى الأماكن التي يجلس فيها كبار السن.",
        "我希望街道安靜，讓老人可以休息，孩子可以自己走路上學。",
        "Когда я иду домой, мне важно, чтобы было светло и спокойно.",
        "Integrity.",
    ],
)
def test_every_word_of_a_card_is_the_persons_own(text):
    (value,) = read(text)
    assert value.title in text
    for policy in value.policies:
        assert policy.text in text
        assert all(locate(quote, within=text) for quote in policy.quotes)


@pytest.mark.parametrize(
    "text",
    ["ok", "😀", "see above", " " * 300, "no idea sorry", "nothing", "-", "123", "je ne sais pas", "不知道",
     "Boil 2 onions in a pan, add salt, then stir the soup for 20 minutes and serve hot."],
)  # fmt: skip
def test_an_answer_that_says_nothing_has_no_card(text):
    assert read(text) == ()


def test_a_script_the_encoder_cannot_read_is_said_so_and_not_called_empty():
    with pytest.raises(EngineFailure) as failed:
        read("कोई तो ऐसी सीमा नहीं हो सकती है", "hi")
    assert failed.value.code == "unreadable_language"
    assert not failed.value.temporary


def test_a_title_never_loses_the_not_of_its_sentence():
    said = "Machines should not be used as a substitute for human emotional connection"
    assert all("not" in title.split() for title in titles(said))


def test_the_situation_is_taken_from_the_persons_words_before_the_inquirys():
    (value,) = read("When the river floods, I look at who is left alone.", contexts=("it snows",))
    assert value.context == "the river floods"


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_every_stretch_of_any_text_can_be_quoted(text):
    for span in stretches(text):
        assert locate(text[span.start : span.end], within=text) == span


@given(st.text("abc ,.;-\n不能。", min_size=1, max_size=120))
def test_titles_are_never_empty_and_always_the_persons_own_words(text):
    for span in stretches(text):
        said = text[span.start : span.end]
        assert all(title and title in said for title in titles(said))
        assert phrase(said) in said


def test_real_answers_are_read_and_every_quote_is_found():
    path = CORPORA / "assembly_answers.csv"
    if not path.exists():
        pytest.skip(f"no {path.name} beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        answers = [row for row in csv.DictReader(file) if row["language"] != "hi"]
    replies = [
        (row["text"], READER.propose(Ask(row["text"], row["language"], "?"))) for row in answers
    ]
    assert sum(bool(r.values or r.norms) for _, r in replies) > 0.97 * len(answers)
    cards = [(text, value) for text, reply in replies for value in reply.values]
    rules = [(text, norm) for text, reply in replies for norm in reply.norms]
    assert all(locate(quote, within=text) for text, norm in rules for quote in norm.quotes)
    assert all(part in text for text, norm in rules for part in (norm.attribute, norm.aim))
    for text, value in cards:
        assert all(locate(quote, within=text) for p in value.policies for quote in p.quotes)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Empathy: the ability to feel what others feel as one's own.", "Empathy"),
        (
            "Treat people the way they want to be treated themselves.",
            "Treat people the way they want",
        ),
        ("Quiet streets where children can play matter to everyone here.", "Quiet streets"),
    ],
)
def test_titles_that_begin_and_end_where_a_clause_does_come_first(sentence, title):
    assert title in titles(sentence)[:3]


@pytest.mark.parametrize("joiner", ["as if", "even if"])
def test_a_comparison_is_no_situation(joiner):
    (value,) = read(f"I treat every person {joiner} they were my own mother, and I listen well.")
    assert value.context == ""
