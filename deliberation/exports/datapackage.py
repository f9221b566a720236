"""A package described so that others' programs read it: datapackage.json (Frictionless Data Package 1), and a codebook for people. Free of Django."""

from collections.abc import Iterator, Mapping
from typing import Any

from deliberation.exports.kinds import Kind, kind_of
from deliberation.exports.table import Table
from deliberation.exports.tables import TABLES

WORDS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "true or false",
    Kind.MOMENT: "date and time (ISO 8601, UTC)",
    Kind.LIST: "list (JSON)",
    Kind.OBJECT: "object (JSON)",
}
Plain = dict[str, Any]


def described(about: Mapping[str, Any]) -> Plain:
    """datapackage.json of what the manifest is `about`: a resource for each table as CSV, with a schema."""
    return {
        "profile": "data-package",
        "name": about["assembly"],
        "title": about["title"],
        "created": about["made_at"],
        "description": "Answers, cards, values, rules, votes and documents of a deliberation held with Groundwork. See codebook.md.",
        "resources": [
            _resource(table, about["files"][f"csv/{name}.csv"])
            for name, table in TABLES.items()
            if f"csv/{name}.csv" in about["files"]
        ],
    }


def _resource(table: Table, file: Mapping[str, Any]) -> Plain:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"csv/{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(table, column, meaning) for column, meaning in table.columns.items()],
            "missingValues": [""],
        },
    }  # fmt: skip


def _field(table: Table, column: str, meaning: str) -> Plain:
    kind = kind_of(table.name, column)
    told = {"name": column, "type": str(kind), "description": meaning}
    if kind == Kind.MOMENT:
        told["format"] = "any"  # with and without fractions of a second
    if kind == Kind.BOOLEAN:
        return {**told, "trueValues": ["true"], "falseValues": ["false"]}
    return told


def codebook(about: Mapping[str, Any]) -> str:
    """Every table and column in words, as Markdown."""
    return "\n".join(_pages(about)) + "\n"


def _pages(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"# Codebook: {about['title']}\n"
    yield f"Made at {about['made_at']} from the assembly `{about['assembly']}`; entry {about['record_entry']} of its public record.\n"
    yield (
        "Each table comes twice: as JSON Lines (`responses.jsonl`), exact, and as CSV (`csv/responses.csv`), for spreadsheets and statistics programs. In CSV a text that begins "
        "with `=`, `+`, `-`, `@`, a tab or a carriage return (also behind apostrophes) has an apostrophe put before it, so that no program takes it for a formula; lists and objects are JSON in a cell; an empty cell is nothing, or "
        "an empty text. Where these matter, read JSON Lines.\n"
    )
    if about["withheld"]:
        yield f"Withheld, because weighing is not over: {', '.join(sorted(about['withheld']))}.\n"
    for name, table in TABLES.items():
        file = about["files"].get(f"{name}.jsonl")
        if file is None:
            continue
        yield f"## {name}\n\n{table.meaning} {file['rows']} rows.\n"
        yield "| column | kind | meaning |\n| --- | --- | --- |"
        for column, meaning in table.columns.items():
            yield f"| `{column}` | {WORDS[kind_of(name, column)]} | {meaning} |"
        yield ""
    yield "## From received to used\n\n| step | answers |\n| --- | --- |"
    yield from (f"| {step} | {n} |" for step, n in about["funnel"].items())
