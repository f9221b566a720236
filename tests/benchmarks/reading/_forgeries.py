"""False quotes of one answer, each way of forging by its name, and true ones in other dress, which must be found."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.reading._said import places
from tests.benchmarks.reading._sentences import NOT

LIKE = str.maketrans("aeopcxyiAEOPCTHKавеорсухіАВЕОРСΑΒΕΟ", "аеорсхуіАЕОРСТНКabeopcyxiABEOPCABEO")
DIGITS = str.maketrans("0123456789", "1234567890")
WIDER = str.maketrans({"'": "’", '"': "“", "-": "–", "“": '"', "”": '"', "–": "-", " ": "\u00a0"})
HIDDEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e"
LEAST = 14  # code points of a stretch; 5 in scripts without spaces


@dataclass(frozen=True)
class Forgery:
    """Words put into somebody's mouth; `true` where they are theirs in other dress."""

    way: str
    quote: str
    true: bool = False


@dataclass(frozen=True)
class Victim:
    """An answer, and what else a forger has at hand: another's words, its translation."""

    text: str
    language: str
    other: str
    translation: str


def forged(victim: Victim, dice: random.Random) -> Iterator[Forgery]:
    """One forgery of each way that this answer allows."""
    stretch = a_stretch(victim.text, dice)
    if stretch is None:
        return
    for way, forge in (TRUE | FALSE).items():
        quote = forge(stretch, victim, dice)
        if quote is None or (way in TRUE and places(stretch, victim.text) != 1):
            continue
        yield Forgery(way, quote, way in TRUE)


def a_stretch(text: str, dice: random.Random) -> str | None:
    """Some whole words of `text` in a row; None where it has too few."""
    words, gap = cut(text)
    least = LEAST if gap else 5
    for _ in range(6):
        start = dice.randrange(len(words))
        end = min(len(words), start + dice.randint(3, 12))
        stretch = text[words[start][0] : words[end - 1][1]].strip()
        if len(stretch) >= least and places(stretch, text):
            return stretch
    return None


def cut(text: str) -> tuple[list[tuple[int, int]], str]:
    """The words of `text` as (start, end), and what stands between them: "" in scripts without spaces."""
    dense = sum(c > "\u2e80" for c in text) * 2 > len(text)
    if dense:
        return [(n, n + 1) for n in range(len(text))], ""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, at + len(word)))
        at += len(word)
    return found, " "


def _words(stretch: str) -> tuple[list[str], str]:
    spans, gap = cut(stretch)
    return [stretch[a:b] for a, b in spans], gap


def _put_in(stretch, victim, dice):
    words, gap = _words(stretch)
    no = dice.choice(NOT.get(victim.language, NOT["en"]))
    at = dice.randint(1, len(words) - 1) if len(words) > 1 else 1
    return gap.join([*words[:at], no, *words[at:]])


def _taken_out(stretch, victim, dice):
    for no in NOT.get(victim.language, NOT["en"]):
        words, gap = _words(victim.text) if victim.language != "zh" else ([victim.text], "")
        if no in words:
            at = words.index(no)
            return gap.join([*words[max(at - 4, 0) : at], *words[at + 1 : at + 5]])
        if victim.language == "zh" and no in victim.text:
            return victim.text.replace(no, "", 1)[:20]
    return None


def _swapped(stretch, victim, dice):
    words, gap = _words(stretch)
    theirs, _ = _words(victim.other)
    words[dice.randrange(len(words))] = dice.choice(theirs)
    return gap.join(words)


def _homoglyphs(stretch, victim, dice):
    at = [n for n, c in enumerate(stretch) if c.translate(LIKE) != c]
    if not at:
        return None
    n = dice.choice(at)
    return stretch[:n] + stretch[n].translate(LIKE) + stretch[n + 1 :]


def _digits(stretch, victim, dice):
    at = next((n for n, c in enumerate(victim.text) if c.isdigit()), None)
    if at is None:
        return f"{stretch} 17"
    near = victim.text[max(0, at - 20) : at + 20]
    return near.translate(DIGITS)


def _tail_of_number(stretch, victim, dice):
    """What follows a sign inside a number or a word: 5 of 3.5, violent of non-violent."""
    for n, char in enumerate(victim.text[1:-1], 1):
        if char in "-.,:'’\u00ad\u200b" and victim.text[n - 1 : n + 2 : 2].isalnum():
            return victim.text[n + 1 : n + 40] if dice.random() < 0.5 else victim.text[:n][-40:]
    return None


def _reordered(stretch, victim, dice):
    words, gap = _words(stretch)
    return gap.join([*words[1:], words[0]]) if len(words) > 1 else None


def _mid_word(stretch, victim, dice):
    gap = cut(stretch)[1]
    return stretch[1:] if gap and dice.random() < 0.5 else stretch[:-1] if gap else None


def _accents_off(stretch, victim, dice):
    bare = "".join(c for c in unicodedata.normalize("NFD", stretch) if not unicodedata.combining(c))
    return bare if bare != stretch else None


def _accent_on(stretch, victim, dice):
    at = dice.randint(1, len(stretch))
    return f"{stretch[:at]}\u0301{stretch[at:]}"


def _stitched(stretch, victim, dice):
    words, gap = _words(victim.text)
    if len(words) < 8:
        return None
    return gap.join([*words[:3], *words[-3:]])


def _half_true(stretch, victim, dice):
    return f"{stretch} … {victim.other[:40]}"


def _nested(stretch, victim, dice):
    words, gap = _words(stretch)
    return gap.join([*words[:1], f"“{gap.join(words[1:])}”"]) if len(words) > 1 else None


def _twice(stretch, victim, dice):
    """Words that stand in two places, where the answer has such."""
    words, gap = _words(victim.text)
    size = 3 if gap else 5
    runs = [gap.join(words[n : n + size]) for n in range(len(words) - size)]
    return next((r for r in runs if runs.count(r) > 1 and len(r) >= LEAST), None)


def _hidden(stretch, victim, dice):
    return "".join(c + dice.choice(HIDDEN) if dice.random() < 0.3 else c for c in stretch)


def _two_true(stretch, victim, dice):
    other = a_stretch(victim.text, dice)
    return f"{stretch} ... {other}" if other and places(other, victim.text) == 1 else None


Forge = Callable[[str, Victim, random.Random], str | None]
FALSE: dict[str, Forge] = {
    "stitched": _stitched,
    "stitched with dots, half of it another's": _half_true,
    "not put in": _put_in,
    "not taken out": _taken_out,
    "word swapped": _swapped,
    "translated": lambda stretch, victim, dice: victim.translation,
    "homoglyphs": _homoglyphs,
    "digits changed": _digits,
    "tail of a number or word": _tail_of_number,
    "another person's": lambda stretch, victim, dice: victim.other[:60],
    "reordered": _reordered,
    "cut in mid-word": _mid_word,
    "accents off": _accents_off,
    "accent on": _accent_on,
    "nested marks": _nested,
    "stands twice": _twice,
}
TRUE: dict[str, Forge] = {
    "as it is": lambda stretch, victim, dice: stretch,
    "capitals": lambda stretch, victim, dice: stretch.upper(),
    "other marks, dashes, spaces": lambda stretch, victim, dice: stretch.translate(WIDER),
    "line broken": lambda stretch, victim, dice: stretch.replace(" ", "\n  "),
    "hidden characters": _hidden,
    "dots between two true stretches": _two_true,
}
