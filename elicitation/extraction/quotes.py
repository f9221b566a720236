"""Where, word for word, a quote stands in an answer. Free of Django.

A quote is never trusted: it is looked up, first as it is, then with typographic differences folded away (curly and straight
quotation marks, dashes, kinds and runs of space, case). Two places are as bad as none: a quote that could be either is not one.
"""

import re
import unicodedata
from dataclasses import dataclass

SHORTEST = 12  # code points; shorter ones prove nothing
SHORTEST_DENSE = 4  # in scripts without spaces a code point is a syllable or a word
FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
ELLIPSIS = re.compile(r"\s*(?:…|\.{3,}|\[…\]|\[\.{3}\]|\(…\)|\(\.{3}\))\s*")
DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `start` and `end` in code points, end not included."""

    start: int
    end: int


def locate(quote: str, within: str) -> Span | None:
    """The one place where `quote` stands in `within`, or None.

    It has to be 12 code points long (4 in Chinese, Japanese and Thai, which write no spaces) or the whole answer, and to
    begin and end between words.
    """
    needle = quote.strip()
    if not needle or not _long_enough(needle, within):
        return None
    exact = [Span(at, at + len(needle)) for at in _all(needle, within)]
    if found := [span for span in exact if _between_words(span, within)]:
        return found[0] if len(found) == 1 else None
    folded, origin = _fold(within)
    short, _ = _fold(needle)
    spans = [
        Span(origin[at], origin[at + len(short) - 1] + 1) for at in _all(short, folded) if short
    ]
    spans = [span for span in spans if _between_words(span, within)]
    return spans[0] if len(set(spans)) == 1 else None


def says(words: str, within: str) -> bool:
    """Whether `words` stand in `within` in a row, however often, but for typographic differences."""
    folded, origin = _fold(within)
    short, _ = _fold(words.strip())
    places = _all(short, folded)
    spans = (Span(origin[at], origin[at + len(short) - 1] + 1) for at in places)
    return any(_between_words(span, within) for span in spans)


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


def _fold(text: str) -> tuple[str, list[int]]:
    """`text` without typographic differences, and for each folded code point where it came from.

    Only differences of form are folded, and characters no one sees (category Cf) are passed over. Letters keep their accents, and digits and signs stay what they are.
    """
    folded: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if unicodedata.category(char) == "Cf":
            continue
        plain = " " if char.isspace() else char.translate(FOLDED).casefold()
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origin.extend([at] * len(plain))
    return "".join(folded), origin


def _between_words(span: Span, text: str) -> bool:
    """Whether neither end of `span` cuts a word (or a letter from its accent)."""
    return not (_cuts(text, span.start) or _cuts(text, span.end))


def _cuts(text: str, at: int) -> bool:
    if at in {0, len(text)}:
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after) or after == "\u200d" or before == "\u200d":
        return True
    if DENSE.match(before) or DENSE.match(after):
        return False
    return _of_word(before) and _of_word(after)


def _of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
