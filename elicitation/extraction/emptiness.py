"""Whether an answer says nothing a card could rest on: a refusal, a sound, a word that answers something else. Free of Django.

A linear head over what the answer means (its sentence vector), how it is spelled (hashed runs of letters) and how it is made (length,
words of refusal), trained by scripts/train_emptiness.py. Its cut leans towards a card: to call an answer empty that is not would silence
somebody. Decision: docs/decisions/0008-heads.md.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from elicitation.extraction.encoder import Vectors
from elicitation.extraction.heads import Floats, Head, kept
from elicitation.extraction.quotes import DENSE

WEIGHTS = Path(__file__).parent / "weights" / "emptiness.npz"
VERSION = 1  # of the shipped weights; readings name it
BUCKETS = 1024  # of hashed letter runs
RUNS = (2, 3, 4)  # code points a run is long
LOOKED_AT = 200  # code points; an empty answer says so early
OPENING = 40  # code points a refusal stands in
LENGTHS = (1, 2, 3, 5, 8, 20)  # words up to which an answer is short, in steps
SIGNS = 15  # what `_signs` tells
SPELLING, MAKING = 1.0, 0.3  # weight of the hashed runs and of the signs beside the vector
LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
LETTER = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"\w+")
NO = re.compile(
    r"\b(?:no|not|none|nothing|nobody|never|without|nope|any|cannot|\w+n['’]?t|rien|aucune?|pas|jamais|sans|nada|ningun[oa]?|"
    r"nunca|nenhum|não|nem|nichts?|kein\w*|nie|ничего|нет|не|никак\w*|tidak|niente|nessun\w*)\b|没有|沒有|无|不|لا\b|ليس|ما في|なし|ない",
    re.IGNORECASE,
)
KNOWING = re.compile(
    r"\b(?:know|sure|idea|think of|answer|question|understand|opinion|comment|idk|dunno|depends?|n/?a|sais|idée|sûre?|réponse|"
    r"question|sé|idea|seguro|respuesta|pregunta|sei|ideia|certeza|resposta|pergunta|weiß|weiss|ahnung|sicher|frage|знаю|"
    r"понимаю|уверена?|вопрос\w*|tahu|so)\b|知道|清楚|问题|أعرف|أعلم|فكرة|わから",
    re.IGNORECASE,
)


def emptiness(texts: Sequence[str], meant: Vectors) -> Floats:
    """How empty each text is, shape (len(texts),); `meant` are their unit vectors. Above 0: there is nothing to find."""
    head, cut = _head()
    found: Floats = head.scores(features(texts, meant))[:, 0] - cut
    return found


def features(texts: Sequence[str], meant: Vectors) -> Floats:
    """What the head sees: vectors, SPELLING times the hashed runs, MAKING times the signs; a row a text."""
    spelled = np.array([_runs(text) for text in texts], np.float32).reshape(-1, BUCKETS)
    made = np.array([_signs(text) for text in texts], np.float32).reshape(-1, SIGNS)
    return np.hstack([meant, SPELLING * spelled, MAKING * made])


def _runs(text: str) -> Floats:
    """Signed counts of all letter runs in BUCKETS, of length 1; zeros where hardly a letter is Latin, the only script learned from."""
    if len(LATIN.findall(text)) * 2 < len(LETTER.findall(text)):
        return np.zeros(BUCKETS, np.float32)
    said = f" {' '.join(text.casefold().replace('’', chr(39)).split())[:LOOKED_AT]} "
    hashed = [
        crc32(said[at : at + long].encode()) for long in RUNS for at in range(len(said) - long + 1)
    ]
    counts = np.zeros(BUCKETS, np.float32)
    drawn = np.array(hashed, np.int64)
    np.add.at(counts, drawn % BUCKETS, np.where(drawn >> 31, 1, -1))
    return counts / max(float(np.linalg.norm(counts)), 1e-9)


def _signs(text: str) -> list[float]:
    """Length, words of refusal, case and punctuation, each about as large as 1."""
    dense = len(DENSE.findall(text))
    words = max(len(WORDS.findall(text)), -(-dense // 2))
    letters = LETTER.findall(text)
    no, knows = bool(NO.search(text)), bool(KNOWING.search(text))
    return [
        np.log1p(words),
        np.log1p(len(text) + 2 * dense),
        *(words <= longest for longest in LENGTHS),
        bool(NO.search(text[:OPENING])),
        no,
        knows,
        no and knows,
        sum(letter.isupper() for letter in letters) / max(len(letters), 1),
        text.strip()[:1].islower(),
        text.strip()[-1:] in ".!?。",
    ]


@cache
def _head() -> tuple[Head, float]:
    part = kept(WEIGHTS)
    return Head(part["weights"], part["bias"]), float(part["cut"][0])
