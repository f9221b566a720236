"""Cut an answer into the stretches a card can rest on. Free of Django.

A stretch is a sentence, or a part of a long one; it is long enough to be located again, or the whole answer.
"""

import re
import unicodedata
from functools import cache

from elicitation.extraction.quotes import Span, locate

LONGEST = 220  # code points; what one can take in at a glance
END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？；؟!?]+[」』”’]*|\n+)")
PAUSE = re.compile(r"[,;:،؛、，]\s*|\s+[-–—]\s+")
START = re.compile(r"^[\s\-–—•*·>#\d.)\],;:،؛、，。]+")
TAIL = re.compile(r"[\s\-–—,;:،؛、，.。!！]+$")
# Joining words a sentence may begin with and a phrase can do without, in the languages met so far.
OPENING = re.compile(
    r"^(?:and|but|so|because|also|then|well|yes|i (?:think|believe|feel)(?: that)?|in my opinion,?|"
    r"et|mais|parce que|car|donc|je (?:pense|crois) que|y|pero|porque|creo que|pienso que|e|mas|acho que|"
    r"и|но|потому что|я думаю,? что|لأن|لكن|و?أعتقد أن|أرى أن|因为|但是|我认为|我觉得|我希望)(?:[\s,，]+|(?<=[\u3400-\u9fff]))",
    re.IGNORECASE,
)
# Words that open a clause of circumstance.
JOINERS = (
    r"when(?:ever)?|if|while|quand|lorsque?|si|cuando|wenn|falls|quando|se|когда|если|عندما|إذا|حين"
)
READABLE = {
    "LATIN", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC", "THAI", "FULLWIDTH", "HALFWIDTH",
    "KATAKANA-HIRAGANA", "IDEOGRAPHIC",
}  # fmt: skip


def stretches(text: str) -> list[Span]:
    """All of `text` as stretches that can be quoted, in order. Empty where it holds no letter."""
    parts = [piece for span in _cut(text, Span(0, len(text)), END) for piece in _short(text, span)]
    joined: list[Span] = []
    for span in parts:
        if joined and not _quotable(text, joined[-1]):
            joined[-1] = trimmed(text, Span(joined[-1].start, span.end))
        else:
            joined.append(span)
    if len(joined) > 1 and not _quotable(text, joined[-1]):
        last = joined.pop()
        joined[-1] = trimmed(text, Span(joined[-1].start, last.end))
    return [span for span in joined if _quotable(text, span)]


def trimmed(text: str, span: Span) -> Span:
    """`span` without bullets, numbers, spaces and closing punctuation at its edges."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(START.sub("", inside))
    return Span(start, max(start, span.start + len(TAIL.sub("", inside))))


def phrase(text: str) -> str:
    """`text` without a joining word at its start: never another word than the person's own."""
    return OPENING.sub("", text).strip() or text


def unreadable(text: str) -> bool:
    """Whether more than a third of the letters are of a script the encoder does not know."""
    scripts = [_script(char) for char in text if char.isalpha()]
    strange = sum(script not in READABLE for script in scripts)
    return strange * 3 > len(scripts)


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split()[0]


def _cut(text: str, span: Span, at: re.Pattern[str]) -> list[Span]:
    found, start = [], span.start
    for match in at.finditer(text, span.start, span.end):
        found.append(Span(start, match.end()))
        start = match.end()
    found.append(Span(start, span.end))
    return [t for s in found if (t := trimmed(text, s)).start < t.end and _says(text, t)]


def _short(text: str, span: Span) -> list[Span]:
    """A long sentence in parts: at its pauses, put together again up to LONGEST; else at a space."""
    if span.end - span.start <= LONGEST:
        return [span]
    parts: list[Span] = []
    for part in _cut(text, span, PAUSE):
        if parts and part.end - parts[-1].start <= LONGEST:
            parts[-1] = Span(parts[-1].start, part.end)
        else:
            parts += _hard(text, part)
    return parts


def _hard(text: str, span: Span) -> list[Span]:
    parts, start = [], span.start
    while span.end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        parts.append(Span(start, cut))
        start = cut
    return [trimmed(text, part) for part in [*parts, Span(start, span.end)]]


def _says(text: str, span: Span) -> bool:
    return any(char.isalpha() for char in text[span.start : span.end])


def _quotable(text: str, span: Span) -> bool:
    return locate(text[span.start : span.end], within=text) == span
