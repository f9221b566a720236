"""The thread as linked data: from response by reading, card and value to clause, in the terms of PROV-O, as JSON-LD written row by row. Free of Django.

It holds ids, times, titles of what is shared, and texts of clauses; the words are in the tables, under the same ids.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from deliberation.exports.whole import Whole

Node = dict[str, Any]
CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "gw": "urn:groundwork:term:",
    "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:wasAttributedTo": {"@type": "@id"},
    "prov:wasGeneratedBy": {"@type": "@id"},
    "prov:wasAssociatedWith": {"@type": "@id"},
    "prov:specializationOf": {"@type": "@id"},
    "prov:wasRevisionOf": {"@type": "@id"},
    "prov:used": {"@type": "@id"},
    "prov:generated": {"@type": "@id"},
    "prov:startedAtTime": {"@type": "xsd:dateTime"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
    "prov:generatedAtTime": {"@type": "xsd:dateTime"},
    "prov:invalidatedAtTime": {"@type": "xsd:dateTime"},
}
encoded = json.JSONEncoder(ensure_ascii=False).encode
Row = Mapping[str, Any]


class Thread:
    """The thread in the making, in the order of the rows it is shown."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._known, self._between = file, set[str](), ""
        self._makers: Mapping[str, Callable[[Row], Iterator[Node]]] = {
            "responses": self._response,
            "readings": self._reading,
            "candidates": _candidate,
            "quotes": _quote,
            "rules": _rule,
            "values": _value,
            "norms": _norm,
            "decisions": _decision,
            "clauses": _clause,
        }

    def watch(self, table: str) -> Callable[[Row], None] | None:
        """What is to be shown every row of a table; None where the thread does not go through it."""
        make = self._makers.get(table)
        return make and partial(self._put, make)

    def _put(self, make: Callable[[Row], Iterator[Node]], row: Row) -> None:
        for node in make(row):
            told = {name: value for name, value in node.items() if value not in (None, [])}
            self._file.write(self._between + encoded(told))
            self._between = ",\n"

    def _first(self, name: str) -> bool:
        """Whether this was not named before."""
        before = len(self._known)
        self._known.add(name)
        return len(self._known) > before

    def _response(self, row: Row) -> Iterator[Node]:
        if self._first(row["respondent"]):
            yield {"@id": urn(row["respondent"]), "@type": ["prov:Agent", "gw:Respondent"], "gw:kind": row["respondent_kind"]}  # fmt: skip
        yield {
            **_entity(row["revision"], "Revision"),
            "prov:specializationOf": urn(row["response"]),
            "prov:wasAttributedTo": urn(row["respondent"]),
            "prov:generatedAtTime": row["written_at"],
            "dct:language": row["language"],
            "gw:prompt": {"@id": urn(row["prompt"])},
        }

    def _reading(self, row: Row) -> Iterator[Node]:
        engine = f"urn:groundwork:engine:{row['engine']}:{_safe(row['model'])}:{row['prompt_version'] or 'none'}"
        if self._first(engine):
            told = {"gw:engine": row["engine"], "gw:model": row["model"]}
            yield {"@id": engine, "@type": ["prov:SoftwareAgent", "gw:Engine"], **told, "gw:promptVersion": row["prompt_version"]}  # fmt: skip
        yield {
            "@id": urn(row["reading"]),
            "@type": ["prov:Activity", "gw:Reading"],
            "prov:used": urn(row["revision"]),
            "prov:wasAssociatedWith": engine,
            "prov:startedAtTime": row["started_at"],
            "prov:endedAtTime": row["ended_at"],
            "gw:state": row["state"],
        }


@contextmanager
def writing(out: Path) -> Iterator[Thread]:
    """A thread that is whole once this ends without a fault."""
    with Whole(out) as file:
        file.write(f'{{"@context": {encoded(CONTEXT)},\n"@graph": [\n')
        yield Thread(file)
        file.write("\n]}\n")


def urn(key: str | None) -> str | None:
    """The name of a thing of the tables."""
    return f"urn:uuid:{key}" if key else None


def _entity(key: str, kind: str, **more: Any) -> Node:
    return {"@id": urn(key), "@type": ["prov:Entity", f"gw:{kind}"], **more}


def _candidate(row: Row) -> Iterator[Node]:
    told = {"prov:wasGeneratedBy": urn(row["reading"]), "gw:state": row["state"]}
    yield _entity(row["candidate"], "Candidate", **told)
    if row["value"]:
        yield _derived(row["value"], [row["candidate"]])


def _quote(row: Row) -> Iterator[Node]:
    span = {"gw:start": row["start"], "gw:end": row["end"], "gw:public": row["public"]}
    yield _entity(row["quote"], "Quote", **{"prov:wasDerivedFrom": urn(row["revision"])}, **span)  # fmt: skip
    yield _derived(row["candidate"], [row["quote"]])


def _rule(row: Row) -> Iterator[Node]:
    sources = sorted({f"urn:uuid:{quote['revision']}" for quote in row["quotes"]})
    told = {"prov:wasGeneratedBy": urn(row["reading"]), "gw:state": row["state"]}
    yield _entity(row["rule"], "Rule", **told, **{"prov:wasDerivedFrom": sources})
    if row["norm"]:
        yield _derived(row["norm"], [row["rule"]])


def _value(row: Row) -> Iterator[Node]:
    told = {"dct:title": row["title"], "gw:policy": row["policies"]}
    times = {"prov:generatedAtTime": row["admitted_at"], "prov:invalidatedAtTime": row["retired_at"]}  # fmt: skip
    yield _entity(row["value"], "Value", **told, **times)
    if row["root"] != row["value"]:
        yield _derived(row["root"], [row["value"]])


def _norm(row: Row) -> Iterator[Node]:
    parts = {f"gw:{part}": row[part] or None for part in ("attribute", "deontic", "aim")}
    serves = [{"@id": urn(value)} for value in row["serves"]]
    yield _entity(row["norm"], "Norm", **parts, **{"gw:serves": serves})


def _decision(row: Row) -> Iterator[Node]:
    about = [urn(row[name]) for name in ("candidate", "rule", "answer") if row[name]]
    made = [urn(row[name]) for name in ("value", "norm") if row[name]]
    yield {
        "@id": urn(row["decision"]),
        "@type": ["prov:Activity", "gw:Decision"],
        "gw:kind": row["kind"],
        "prov:used": about,
        "prov:generated": made,
        "prov:wasAssociatedWith": f"urn:groundwork:{row['moderator']}" if row["moderator"] else None,
        "prov:startedAtTime": row["at"],
        "prov:invalidatedAtTime": row["undone_at"],
    }  # fmt: skip


def _clause(row: Row) -> Iterator[Node]:
    rests = [urn(key) for name in ("values", "norms", "quotes") for key in row[name]]
    told = {"dct:isPartOf": {"@id": urn(row["artifact"])}, "gw:version": row["version"], "gw:text": row["text"]}  # fmt: skip
    yield _entity(row["clause"], "Clause", **told, **{"prov:wasDerivedFrom": rests, "prov:wasRevisionOf": urn(row["follows"])})  # fmt: skip


def _derived(key: str, sources: list[str]) -> Node:
    return {"@id": urn(key), "prov:wasDerivedFrom": [urn(source) for source in sources]}


def _safe(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-._" else "-" for char in name) or "none"
