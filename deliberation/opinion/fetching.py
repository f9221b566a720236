"""Read a moral graph made elsewhere: our own JSON, the published JSON, or a table of judgements to be ranked here. Free of Django."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from elicitation.graph.edge_votes import VoteUnreadable, read_votes
from elicitation.graph.formats import own_json, published_json
from elicitation.graph.formats.shape import Card, Graph, GraphUnreadable, bare
from elicitation.graph.ranked import Id, Rule
from elicitation.graph.ranking import rank
from elicitation.interview.opening import open_table
from elicitation.interview.tables import TableUnreadable

RESAMPLES = 100
OWN = "groundwork-graph"
LARGEST = 50 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Files:
    """What to read. `values`: a list of values with id, title and policies, where `graph` knows them by id alone."""

    graph: Path
    values: Path | None = None
    rule: Rule = Rule.GROUNDWORK
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A graph ready to be kept: the document by graph.schema.json, and its SHA-256."""

    document: Mapping[str, Any]
    content_hash: str
    attribution: str


def fetch(files: Files) -> Fetched:
    """Raises GraphUnreadable, which names file and place."""
    try:
        found = _read(files)
    except (GraphUnreadable, VoteUnreadable, TableUnreadable) as broken:
        raise GraphUnreadable(f"{files.graph.name}: {broken}") from broken
    except (OSError, UnicodeDecodeError) as broken:
        raise GraphUnreadable(f"{files.graph} cannot be read: {broken}") from broken
    document = own_json.as_document(found)
    told = json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False)
    if "\\u0000" in told:
        raise GraphUnreadable(f"{files.graph.name}: a text holds a NUL character.")
    return Fetched(document, hashlib.sha256(told.encode()).hexdigest(), files.attribution)


def _read(files: Files) -> Graph:
    values = _text(files.values) if files.values else None
    if files.graph.suffix.lower() != ".json":
        ranked = rank(read_votes(open_table(files.graph)), files.rule, resamples=RESAMPLES)
        return _worded(bare(ranked), values)
    text = _text(files.graph)
    if OWN in text[:200]:
        return _worded(own_json.read(text), values)
    return published_json.read(text, values)


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise GraphUnreadable(f"{path.name} is larger than {LARGEST // 2**20} MB.")
    return path.read_text(encoding="utf-8-sig")


def _worded(graph: Graph, values: str | None) -> Graph:
    """The graph with the titles and policies of a list of values."""
    if values is None:
        return graph
    cards: Mapping[Id, Card] = published_json.listed(values)
    return replace(graph, values=tuple(cards.get(card.id, card) for card in graph.values))
