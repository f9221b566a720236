"""Where, word for word, a quote stands in an answer. Free of Django.

A quote is never trusted: it is looked up, first as it is, then with typographic differences folded away (curly and straight
quotation marks, dashes, kinds and runs of space, case, accents written in one code point or in two). Two places are as bad as none: a quote that could be either is not one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

SHORTEST = 12  # code points; shorter ones prove nothing
SHORTEST_DENSE = 4  # in scripts without spaces a code point is a syllable or a word
FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
ELLIPSIS = re.compile(r"\s*(?:…|\.{3,}|\[…\]|\[\.{3}\]|\(…\)|\(\.{3}\))\s*")
DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
JAMO = re.compile(r"[\u1160-\u11ff]")  # vowels and finals of Korean syllables written apart
JOINTS = str.maketrans(dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("‐‑−", "-"))
# Words go on over a hyphen or an apostrophe, numbers over their signs: "can" of "can't", "violent" of "non-violent" and "5" of "3.5" say
# something else. What follows an article that lost its vowel ("l'eau") is a word; what English puts after an apostrophe is none.
INSIDE = r"(?<=\w)(?=['-]?\w)|(?<=\w-)(?=\w)|(?<=\d)(?=[.,:/٫٬–]\d)|(?<=\d[.,:/٫٬–])(?=\d)|(?<=[-+])(?=\d)"
ENDS_INSIDE = re.compile(rf"{INSIDE}|(?<=\w')(?=\w)")
STARTS_INSIDE = re.compile(rf"{INSIDE}|(?<=\w')(?=(?:t|s|d|m|ll|re|ve)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `start` and `end` in code points, end not included."""

    start: int
    end: int


def locate(quote: str, within: str) -> Span | None:
    """The one place where `quote` stands in `within`, or None.

    It has to be 12 code points long (4 in Chinese, Japanese, Thai and others that write no spaces) or the whole answer, and to
    begin and end between words.
    """
    needle = quote.strip()
    if not needle or not _long_enough(needle, within):
        return None
    exact = [Span(at, at + len(needle)) for at in _all(needle, within)]
    if found := [span for span in exact if _between_words(span, within)]:
        return found[0] if len(found) == 1 else None
    spans = [span for span in _alike(needle, within) if _between_words(span, within)]
    return spans[0] if len(set(spans)) == 1 else None


def says(words: str, within: str) -> Span | None:
    """The first place where `words` stand in `within` in a row, however often, but for typographic differences; None for nowhere."""
    spans = _alike(words.strip(), within)
    return next((span for span in spans if _between_words(span, within)), None)


def utf16(span: Span, text: str) -> Span:
    """`span` with its offsets in UTF-16 code units, as browsers and Java count them."""
    before, inside = text[: span.start], text[span.start : span.end]
    start = len(before.encode("utf-16-le")) // 2
    return Span(start, start + len(inside.encode("utf-16-le")) // 2)


def pieces(quote: str) -> list[str]:
    """A quote joined by an ellipsis, as the pieces that each have to stand in the answer by themselves."""
    return [piece for piece in ELLIPSIS.split(quote) if piece.strip()]


def _long_enough(needle: str, within: str) -> bool:
    shortest = SHORTEST_DENSE if len(DENSE.findall(needle)) * 2 > len(needle) else SHORTEST
    return len(needle) >= shortest or _bare(needle) == _bare(within)


def _bare(text: str) -> str:
    """Letters and digits only, folded: what is left when "the whole answer" is compared."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _all(needle: str, within: str) -> list[int]:
    """Every place `needle` starts at, overlapping ones too."""
    found, at = [], within.find(needle) if needle else -1
    while at >= 0:
        found.append(at)
        at = within.find(needle, at + 1)
    return found


def _alike(needle: str, within: str) -> Iterator[Span]:
    """Every place where `needle` stands but for typographic differences, letters whole."""
    folded, letters = _fold(within)
    short, _ = _fold(needle)
    for at in _all(short, folded):
        first, last = letters[at], letters[at + len(short) - 1]
        before, after = letters[at - 1 : at], letters[at + len(short) : at + len(short) + 1]
        if before != [first] and after != [last]:
            yield Span(first.start, last.end)


def _fold(text: str) -> tuple[str, list[Span]]:
    """`text` without typographic differences, and for each folded code point the letter it came from.

    Only differences of form are folded, and characters no one sees (category Cf) are passed over. Letters keep their accents, written
    in one way; digits and signs stay what they are.
    """
    folded: list[str] = []
    origin: list[Span] = []
    for letter in _letters(text):
        char = unicodedata.normalize("NFC", "".join(text[at] for at in letter))
        plain = " " if char.isspace() else char.translate(FOLDED).casefold()
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origin.extend([Span(letter[0], letter[-1] + 1)] * len(plain))
    return "".join(folded), origin


def _letters(text: str) -> Iterator[list[int]]:
    """The places of each letter that can be seen: its first code point, and the marks and jamo that go on it."""
    letter: list[int] = []
    for at, char in enumerate(text):
        if unicodedata.category(char) == "Cf":
            continue
        if letter and not (unicodedata.combining(char) or JAMO.match(char)):
            yield letter
            letter = []
        letter.append(at)
    if letter:
        yield letter


def _between_words(span: Span, text: str) -> bool:
    """Whether neither end of `span` cuts a word or a number (or a letter from its accent)."""
    return not (_cuts(STARTS_INSIDE, text, span.start) or _cuts(ENDS_INSIDE, text, span.end))


def _cuts(inside: re.Pattern[str], text: str, at: int) -> bool:
    """Whether a word goes on over `at`, as a reader sees it: characters no one sees part nothing."""
    if "\u200d" in text[max(at - 1, 0) : at + 1]:
        return True
    before = _seen((text[n] for n in range(at - 1, -1, -1)), 2)[::-1]
    after = _seen((text[n] for n in range(at, len(text))), 3)
    if after and unicodedata.combining(after[0]):
        return True
    return inside.match("".join(map(_shape, before + after)), len(before)) is not None


def _seen(chars: Iterable[str], most: int) -> str:
    """The first `most` of `chars` that can be seen."""
    return "".join(islice((c for c in chars if unicodedata.category(c) != "Cf"), most))


def _shape(char: str) -> str:
    """A sign for `char` that \\w matches where it is of a word: marks are, what is a word or syllable by itself is not."""
    if DENSE.match(char):
        return "。"
    return "x" if unicodedata.category(char)[0] == "M" else char.translate(JOINTS)
