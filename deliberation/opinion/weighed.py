"""Judgements of an inquiry as the arrays a ranking asks for, and the ranking as plain data. Free of Django."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from deliberation.opinion.outcome import letters
from deliberation.opinion.places import Places, numbered
from elicitation.graph.judgements import Answer, Judgements
from elicitation.graph.ranked import Ranked, Support

MEANT: Mapping[str, Answer] = {
    "to": Answer.TO_WISER,
    "from": Answer.FROM_WISER,
    "depends": Answer.DEPENDS,
    "same": Answer.SAME,
    "both": Answer.BOTH_NEEDED,
    "unsure": Answer.UNSURE,
}
NO_GROUP = ""
RESAMPLES = 100
RESAMPLING = 20.0  # seconds; more would keep the worker from other work


class Told(NamedTuple):
    """One standing judgement, ids as text; `context` is "" for in general; `answer` a key of MEANT."""

    respondent: str
    from_value: str
    to_value: str
    context: str
    answer: str
    forward: bool


def groups(places: Places) -> Mapping[str, str]:
    """The group of each voice, by its letter, as `numbered` tells it."""
    names = letters(max(places.groups, default=-1) + 1)
    return {person: names[group] for person, group in numbered(places).items()}


def judgements(
    said: Sequence[Told], group: Mapping[str, str], stratum: Mapping[str, str]
) -> Judgements:
    """The arrays, with the label of each person's group, and of their stratum where there is one."""
    people = [one.respondent for one in said]
    return Judgements(
        person=np.array(people, dtype=str),
        from_value=np.array([one.from_value for one in said], dtype=str),
        to_value=np.array([one.to_value for one in said], dtype=str),
        context=np.array([one.context for one in said], dtype=str),
        answer=np.array([MEANT[one.answer] for one in said], dtype=np.int8),
        asked_forward=np.array([one.forward for one in said], dtype=bool),
        group=np.array([group.get(person, NO_GROUP) for person in people], dtype=str),
        stratum=np.array([stratum.get(person, NO_GROUP) for person in people], dtype=str)
        if stratum
        else None,
    )


def without_nobody(ranked: Ranked) -> Ranked:
    """Support without those who are in no group, or said nothing of themselves."""
    edges = (
        replace(edge, groups=_named(edge.groups) or {}, strata=_named(edge.strata))
        for edge in ranked.edges
    )
    return replace(ranked, edges=tuple(edges))


def input_hash(said: Sequence[Told]) -> str:
    """SHA-256 over who judged what how, the same whatever order it came in."""
    return hashlib.sha256(json.dumps(sorted(list(one) for one in said)).encode()).hexdigest()


def _named(support: Support | None) -> Support | None:
    return {name: said for name, said in support.items() if name != NO_GROUP} if support else None
