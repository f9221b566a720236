"""Stretches of a sentence that can stand as the title of a card: always the person's own words, in their order. Free of Django."""

import re
from collections.abc import Iterator
from itertools import pairwise

from elicitation.extraction.engines.sentences import JOINERS, trimmed
from elicitation.extraction.quotes import DENSE, Span

TITLE_WORDS = 6
DENSE_TITLE = 12  # code points
MOST_TITLES = 16  # windows compared an answer
WORD = re.compile(r"[^\s,;:.!?()\"“”«»،؛؟]+")
PAUSED = re.compile(r"[,;:.!?()،؛؟]")
NOT = re.compile(
    r"not|no|never|none|nobody|without|cannot|\w+n['’]t|pas|jamais|sans|aucune?|nunca|jamás|sin|ni|ningun[oa]?|não|nem|sem|"
    r"nicht|kein\w*|nie|ohne|не|нет|ни|без|никогда|لا|ليس|ليست|لم|لن|بدون|دون|non|senza",
    re.IGNORECASE,
)
# Where a clause may begin or end: a title that does so reads like one.
BREAK = re.compile(
    r"and|or|but|because|that|which|who|as|than|so|when|if|while|where|et|ou|mais|parce|car|que|qui|quand|si|y|o|pero|porque|cuando|"
    r"und|oder|aber|weil|dass|wenn|e|mas|quando|и|или|но|что|потому|когда|если|لكن|لأن|عندما|إذا",
    re.IGNORECASE,
)
NAMED = re.compile(r"(\w+(?:[ \t]\w+){0,3}):\s")  # "Empathy: the ability to ..." names itself
OPENER = re.compile(
    rf"(?:{JOINERS}|because|that|which|where|there|this|they|with|from|parce|porque|pour|dans|elle|nous|vous|para|pero|"
    r"لأن|الذي|التي|وأن|без|что|weil|dass)",
    re.IGNORECASE,
)


def titles(sentence: str) -> list[str]:
    """Stretches of `sentence` short enough for a title, each the person's own words in their order.

    Six words at most, beginning and ending on a word of weight where there is one; up to 12 characters in scripts
    without spaces; a sentence that begins with a name and a colon is called by it. Where the sentence says no to something, each holds
    its first "not": a title must not say the opposite. Never empty; those that begin and end cleanly come first.
    """
    if len(DENSE.findall(sentence)) * 2 > len(sentence):
        return _dense_titles(sentence)
    words = [match.span() for match in WORD.finditer(sentence)]
    if len(words) <= TITLE_WORDS:
        return [sentence]
    if named := NAMED.match(sentence):
        return [named.group(1)]
    no = next((n for n, (a, b) in enumerate(words) if NOT.fullmatch(sentence[a:b])), None)
    firsts = range(len(words) - 2) if no is None else range(max(0, no - TITLE_WORDS + 3), no + 1)
    windows = dict.fromkeys(
        window for first in firsts for window in _from(sentence, words, first, no)
    )
    start = words[0 if no is None else firsts[0]][0]
    found = list(windows) or [
        sentence[start : words[min(firsts[0] + TITLE_WORDS, len(words)) - 1][1]]
    ]
    return sorted(found, key=lambda window: -cleanness(sentence, window))[:MOST_TITLES]


def _from(sentence: str, words: list[tuple[int, int]], first: int, no: int | None) -> Iterator[str]:
    """Windows that begin with the word `first`: the longest, and one that ends where a clause does."""
    last = min(first + TITLE_WORDS, len(words)) - 1
    while last > max(first + 1, no or 0) and _light(sentence, words[last]):
        last -= 1
    if no is None and not _opens_well(sentence, words[first]):
        return
    for end in (last, _clause_end(sentence, words, first, last)):
        window = sentence[words[first][0] : words[end][1]]
        if end >= (no or 0) and not PAUSED.search(window):
            yield window


def _clause_end(sentence: str, words: list[tuple[int, int]], first: int, last: int) -> int:
    """The word before the first break after `first`, where that leaves two words; else `last`."""
    for n in range(first + 2, last + 1):
        paused = sentence[words[n - 1][1] : words[n][0]].strip()
        if paused or _breaks(sentence[slice(*words[n])]):
            return n - 1
    return last


def cleanness(sentence: str, window: str) -> int:
    """0 to 4: whether a title begins where the sentence (3) or a clause (1) does, and whether it ends where one does (1)."""
    at = sentence.find(window)
    before, after = WORD.findall(sentence[:at]), WORD.findall(sentence[at + len(window) :])
    rest = sentence[at + len(window) :].lstrip()
    begins = (
        3 if not before else not sentence[:at].rstrip().endswith(before[-1]) or _breaks(before[-1])
    )
    return int(begins) + (not after or not rest.startswith(after[0]) or _breaks(after[0]))


def _breaks(word: str) -> bool:
    return BREAK.fullmatch(word) is not None


def _dense_titles(sentence: str) -> list[str]:
    breaks = [0, *(m.end() for m in re.finditer(r"[，、；：,;:\s]", sentence)), len(sentence)]
    clauses = [trimmed(sentence, Span(a, b)) for a, b in pairwise(breaks)]
    found = [sentence[c.start : c.end] for c in clauses if c.end - c.start > 1]
    short = [clause for clause in found if len(clause) <= DENSE_TITLE]
    return short or [clause[:DENSE_TITLE] for clause in found[:1]] or [sentence[:DENSE_TITLE]]


def _opens_well(sentence: str, word: tuple[int, int]) -> bool:
    """Whether a title may begin with this word: one of weight that does not lean on what came before."""
    return not _light(sentence, word) and not OPENER.fullmatch(sentence[slice(*word)])


def _light(sentence: str, word: tuple[int, int]) -> bool:
    """Whether a word is too short to carry a title's beginning or end ("of", "que", "و")."""
    return word[1] - word[0] <= 3
