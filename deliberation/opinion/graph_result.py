"""The result of an inquiry's moral graph, from its judgements in the database. Workers and commands only."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from deliberation.opinion import rules, strata
from deliberation.opinion.models import Analysis
from deliberation.opinion.outcome import letters
from deliberation.opinion.places import Places
from deliberation.opinion.snapshots import newest
from deliberation.opinion.withholding import FEWEST
from elicitation.graph.formats.own_json import as_document
from elicitation.graph.formats.shape import bare
from elicitation.graph.judged import Judged, judged
from elicitation.graph.judgements import Answer, Judgements
from elicitation.graph.models import Judgement, Value
from elicitation.graph.ranked import Ranked, Rule, Support
from elicitation.graph.ranking import rank
from elicitation.interview.models import Inquiry

MEANT = {
    Judgement.Answer.TO: Answer.TO_WISER,
    Judgement.Answer.FROM: Answer.FROM_WISER,
    Judgement.Answer.DEPENDS: Answer.DEPENDS,
    Judgement.Answer.SAME: Answer.SAME,
    Judgement.Answer.BOTH: Answer.BOTH_NEEDED,
    Judgement.Answer.UNSURE: Answer.UNSURE,
}
NO_GROUP = ""
RESAMPLES = 100
RESAMPLING = 20.0  # seconds; more would keep the worker from other work


def compute(inquiry: Inquiry, places: Places) -> Analysis | None:
    """Rank the values of an inquiry by its standing judgements; None where there never was one. `places`: who is in which opinion group.

    The result is not stored yet, and has no marker.
    """
    begun = perf_counter()
    said = list(_standing(inquiry))
    if not said and newest(inquiry, Analysis.Kind.GRAPH) is None:
        return None
    first = next(iter(strata.of_inquiry(inquiry).values()), None)
    judgements = _judgements(said, _groups(places), first.of if first else {})
    ranked = rank(judgements, Rule.GROUNDWORK, rules.SEED, RESAMPLES, RESAMPLING)
    result = plain(ranked)
    json.dumps(result, allow_nan=False)  # a number that is none is a mistake of ours
    return Analysis(
        kind=Analysis.Kind.GRAPH,
        rule=ranked.rule.value,
        rule_version=ranked.rule_version,
        seed=ranked.seed,
        input_hash=_hash(said),
        result=result,
        seconds=perf_counter() - begun,
    )


def plain(ranked: Ranked) -> dict[str, Any]:
    """A ranking as plain data, by the published schema of graphs (elicitation/graph/formats/graph.schema.json); values by their ids alone."""
    edges = (
        replace(edge, groups=_named(edge.groups) or {}, strata=_named(edge.strata))
        for edge in ranked.edges
    )
    return as_document(bare(replace(ranked, edges=tuple(edges))))


def _named(support: Support | None) -> Support | None:
    """Without those who are in no group, or said nothing of themselves."""
    return {name: said for name, said in support.items() if name != NO_GROUP} if support else None


def _standing(inquiry: Inquiry) -> Iterator[Judged]:
    """Judgements between two values that stand."""
    values = set(Value.objects.standing().filter(inquiry=inquiry).values_list("pk", flat=True))
    for one in judged(inquiry):
        if one.from_value in values and one.to_value in values:
            yield one


def _groups(places: Places) -> Mapping[str, str]:
    """The group of each voice, by its letter; nobody is told to be in a group of fewer than five."""
    size = Counter(places.groups)
    names = letters(max(size, default=-1) + 1)
    told = zip(places.people, places.groups, strict=True)
    return {person: names[g] for person, g in told if g >= 0 and size[g] >= FEWEST}


def _judgements(
    said: Sequence[Judged], groups: Mapping[str, str], stratum: Mapping[str, str]
) -> Judgements:
    people = [str(one.respondent) for one in said]
    return Judgements(
        person=np.array(people, dtype=str),
        from_value=np.array([str(one.from_value) for one in said], dtype=str),
        to_value=np.array([str(one.to_value) for one in said], dtype=str),
        context=np.array([_context(one) for one in said], dtype=str),
        answer=np.array([MEANT[Judgement.Answer(one.answer)] for one in said], dtype=np.int8),
        asked_forward=np.array([one.forward for one in said], dtype=bool),
        group=np.array([groups.get(person, NO_GROUP) for person in people], dtype=str),
        stratum=np.array([stratum.get(person, NO_GROUP) for person in people], dtype=str)
        if stratum
        else None,
    )


def _context(one: Judged) -> str:
    return "" if one.context is None else str(one.context)


def _hash(said: Sequence[Judged]) -> str:
    """SHA-256 over who judged what how, the same whatever order it came in."""
    rows = sorted(
        [str(o.respondent), str(o.from_value), str(o.to_value), _context(o), o.answer, o.forward]
        for o in said
    )
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
