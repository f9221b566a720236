"""An inquiry with many values and transitions, its results made up to the schema: topics whose values are compared mostly among themselves."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from deliberation.assemblies.models import AgendaItem, Assembly, Phase
from deliberation.opinion.models import Analysis
from elicitation.graph.models import Value
from elicitation.interview.models import Context, Inquiry
from tests.houses import house

GROUPS = ("A", "B", "C")
TOPICS, AMONG = 14, 0.85
WORDS = ["places", "nights", "doors", "people", "who", "walk", "home", "alone", "quiet", "trees", "older", "than", "houses", "children", "cross", "by", "themselves", "benches", "shops", "that", "know", "your", "name", "water", "near", "moments", "when", "neighbours", "meet"]  # fmt: skip


def inquiry_of(chance: Random, values: int) -> Inquiry:
    """A public assembly whose weighing is over, with an inquiry of so many values that came in over two months."""
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    assembly = Assembly.objects.create(organisation=house(), slug="large", title={"en": "Large"}, languages=["en"], is_public=True)  # fmt: skip
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=0)
    over = timezone.now() - timedelta(days=1)
    Phase.objects.create(assembly=assembly, kind="weighing", starts_at=over - timedelta(days=9), ends_at=over)  # fmt: skip
    Context.objects.bulk_create(
        Context(inquiry=inquiry, position=n, phrase={"en": f"it is time for matter {n}"})
        for n in range(5)
    )
    Value.objects.bulk_create(
        Value(inquiry=inquiry, title=" ".join(chance.sample(WORDS, 6)).capitalize(), language="en")
        for _ in range(values)
    )
    return inquiry


def graph_of(chance: Random, inquiry: Inquiry, transitions: int) -> dict[str, Any]:
    """A graph result over all values."""
    ids = [str(pk) for pk in inquiry.values.values_list("pk", flat=True)]
    contexts = [str(pk) for pk in inquiry.contexts.values_list("pk", flat=True)]
    topics = [ids[n::TOPICS] for n in range(TOPICS)]
    edges = []
    for _ in range(transitions):
        topic = chance.choice(topics)
        a, b = chance.choice(topic), chance.choice(topic if chance.random() < AMONG else ids)
        edges.append(_edge(chance, a, b, chance.choice(contexts)))
    return {
        "rule": "groundwork", "rule_version": "1", "seed": 0, "judgements": 12 * transitions, "people": 9_000, "edges": edges,
        "ranking": [{"value": one, "best": n + 1, "worst": n + 9, "pagerank": 0.0} for n, one in enumerate(ids)],
        "tensions": [], "winners": [], "direction_effect": None, "cyclic_share": None, "stability": None,
        "values": [{"id": one} for one in ids],
    }  # fmt: skip


def groups_of(chance: Random, inquiry: Inquiry) -> dict[str, Any]:
    """A result of three groups over all values."""
    ids = [str(pk) for pk in inquiry.values.values_list("pk", flat=True)]
    told = {one: {name: _cell(chance) for name in GROUPS} for one in ids}
    return {
        "k": 3, "groups": [{"name": name, "size": 3_000, "unsure": 0} for name in GROUPS], "silhouette": {},
        "statements": {one: _statement(cells) for one, cells in told.items()},
        "representative": {}, "consensus": [], "divisive": [], "map": {"points": [], "statements": {}},
        "profiles": {
            one: {"groups": cells, "strata": {}, "contexts": {}, "rounds": [], "lowest": "A", "held": {"groups": [0, 3], "contexts": [0, 0]}, "trend": "single"}
            for one, cells in told.items()
        },
        "counts": {"people": 9_000, "grouped": 9_000, "statements": len(ids), "votes": 9_000},
    }  # fmt: skip


def kept(inquiry: Inquiry, kind: str, result: dict[str, Any]) -> Analysis:
    """A result in the database."""
    return Analysis.objects.create(
        inquiry=inquiry, kind=kind, rule="groundwork" if kind == "graph" else "stable", rule_version="1",
        seed=0, marker="m", input_hash="0" * 64, result=result, seconds=1,
    )  # fmt: skip


def _edge(chance: Random, a: str, b: str, context: str) -> dict[str, Any]:
    probability = round(chance.uniform(0.9, 1), 3)
    return {
        "from_value": a, "to_value": b, "contexts": [context], "bits": 0.5, "likelihood": None, "strata": None, "stayed": 0.9,
        "counts": {"to_wiser": chance.randrange(6, 20), "from_wiser": chance.randrange(4), "depends": chance.randrange(3)},
        "lean": {"mean": 1.0, "least": 0.4, "most": 1.8, "probability": probability, "clear": True, "one_way": False},
        "groups": {name: {"for": 5, "against": 1, "other": 0} for name in GROUPS},
    }  # fmt: skip


def _cell(chance: Random) -> dict[str, Any]:
    n = chance.randrange(20, 200)
    agree = round(n * chance.betavariate(1.2, 1))
    share = agree / n
    return {
        "agree": agree, "disagree": n - agree, "pass": 0, "n": n, "support": share,
        "low": max(0.0, share - 0.1), "high": min(1.0, share + 0.1), "held": share > 0.6,
    }  # fmt: skip


def _statement(cells: dict[str, Any]) -> dict[str, Any]:
    return {
        "votes": {name: [cell["agree"], cell["disagree"], cell["n"]] for name, cell in cells.items()},
        "agree": sum(c["agree"] for c in cells.values()), "disagree": sum(c["disagree"] for c in cells.values()), "pass": 0,
        "group_aware_consensus": 0.5, "priority": 1.0, "extremity": 0.1, "divisive": 0.1,
    }  # fmt: skip
