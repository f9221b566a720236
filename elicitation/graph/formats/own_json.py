"""The graph as JSON, by the schema beside this file: graph.schema.json. Free of Django."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

from pydantic import TypeAdapter, ValidationError

from elicitation.graph.formats.shape import Card, Graph, GraphUnreadable, ensure_whole
from elicitation.graph.ranked import Ranked

SCHEMA = Path(__file__).parent / "graph.schema.json"


@dataclass(frozen=True, slots=True)
class Document(Ranked):
    """A graph of Groundwork, version 1. Nothing in it is about a person."""

    format: Literal["groundwork-graph"] = "groundwork-graph"
    format_version: Literal[1] = 1
    values: tuple[Card, ...] = ()


_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
OWN = ("format", "format_version", "values")


def as_document(graph: Graph) -> dict[str, Any]:
    """The graph as plain data, ready for JSON."""
    told = {name: getattr(graph.ranked, name) for name in Ranked.__dataclass_fields__}
    found: dict[str, Any] = _DOCUMENT.dump_python(
        Document(**told, values=graph.values), mode="json"
    )
    return {name: found[name] for name in (*OWN, *told)}


def write(graph: Graph) -> str:
    """The graph as JSON text."""
    return json.dumps(as_document(graph), ensure_ascii=False, allow_nan=False, indent=1)


def read(text: str) -> Graph:
    """The graph of a JSON text. Raises GraphUnreadable, which names the place."""
    try:
        found = _DOCUMENT.validate_python(json.loads(text, parse_constant=_no_number))
    except ValidationError as broken:
        first = broken.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GraphUnreadable(f"{place}: {first['msg']}.") from broken
    except (ValueError, RecursionError) as broken:
        raise GraphUnreadable(f"This is no JSON: {broken}.") from broken
    ranked = Ranked(**{name: getattr(found, name) for name in Ranked.__dataclass_fields__})
    graph = Graph(found.values, ranked)
    ensure_whole(graph)
    return graph


def schema() -> dict[str, Any]:
    """What the file beside this one has to say."""
    return _DOCUMENT.json_schema(mode="serialization")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
