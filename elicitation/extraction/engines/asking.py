"""What is said to a model about one answer, and what its reply says. Free of Django and of the network."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from elicitation.extraction.copies import Fence, visible
from elicitation.extraction.engines.base import (
    Ask,
    NormProposal,
    Reply,
    Turn,
    ValueProposal,
)
from elicitation.extraction.engines.schemas import CardsReply, Shape
from elicitation.extraction.tongues import other_language

Messages = list[dict[str, str]]
OBJECT = re.compile(r"\{.*\}", re.DOTALL)
EARLIER = 6_000  # code points of each earlier turn that are sent; all of it was sent when it was read itself


def reading_messages(instructions: str, ask: Ask, part: str) -> Messages:
    """Ask for cards of `part`, a stretch of the answer of `ask`."""
    situations = "\n".join(f"- when {c}" for c in ask.contexts) or "- none given"
    earlier = (replace(turn, text=turn.text[:EARLIER]) for turn in ask.earlier)
    told = [*map(_turn, earlier), _turn(Turn(ask.question, part))]
    return _messages(instructions, f"Situations:\n{situations}", *told)


def checking_messages(instructions: str, ask: Ask, values: Sequence[ValueProposal]) -> Messages:
    """Ask for a second look at the cards of an answer."""
    cards = json.dumps([asdict(value) for value in values], ensure_ascii=False)
    return _messages(instructions, *(fenced(text[:EARLIER]) for text in (*ask.texts, cards)))


def fenced(text: str) -> str:
    """The visible copy of `text` between two lines it cannot hold."""
    copy = visible(text)
    fence = Fence.around(copy)
    return f"{fence.begins}\n{copy}\n{fence.ends}"


def only_object(raw: str) -> str:
    """The JSON object in a reply of an endpoint without JSON modes: what stands between the first and last brace."""
    found = OBJECT.search(raw)
    return found.group() if found else raw


def together(parts: Sequence[CardsReply]) -> Reply:
    """What the windows of one answer hold, each card once: the shared stretch of two windows is read twice."""
    values = [value.proposal() for part in parts for value in part.values]
    norms, start = [], 0
    for part in parts:
        norms += [_shifted(norm.proposal(), start) for norm in part.norms]
        start += len(part.values)
    if len(parts) > 1:
        values, norms = _once(values, norms)
    return Reply(
        values=tuple(values),
        norms=tuple(norms),
        marks=tuple(dict.fromkeys(mark for part in parts for mark in part.marked())),
        beneath=None if values else next((b for p in parts if (b := p.beneath())), None),
    )


def in_other_language(told: Shape, ask: Ask) -> bool:
    """Whether the machine's own wording is plainly not in the language of what it was told."""
    return other_language(told.worded(), "\n".join(ask.texts), ask.language)


def _messages(instructions: str, *told: str) -> Messages:
    return [
        {"role": "system", "content": instructions},
        {"role": "user", "content": "\n\n".join(told)},
    ]


def _turn(turn: Turn) -> str:
    return f"Question that was asked: {turn.question}\n{fenced(turn.text)}"


def _shifted(norm: NormProposal, start: int) -> NormProposal:
    return replace(norm, serves=tuple(place + start for place in norm.serves))


def _once(
    values: Sequence[ValueProposal], norms: Sequence[NormProposal]
) -> tuple[list[ValueProposal], list[NormProposal]]:
    """Cards and rules without repeats; what a rule serves follows the card that stays."""
    first: dict[ValueProposal, int] = {}
    for value in values:
        first.setdefault(value, len(first))
    moved = [
        replace(n, serves=tuple(first[values[s]] for s in n.serves if 0 <= s < len(values)))
        for n in norms
    ]
    return list(first), list(dict.fromkeys(moved))
