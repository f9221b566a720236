"""The result of an inquiry's moral graph, from its judgements in the database. Workers and commands only."""

import json
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from deliberation.opinion import rules, strata, weighed
from deliberation.opinion.exclusions import left_out
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import Places
from deliberation.opinion.snapshots import newest
from deliberation.opinion.weighed import RESAMPLES, RESAMPLING, Told
from elicitation.graph.formats.own_json import as_document
from elicitation.graph.formats.shape import bare
from elicitation.graph.judged import judged
from elicitation.graph.models import Value
from elicitation.graph.ranked import Ranked, Rule
from elicitation.graph.ranking import rank
from elicitation.interview.models import Inquiry


def compute(inquiry: Inquiry, places: Places) -> Analysis | None:
    """Rank the values of an inquiry by its standing judgements; None where there never was one. `places`: who is in which opinion group.

    The result is not stored yet, and has no marker.
    """
    begun = perf_counter()
    said = list(_standing(inquiry))
    if not said and newest(inquiry, Analysis.Kind.GRAPH) is None:
        return None
    first = next(iter(strata.of_inquiry(inquiry).values()), None)
    judgements = weighed.judgements(said, weighed.groups(places), first.of if first else {})
    ranked = rank(judgements, Rule.GROUNDWORK, rules.SEED, RESAMPLES, RESAMPLING)
    result = plain(ranked)
    json.dumps(result, allow_nan=False)  # a number that is none is a mistake of ours
    return Analysis(
        kind=Analysis.Kind.GRAPH,
        rule=ranked.rule.value,
        rule_version=ranked.rule_version,
        seed=ranked.seed,
        input_hash=weighed.input_hash(said),
        result=result,
        seconds=perf_counter() - begun,
    )


def plain(ranked: Ranked) -> dict[str, Any]:
    """A ranking as plain data, by the published schema of graphs (elicitation/graph/formats/graph.schema.json); values by their ids alone."""
    return as_document(bare(weighed.without_nobody(ranked)))


def _standing(inquiry: Inquiry) -> Iterator[Told]:
    """Judgements between two values that stand; one person counts once."""
    without = set(left_out(inquiry))
    values = set(Value.objects.standing().filter(inquiry=inquiry).values_list("pk", flat=True))
    for one in judged(inquiry):
        stand = one.from_value in values and one.to_value in values
        if stand and one.respondent not in without:
            context = "" if one.context is None else str(one.context)
            pair = str(one.from_value), str(one.to_value)
            yield Told(str(one.respondent), *pair, context, one.answer, one.forward)
