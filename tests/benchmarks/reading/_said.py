"""The rule of quoting, said a second time and in another way, to judge what was stored without asking quotes.py.

A quote is the person's own letters. Only form may differ: kinds of quotation mark, dash and space, case, and characters no one sees.
It ends and begins with whole words; a word goes on over an apostrophe, a hyphen, and a number over its signs.
"""

import re
import unicodedata

APOSTROPHES, MARKS, DASHES = "‘’‚‛′`´ʼ", "“”„‟″«»", "‐‑‒–—―−"
JOINING = "-‐‑−"  # the other dashes part words
WIDE = r"\s+"
SAME = str.maketrans(
    {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(MARKS, '"'), **dict.fromkeys(DASHES, "-")}
)
# w: letter or mark, 0: digit, c: a sign of a script without spaces (each may begin or end a quote)
TOKEN = re.compile(r"[w0]+(?:(?:['-][w0]+)|(?:(?<=0)[.,:/–](?=0)0[w0]*))*|[-+]0[w0]*")
ELIDED = re.compile(r"[w0]+'")
SHORTENED = {"t", "s", "d", "m", "ll", "re", "ve"}
DOTS = re.compile(r"\s*(?:…|\.\.\.+|[\[(](?:…|\.\.\.)[\])])\s*")


def seen(text: str) -> str:
    """`text` without the characters no one sees."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def plain(text: str) -> str:
    """`text` in one form: what two texts that differ in form alone have in common."""
    return re.sub(r"\s+", " ", seen(text).translate(SAME)).strip().casefold()


def places(quote: str, text: str) -> int:
    """In how many places `quote` stands in `text`, whole words, whatever its form."""
    wanted, within = plain(quote), seen(text)
    if not wanted:
        return 0
    form = re.escape(wanted).replace("ss", "(?:ss|ß)")
    for plainly, forms in (("'", APOSTROPHES), ('"', MARKS), (r"\-", DASHES)):
        form = form.replace(plainly, f"[-{forms}]" if plainly == r"\-" else f"[{plainly}{forms}]")
    found = re.finditer(f"(?=({form.replace(chr(92) + ' ', WIDE)}))", within, re.IGNORECASE)
    return sum(not _cut(within, *place.span(1)) for place in found)


def cuts(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins or ends inside a word."""
    before = len(seen(text[:start]))
    return _cut(seen(text), before, before + len(seen(text[start:end])))


def pieces(quote: str) -> list[str]:
    """What stands between the dots of a quote that leaves something out."""
    return [piece for piece in DOTS.split(quote) if piece.strip()]


def _cut(text: str, start: int, end: int) -> bool:
    shape = "".join(map(_kind, text))
    for token in TOKEN.finditer(shape):
        first, last = token.span()
        if first < end < last or (first < start < last and not _elided(text, shape, first, start)):
            return True
    return False


def _elided(text: str, shape: str, first: int, start: int) -> bool:
    """Whether what stands before `start` is an article that lost its vowel, as in l'eau."""
    rest = re.match(r"[^\W_]*", text[start:])
    assert rest is not None
    return bool(ELIDED.fullmatch(shape[first:start])) and rest.group().casefold() not in SHORTENED


def _kind(char: str) -> str:
    if _dense(char):
        return "c"
    if char in APOSTROPHES or char in JOINING:
        return "-" if char in JOINING else "'"
    if char.isdecimal():
        return "0"
    return "w" if char.isalnum() or unicodedata.category(char)[0] == "M" else char


def _dense(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))
