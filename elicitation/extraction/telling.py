"""One reading told as plain data, for people at a terminal. Free of Django.

Offsets are given twice: `start` and `end` in code points, `start_utf16` and `end_utf16` in UTF-16 code units.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from elicitation.extraction.addressing import addresses_a_machine
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply
from elicitation.extraction.quotes import utf16
from elicitation.extraction.sifting import Place, Sifted, sift


def read(engine: Engine, ask: Ask) -> dict[str, Any]:
    """What `engine` reads in `ask`, sifted. A failure is told like any other outcome."""
    about = {
        "engine": engine.name,
        "model": engine.model,
        "prompt_version": engine.prompt_version(ask),
    }
    try:
        reply = engine.propose(ask)
    except EngineFailure as failure:
        spent = engine.cost(ask, failure.usage)
        failed = {"outcome": "needs_person", "failure": failure.code, "detail": failure.detail}
        return {**about, **failed, **_nothing(), "usage": {**asdict(failure.usage), "cost": spent}}
    sifted = sift(reply, ask.texts)
    outcome = sifted.outcome(asked=False)
    lost = outcome == "quotes_not_found"
    return {
        **about,
        "outcome": "needs_person" if lost else outcome,
        "failure": outcome if lost else "",
        **_told(sifted, ask.texts),
        "addresses_the_model": addresses_a_machine(ask.text),
        "parameters": {**engine.parameters, **reply.noted},
        "usage": _usage(engine, ask, reply),
    }


def _usage(engine: Engine, ask: Ask, reply: Reply) -> dict[str, int]:
    return {**asdict(reply.usage), "cost": engine.cost(ask, reply.usage)}


def _nothing() -> dict[str, Any]:
    return _told(Sifted(), ())


def _told(sifted: Sifted, texts: Sequence[str]) -> dict[str, Any]:
    def at(place: Place) -> dict[str, Any]:
        return _span(place, texts)

    kind, where = sifted.beneath or ("", None)
    return {
        "candidates": [
            {
                "title": card.title,
                "context": card.context,
                "policies": [
                    {"text": p.text, "quotes": [at(q) for q in p.places]} for p in card.policies
                ],
            }
            for card in sifted.cards
        ],
        "norms": [
            {
                "attribute": norm.attribute,
                "deontic": norm.deontic,
                "aim": norm.aim,
                "acted_on": norm.acted_on,
                "conditions": norm.conditions,
                "or_else": norm.or_else,
                "serves": list(norm.serves),
                "quotes": [at(place) for place in norm.places],
            }
            for norm in sifted.norms
        ],
        "marks": [{"kind": mark.kind, **at(mark.place)} for mark in sifted.marks],
        "not_yet": {"kind": kind, **at(where)} if where else None,
        "refusals": dict(sifted.refusals),
    }


def _span(place: Place, texts: Sequence[str]) -> dict[str, Any]:
    text, span = texts[place.text], place.span
    units = utf16(span, text)
    return {
        "start": span.start,
        "end": span.end,
        "start_utf16": units.start,
        "end_utf16": units.end,
        "text": text[span.start : span.end],
    }
