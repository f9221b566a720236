"""What the offline reader finds beside values: rules, marks, and what is not yet a value. Free of Django.

All of it are stretches of the answer that stand there once, so that each is located again; grammar.py, marks.py and beneath.py
say how they are known.
"""

from collections.abc import Sequence

from elicitation.extraction.beneath import kind_of
from elicitation.extraction.engines.base import Ask, Beneath, MarkProposal, NormProposal
from elicitation.extraction.grammar import Statement, statements
from elicitation.extraction.marks import marks
from elicitation.extraction.quotes import Span, locate


def rules(ask: Ask) -> list[Statement]:
    """The rules an answer states whose words can be quoted."""
    found = statements(ask.text, ask.language)
    return [rule for rule in found if rule.aim and locate(_at(ask, rule.span), ask.text)]


def states_a_rule(stretch: Span, found: list[Statement]) -> bool:
    """Whether a stretch of the answer is, or holds, one of the rules found."""
    return any(stretch.start <= rule.deontic_at.start < stretch.end for rule in found)


def is_marked(text: str, stretch: Span, found: Sequence[MarkProposal]) -> bool:
    """Whether a stretch lies in words that are marked as something else."""
    said = text[stretch.start : stretch.end]
    return any(said in mark.quote or mark.quote in said for mark in found)


def as_norms(ask: Ask, found: list[Statement], values: int) -> tuple[NormProposal, ...]:
    """The rules as proposals; each serves the values found in the same answer."""
    return tuple(
        NormProposal(
            deontic=rule.deontic,
            aim=_at(ask, rule.aim),
            quotes=(_at(ask, rule.span),),
            attribute=_at(ask, rule.attribute),
            acted_on=_at(ask, rule.acted_on),
            conditions=_at(ask, rule.conditions),
            or_else=_at(ask, rule.or_else),
            serves=tuple(range(values)),
        )
        for rule in found
    )


def as_marks(ask: Ask) -> tuple[MarkProposal, ...]:
    """What else the answer holds, where its words can be quoted."""
    found = [MarkProposal(m.kind, _at(ask, m.span)) for m in marks(ask.text, ask.language)]
    return tuple(mark for mark in found if locate(mark.quote, ask.text))


def not_yet(ask: Ask) -> Beneath | None:
    """What the answer as a whole is, where it is no value yet."""
    found = kind_of(ask.text, ask.language)
    if found is None or locate(_at(ask, found.span), ask.text) is None:
        return None
    return Beneath(found.kind, _at(ask, found.span))


def _at(ask: Ask, span: Span | None) -> str:
    return ask.text[span.start : span.end] if span else ""
