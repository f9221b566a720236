"""A rule in a person's words is taken apart, in nine languages, and any text is read in good time."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.clauses import sentences
from elicitation.extraction.grammar import Statement, statements
from elicitation.extraction.quotes import Span
from tests.elicitation.extraction._rules import RULES, parts


@pytest.mark.parametrize(("language", "deontic", "text", "attribute"), RULES)
@pytest.mark.parametrize("told", [True, False])
def test_a_rule_is_read_in_nine_languages_told_or_guessed(language, deontic, text, attribute, told):
    (rule,) = parts(text, language if told else "")
    assert rule["deontic"] == deontic
    assert rule["attribute"] == attribute
    assert rule["aim"]
    assert rule["deontic_at"] not in rule["aim"]


def test_two_rules_in_a_sentence_are_two_and_share_a_subject_said_once():
    text = "Teachers must greet the children and should not shout."
    first, second = parts(text)
    assert (first["deontic"], second["deontic"]) == ("must", "must not")
    assert first["aim"] == "greet the children"
    assert second["attribute"] == "Teachers"
    _, second = parts("The well must be covered and must be cleaned.")
    assert second["acted_on"] == "The well"
    assert second["attribute"] is None


def test_the_longest_answer_is_read_in_no_time():
    for piece in ("must ", "can ", "if may, ", "we must and ", "darf nicht ", "我们不能"):
        text = (piece * 20_000)[:20_000]
        started = time.perf_counter()
        statements(text)
        assert time.perf_counter() - started < 10  # quadratic takes minutes


PIECES = [text for _, _, text, _ in RULES] + [
    "must", "should not", ",", ";", " if ", " or else ", "\n", "🙂‍↔️", "\u202eabc\u202c", "否则", "وإلا", "I don't think ", ":", "is forbidden",
]  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
@settings(max_examples=400, deadline=None)
def test_parts_of_any_text_are_stretches_of_it_in_order(text):
    for rulebook in (False, True):
        rules = statements(text, rulebook=rulebook)
        for rule in rules:
            for name in Statement.__slots__:
                part = getattr(rule, name)
                if isinstance(part, Span):
                    assert 0 <= part.start < part.end <= len(text)
                    assert text[part.start : part.end].strip()
            assert rulebook or rule.aim
        at = [rule.deontic_at.start for rule in rules]
        assert at == sorted(set(at))


@given(st.text(max_size=200))
@settings(deadline=None)
def test_sentences_keep_their_order_and_every_letter(text):
    spans = [span for span, _ in sentences(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = sum(char.isalpha() for span in spans for char in text[span.start : span.end])
    bullets = re.findall(r"(?i)(?<!\w)[a-z][.)]", text)
    assert sum(char.isalpha() for char in text) - kept <= len(bullets)
