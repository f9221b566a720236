"""What else a sentence holds: an experience, a claim of fact, a proposal. Free of Django.

Sure cues only: a mark too few is an ordinary sentence, a mark too many misreads somebody. A mark never takes a sentence out of
the reading. Decision: docs/decisions/0010-norms.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from elicitation.extraction.clauses import language_of, sentences
from elicitation.extraction.cues import CUES, MarkKind
from elicitation.extraction.moods import COMMON, LANGUAGES
from elicitation.extraction.quotes import Span

__all__ = ["Mark", "MarkKind", "marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence and what kind of thing it says."""

    span: Span
    kind: MarkKind


def marks(text: str, language: str = "") -> list[Mark]:
    """The sentences of `text` whose kind is plain, in their order; a sentence may bear several marks, a question none.

    Reads ar, de, en, es, fr, pl, pt, ru and zh; an unknown `language` is guessed. Never raises.
    """
    spans = [span for span, asks in sentences(text) if not asks]
    return [Mark(span, kind) for span in spans for kind in _kinds(text, span, language)]


def _kinds(text: str, span: Span, language: str) -> Iterator[MarkKind]:
    """The kinds of one sentence. A figure in a demand, or a proposal the speaker doubts, is none."""
    code = language_of(text[span.start : span.end], language, COMMON)
    words = LANGUAGES[code]
    demands = any(
        not (mood.lastgroup or "weak").startswith(("weak", "ruled", "none"))
        for mood in words.moods.finditer(text, span.start, span.end)
    )
    doubts = words.doubt.search(text, span.start, span.end)
    for kind, cue in CUES[code].items():
        spoilt = {"claim": demands, "proposal": bool(doubts), "experience": False}[kind]
        if not spoilt and cue.search(text, span.start, span.end):
            yield kind
