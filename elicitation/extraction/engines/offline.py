"""The built-in reader: it finds and quotes, and never writes a word the person did not. Free of Django.

How it works: a short answer that a trained head takes to say nothing has no card (emptiness.py). Any other is cut into sentences;
each is compared, by a multilingual sentence encoder, with sentences in which people say what matters and with sentences
that say nothing (anchors.py). What is not clearly of the second kind is kept: to call an answer empty that is not would silence
somebody, while a card too many is rejected by its author with one tap. Sentences that state a rule are norms instead (beside.py); the
title is the cleanest stretch of at most six words near the answer as a whole. Decisions: docs/decisions/0004-offline-reader.md, 0013-reading.md.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

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
from elicitation.extraction.engines.sentences import JOINERS, phrase, stretches, unreadable
from elicitation.extraction.engines.titles import cleanness, titles
from elicitation.extraction.families import nearest_families
from elicitation.extraction.quotes import Span

EMPTY_BELOW = -0.24  # nearness to MATTERS less nearness to EMPTY; measured, see the decision
CONTEXT_FROM = (
    0.55  # cosine from which an answer is taken to speak of one of the inquiry's contexts
)
SHORT = 2  # stretches up to which an answer may be empty as a whole
MOST_POLICIES = 4
CLEAN = 0.04  # what a clean beginning, and a clean end, count for beside the cosine
# A clause that opens a sentence ends at a comma, one inside a sentence at any pause; without that its end cannot be told.
CLAUSE = r"([^,;.!?:()\"“”«»،؛؟\n]{8,80})"
WHEN = re.compile(
    rf"(?:(?:^|[.!?؟\n]\s*)(?:{JOINERS})\s+{CLAUSE}(?=[,،])|"
    rf"(?<=[\w,;،])(?<!\bas)(?<!\beven)(?<!\bcomme)(?<!\bcomo)(?<!\bals)\s+(?:{JOINERS})\s+{CLAUSE}(?=[,;.!?،؛؟\n]|$))",
    re.IGNORECASE,
)
WHEN_DENSE = re.compile(r"(?:如果|当|當|要是)([^，。！？；\n]{4,40})(?=[，。！？；\n]|$)")


class Offline:
    """Reads in one process, without a network. The encoder is loaded with the first answer."""

    name = "offline"
    model = ENCODER
    lane = ""
    window = 0
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
        clean = [CLEAN * cleanness(text[span.start : span.end], window) for window in windows]
        return windows[int(np.argmax(encode(windows) @ whole + np.array(clean, np.float32)))]

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
