"""An answer in sentences, and the language a sentence is in. Free of Django.

Unlike the stretches a card rests on, a sentence here is whole: a rule and its condition must not be cut apart.
"""

import re
from collections.abc import Mapping

from elicitation.extraction.quotes import Span

END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？؟!?]+[」』”’]*|(?<![:：\n])\n+)")
EDGE = re.compile(
    r"^(?:[\s\-–—•*·>#.\],;:،؛、，。]|\(?(?:\d{1,3}|[a-z])[.)](?=\s))+", re.IGNORECASE
)
TAIL = re.compile(r"[\s\-–—,;:،؛、，.。!！…]+$")
QUESTION = re.compile(r"[?？؟][\"'”’»)\]]*\s*$")
SCRIPTS = (
    ("ar", re.compile(r"[\u0621-\u064a]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
)

# "and always", "but rather", "et toujours": after a "not" they begin what is asked for.
TURN = re.compile(
    r",?\s+(?:and|but)\s+(?:always|instead|rather|should|must|needs? to)\b|,?\s+and\s+be\b|"
    r",?\s+(?:et|mais)\s+(?:toujours|plutôt|doi(?:t|vent)|être)\b|,?\s+(?:y|sino|pero)\s+(?:siempre|más bien|deben?|ser)\b|"
    r",?\s+(?:und|sondern)\s+(?:immer|stets|lieber|soll(?:te|ten)?)\b|,?\s+(?:e|mas)\s+(?:sempre|devem?|ser)\b|"
    r",?\s+(?:и|а|но)\s+(?:всегда|должн\w+|лучше)\b|(?:，|、)?(?:而应|而是|并且应)|\s+(?:بل|ولكن)\s",
    re.IGNORECASE,
)


def sentences(text: str) -> list[tuple[Span, bool]]:
    """The sentences of `text` in order, trimmed at their edges, and whether each is a question. Only those that hold a letter."""
    found, start = [], 0
    for end in [*(match.end() for match in END.finditer(text)), len(text)]:
        span = trimmed(text, start, end)
        if any(char.isalpha() for char in text[span.start : span.end]):
            found.append((span, bool(QUESTION.search(text[start:end]))))
        start = end
    return found


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch from `start` to `end` without bullets, spaces and closing punctuation at its edges; never below zero length."""
    inside = text[start:end]
    first = start + len(inside) - len(EDGE.sub("", inside))
    return Span(first, max(first, start + len(TAIL.sub("", inside))))


def language_of(text: str, told: str, common: Mapping[str, re.Pattern[str]]) -> str:
    """The language of `text` as one of the keys of `common`, by script, then by its commonest words.

    `told` decides where the words do not; a wrong label is met often enough that it does not decide alone.
    """
    letters = sum(char.isalpha() for char in text)
    for code, script in SCRIPTS:
        if len(script.findall(text)) * 2 > letters:
            return code
    latin = {code: len(words.findall(text)) for code, words in common.items()}
    told = told[:2].lower()
    latin[told] = latin.get(told, -1) + (told in latin)
    best = max(latin, key=lambda code: (latin[code], code == "en"))
    return best if best in common else "en"


def before_turn(text: str, span: Span) -> Span:
    """`span` up to where it turns from what is forbidden to what is asked for instead: "not shout and always listen"."""
    turn = TURN.search(text, span.start, span.end)
    return trimmed(text, span.start, turn.start()) if turn else span


def is_no_mood(mood: re.Match[str], sentence: Span) -> bool:
    """Whether a word that looks like a mood is none; a capital "May" inside a sentence is the month."""
    return mood.lastgroup == "none" or (mood.group() == "May" and mood.start() > sentence.start)


def some(span: Span) -> Span | None:
    """`span`, or None where it is empty."""
    return span if span.start < span.end else None
