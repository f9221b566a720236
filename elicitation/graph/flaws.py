"""What is wrong with a story a model told. Free of Django. It is a sieve before a person looks, not instead of one.

A name is seen where a capital stands inside a sentence on a word that what was sent does not hold, where a word introduces one
("Mrs", "named"), or where a word is among common given names. German writes every noun with a capital, and many scripts have none: there
only the other two signs are left.
"""

import re
from collections.abc import Sequence

from elicitation.extraction.tongues import other_language
from elicitation.graph.given_names import GIVEN
from elicitation.interview.texts import fault

SHORTEST, LONGEST = 40, 1200  # code points
DENSE_SHORTEST = 15  # in scripts without spaces
QUOTES = re.compile(r"[\"“”„‟«»‹›「」『』〝〞＂]|(?<!\w)['‘‚‛]")  # an apostrophe follows a letter
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE = re.compile(r"(?<=[.!?。！？؟:;])\s+|\n+")
INTRODUCED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme|M|Sr|Sra|Don|Doña)\b\.?\s+[^\W\d_]|"
    r"(?:named|called|nommée?|prénommée?|llamad[oa]|namens|chiamat[oa]|chamad[oa])\s+[A-ZÀ-Þ])|(?:اسمه|اسمها|يدعى|تدعى)\s"
)
ALL_CAPITAL = frozenset({"de", "lb"})  # languages that write nouns with a capital
NOT_NAMES = """
    I I'm I'd I'll I've I’m I’d I’ll I’ve God Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December
"""
PLAIN = frozenset(NOT_NAMES.split())


def flaw(story: str, sent: Sequence[str], language: str) -> str:
    """Why a story is not kept: unstorable, too_long, too_short, quotes, other_language, name; "" where nothing stands against it.

    `sent`: all the model was told; `language`: the tag the story was wanted in.
    """
    if fault(story):
        return "unstorable"
    if len(story) > LONGEST:
        return "too_long"
    if len(story) < (SHORTEST if " " in story.strip() else DENSE_SHORTEST):
        return "too_short"
    if QUOTES.search(story):
        return "quotes"
    if other_language(story, " ".join(sent), language):
        return "other_language"
    return "name" if names_somebody(story, sent, language) else ""


def names_somebody(story: str, sent: Sequence[str], language: str) -> bool:
    """Whether a story seems to name a person or a place."""
    known = {word.casefold() for text in sent for word in WORD.findall(text)}
    words = [word for word in WORD.findall(story) if word.casefold() not in known]
    if INTRODUCED.search(story) or any(word in GIVEN for word in words):
        return True
    if language.split("-")[0] in ALL_CAPITAL:
        return False
    inside = (word for part in SENTENCE.split(story) for word in WORD.findall(part)[1:])
    return any(w[0].isupper() and w not in PLAIN and w.casefold() not in known for w in inside)
