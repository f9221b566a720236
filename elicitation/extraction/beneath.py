"""Whether an answer as a whole is a goal, a feeling, a rule or a slogan, beneath which a value can be asked for. Free of Django.

Sure cases only: an answer that gives reasons, or tells what somebody looks out for, is left alone. The result adds a question and
takes nothing away. Decision: docs/decisions/0010-norms.md.
"""

import re
import unicodedata
from dataclasses import dataclass

from elicitation.extraction.clauses import language_of, sentences
from elicitation.extraction.grammar import statements
from elicitation.extraction.moods import COMMON
from elicitation.extraction.quotes import DENSE, Span
from elicitation.extraction.yearnings import EMPTY, FUNCTION, YEARNINGS
from elicitation.interview.ladder import Kind

LONGEST = 240  # code points; who writes more has begun to give reasons
GOAL_WORDS = 25
SLOGAN_WORDS = 2  # with weight, beside "and", "the" and the like
SLOGAN_LIST = 4  # bare words, each by itself
SLOGAN_DENSE = 8  # code points
DENSE_WORD = 4
WORD = re.compile(r"\w[\w'’-]*")
JOINED = re.compile(
    r"\s*[,،、，;/&]\s*|\s+(?:and|or|y|e|o|et|ou|und|oder|i|и|или)\s+|\s+و(?=\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Beneath:
    """What kind of thing an answer is, and its words to ask about."""

    kind: Kind
    span: Span


def kind_of(text: str, language: str = "") -> Beneath | None:
    """The kind of `text` with the words to ask about, or None where it is none of the four or says what lies beneath.

    Reads ar, de, en, es, fr, pl, pt, ru and zh; a slogan is known in any language. Never raises.
    """
    found = [span for span, asks in sentences(text) if not asks]
    if not found or len(found) != len(sentences(text)) or len(text) > LONGEST:
        return None
    whole = Span(found[0].start, found[-1].end)
    code = language_of(text, language, COMMON)
    words = YEARNINGS[code]
    if words.reason.search(text):
        return None
    if len(found) == 1:
        said = text[whole.start : whole.end]
        if words.feeling.fullmatch(said):
            return Beneath("feeling", whole)
        if _slogan(said):
            return Beneath("slogan", whole)
        if words.goal.match(said) and len(WORD.findall(said)) <= GOAL_WORDS:
            return Beneath("goal", whole)
    return Beneath("rule", whole) if _all_rules(text, found, language) else None


def _all_rules(text: str, found: list[Span], language: str) -> bool:
    """Whether every sentence states a rule."""
    starts = [rule.deontic_at.start for rule in statements(text, language)]
    return all(any(span.start <= at < span.end for at in starts) for span in found)


def _slogan(said: str) -> bool:
    """Whether `said` is a bare word or two, or a list of bare words: nothing that says of what, for whom or how."""
    if EMPTY.fullmatch(said):
        return False
    if len(DENSE.findall(said)) * 2 > len(said):
        parts = re.split(r"[、，和与與\s]", said)
        return len(said) <= SLOGAN_DENSE and all(len(part) <= DENSE_WORD for part in parts)
    items = [FUNCTION.sub("", item).split() for item in JOINED.split(said)]
    if not all(items) or not all(_is_word(word) for item in items for word in item):
        return False
    heavy = sum(map(len, items))
    return heavy <= SLOGAN_WORDS or len(items) == heavy <= SLOGAN_LIST


def _is_word(word: str) -> bool:
    """Letters alone, with their marks; a hyphen may join them."""
    return all(char == "-" or unicodedata.category(char)[0] in "LM" for char in word)
