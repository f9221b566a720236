"""The built-in reader: it finds and quotes, and never writes a word the person did not. Free of Django.

How it works: a short answer that a trained head takes to say nothing has no card (emptiness.py). Any other is cut into sentences;
each is compared, by a multilingual sentence encoder, with sentences in which people say what matters and with sentences
that say nothing (anchors.py). What is not clearly of the second kind is kept: to call an answer empty that is not would silence
somebody, while a card too many is rejected by its author with one tap. The title is the stretch of at most six words nearest
to the answer as a whole. Decisions: docs/decisions/offline-reader.md.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.emptiness import VERSION, emptiness
from elicitation.extraction.encoder import ENCODER, Vectors, encode
from elicitation.extraction.engines import beside
from elicitation.extraction.engines.anchors import EMPTY, MATTERS
from elicitation.extraction.engines.base import (
    Ask,
    EngineFailure,
    PolicyProposal,
    Reply,
    Usage,
    ValueProposal,
)
from elicitation.extraction.engines.sentences import phrase, stretches, trimmed, unreadable
from elicitation.extraction.families import nearest_families
from elicitation.extraction.quotes import DENSE, Span

EMPTY_BELOW = -0.24  # nearness to MATTERS less nearness to EMPTY; measured, see the decision
CONTEXT_FROM = (
    0.55  # cosine from which an answer is taken to speak of one of the inquiry's contexts
)
SHORT = 2  # stretches up to which an answer may be empty as a whole
MOST_POLICIES = 4
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
# A clause that opens a sentence ends at a comma, one inside a sentence at any pause; without that its end cannot be told.
JOINERS = (
    r"when(?:ever)?|if|while|quand|lorsque?|si|cuando|wenn|falls|quando|se|когда|если|عندما|إذا|حين"
)
CLAUSE = r"([^,;.!?:()\"“”«»،؛؟\n]{8,80})"
WHEN = re.compile(
    rf"(?:(?:^|[.!?؟\n]\s*)(?:{JOINERS})\s+{CLAUSE}(?=[,،])|(?<=[\w,;،])\s+(?:{JOINERS})\s+{CLAUSE}(?=[,;.!?،؛؟\n]|$))",
    re.IGNORECASE,
)
OPENER = re.compile(
    rf"(?:{JOINERS}|because|that|which|where|there|this|they|with|from|parce|porque|pour|dans|elle|nous|vous|para|pero|"
    r"لأن|الذي|التي|وأن|без|что|weil|dass)",
    re.IGNORECASE,
)
WHEN_DENSE = re.compile(r"(?:如果|当|當|要是)([^，。！？；\n]{4,40})(?=[，。！？；\n]|$)")


class Offline:
    """Reads in one process, without a network. The encoder is loaded with the first answer."""

    name = "offline"
    model = ENCODER
    lane = ""
    parameters: Mapping[str, object] = {
        "empty_below": EMPTY_BELOW,
        "emptiness": VERSION,
        "context_from": CONTEXT_FROM,
    }

    def prompt_version(self, _ask: Ask) -> str:
        """There is none."""
        return ""

    def at_most(self, _ask: Ask) -> int:
        """It costs nothing."""
        return 0

    def cost(self, _ask: Ask, _usage: Usage) -> int:
        """It costs nothing."""
        return 0

    def propose(self, ask: Ask) -> Reply:
        """One card at most, with the rules and marks beside it. Raises EngineFailure for a script the encoder cannot read."""
        if unreadable(ask.text):
            raise EngineFailure(
                "unreadable_language", "the offline reader does not know this script"
            )
        found = [(text, span) for text in ask.texts for span in stretches(text)]
        if not found:
            return Reply()
        vectors = encode([text[span.start : span.end] for text, span in found])
        rules, marks = beside.rules(ask), beside.as_marks(ask)
        own = [n for n, (text, _) in enumerate(found) if text == ask.text]
        if not rules and _says_nothing(ask.text, vectors[own]):
            return Reply()
        loose = [
            n
            for n, (text, span) in enumerate(found)
            if text != ask.text or not beside.states_a_rule(span, rules)
        ]
        plain = [n for n in loose if not beside.is_marked(*found[n], marks)] or loose
        card = self._card(ask, [found[n] for n in plain], vectors[plain])
        values = (card,) if card else ()
        return Reply(
            values=values,
            norms=beside.as_norms(ask, rules, len(values)),
            marks=marks,
            beneath=beside.not_yet(ask),
            noted={"families": nearest_families(_unit(vectors[plain].mean(axis=0)))}
            if card
            else {},
        )

    def _card(
        self, ask: Ask, found: Sequence[tuple[str, Span]], vectors: Vectors
    ) -> ValueProposal | None:
        """The one card these stretches make, where one of them says something."""
        said = [text[span.start : span.end] for text, span in found]
        scores = self._scores(vectors) if said else np.zeros(0)
        kept = [n for n in np.argsort(-scores, kind="stable") if scores[n] >= EMPTY_BELOW]
        if not kept:
            return None
        best = sorted(int(n) for n in kept[:MOST_POLICIES])
        whole = vectors.mean(axis=0)
        title = self._title(*found[int(kept[0])], whole)
        policies = [PolicyProposal(phrase(said[n]), (said[n],)) for n in best]
        return ValueProposal(title, tuple(policies), self._context(ask, whole))

    def _scores(self, vectors: Vectors) -> NDArray[np.float32]:
        matters, empty = self._anchors
        nearness: NDArray[np.float32] = (vectors @ matters.T).max(1) - (vectors @ empty.T).max(1)
        return nearness

    def _title(self, text: str, span: Span, whole: Vectors) -> str:
        windows = titles(text[span.start : span.end])
        if len(windows) == 1:
            return windows[0]
        nearness = encode(windows) @ whole
        return windows[int(np.argmax(nearness))]

    def _context(self, ask: Ask, whole: Vectors) -> str:
        """The situation the person names, else the inquiry's own that is clearly near, else none."""
        for pattern in (WHEN, WHEN_DENSE):
            if match := pattern.search(ask.text):
                return next(found for found in match.groups() if found).strip()
        if not ask.contexts:
            return ""
        nearness = encode(ask.contexts) @ (whole / (np.linalg.norm(whole) or 1))
        nearest = int(np.argmax(nearness))
        return ask.contexts[nearest] if nearness[nearest] >= CONTEXT_FROM else ""

    @cached_property
    def _anchors(self) -> tuple[Vectors, Vectors]:
        return encode(MATTERS), encode(EMPTY)


def _unit(vector: Vectors) -> Vectors:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def _says_nothing(text: str, vectors: Vectors) -> bool:
    """Whether a short answer, its stretches as `vectors`, is called empty; a long one never is."""
    if len(vectors) > SHORT:
        return False
    whole = vectors if len(vectors) == 1 else encode([text])
    return bool(emptiness([text], whole)[0] >= 0)


def titles(sentence: str) -> list[str]:
    """Stretches of `sentence` short enough for a title, each the person's own words in their order.

    Six words at most, beginning and ending on a word of weight where there is one; up to 12 characters in scripts
    without spaces. Where the sentence says no to something, each holds its first "not": a title must not say the opposite. Never empty.
    """
    if len(DENSE.findall(sentence)) * 2 > len(sentence):
        return _dense_titles(sentence)
    words = [match.span() for match in WORD.finditer(sentence)]
    if len(words) <= TITLE_WORDS:
        return [sentence]
    no = next((n for n, (a, b) in enumerate(words) if NOT.fullmatch(sentence[a:b])), None)
    firsts = range(len(words) - 2) if no is None else range(max(0, no - TITLE_WORDS + 3), no + 1)
    windows: dict[str, None] = {}
    for first in firsts:
        last = min(first + TITLE_WORDS, len(words)) - 1
        while last > max(first + 1, no or 0) and _light(sentence, words[last]):
            last -= 1
        window = sentence[words[first][0] : words[last][1]]
        if (no is not None or _opens_well(sentence, words[first])) and not PAUSED.search(window):
            windows[window] = None
    start = words[0 if no is None else firsts[0]][0]
    found = list(windows) or [
        sentence[start : words[min(firsts[0] + TITLE_WORDS, len(words)) - 1][1]]
    ]
    return found[:: max(1, -(-len(found) // MOST_TITLES))]


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
