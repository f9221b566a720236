"""Every table and column in words, and what became of everything, as Markdown and as a page of HTML, from one dictionary. Free of Django."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from deliberation.exports.codes import missing_of, unit_of, values_of
from deliberation.exports.kinds import Kind, kind_of
from deliberation.exports.tables import TABLES

WORDS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "true or false",
    Kind.MOMENT: "date and time (ISO 8601)",
    Kind.LIST: "list (JSON)",
    Kind.OBJECT: "object (JSON)",
}
COLUMNS = ("column", "kind", "unit", "values", "where nothing is", "meaning")
Block = tuple[str, Any]  # ("title" | "section" | "text", words), or ("table", (header, rows))
FORMS = (
    "Each table comes in four forms with the same rows: JSON Lines (TABLE.jsonl), exact; CSV (csv/TABLE.csv); one workbook (tables.xlsx); and Parquet "
    "(parquet/TABLE.parquet), where the manifest says so. In CSV and XLSX a text that begins with =, +, -, @ (also in full width), a tab or a carriage return, "
    "also behind apostrophes, has an apostrophe put before it, so that no program takes it for a formula: take one apostrophe away from a text that begins with "
    "apostrophes and such a sign, and it is as it was. Lists and objects are JSON in a text, also in Parquet. An empty cell of CSV or XLSX is nothing, or an empty "
    "text; JSON Lines and Parquet tell them apart. A cell of XLSX holds 32,767 characters: what is longer goes on in the sheet continued."
)
STYLE = "body{font:1rem/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #888;padding:.25rem .5rem;text-align:start;vertical-align:top}"


def markdown(about: Mapping[str, Any]) -> str:
    """The codebook as Markdown."""
    return "\n".join(_as_markdown(kind, told) for kind, told in _blocks(about)) + "\n"


def html(about: Mapping[str, Any]) -> str:
    """The codebook as one page without script, and nothing from elsewhere."""
    body = "\n".join(_as_html(kind, told) for kind, told in _blocks(about))
    head = f'<meta charset="utf-8"><title>Codebook</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _blocks(about: Mapping[str, Any]) -> Iterator[Block]:
    yield "title", f"Codebook: {about['title']}"
    yield "text", f"The data of the assembly {about['assembly']}. {FORMS}"
    if about["withheld"]:
        yield (
            "text",
            f"Withheld, because weighing is not over: {', '.join(sorted(about['withheld']))}.",
        )
    for name, table in TABLES.items():
        if name in about["rows"]:
            yield "section", name
            yield "text", f"{table.meaning} {about['rows'][name]} rows."
            yield "table", (COLUMNS, [_column(name, *told) for told in table.columns.items()])
    yield "section", "From received to used"
    yield "table", (("step", "count", "lost", "why"), list(_funnel(about["processing"])))
    yield "section", "Excluded"
    yield "table", (("what", "count"), [(what, _number(n)) for what, n in about["processing"]["excluded"].items()])  # fmt: skip


def _column(table: str, column: str, meaning: str) -> tuple[str, ...]:
    codes = ", ".join(values_of(table, column))
    kind = WORDS[kind_of(table, column)]
    return column, kind, unit_of(table, column), codes, missing_of(table, column), meaning


def _funnel(processing: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for step in processing["steps"]:
        yield step["step"].replace("_", " "), str(step["count"]), "", ""
        yield from (("", "", str(n), why) for why, n in step["lost"].items() if n)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _as_markdown(kind: str, told: Any) -> str:
    if kind == "table":
        header, rows = told
        lines = [header, ["---"] * len(header), *rows]
        return "\n".join(_line(cells) for cells in lines) + "\n"
    return {"title": "# ", "section": "## "}.get(kind, "") + f"{told}\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _as_html(kind: str, told: Any) -> str:
    if kind == "table":
        header, rows = told
        top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
        lines = "\n".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows)  # fmt: skip
        return f"<table><thead><tr>{top}</tr></thead><tbody>\n{lines}\n</tbody></table>"
    tag = {"title": "h1", "section": "h2"}.get(kind, "p")
    name = f' id="{escape(told)}"' if kind == "section" and " " not in told else ""
    return f"<{tag}{name}>{escape(told)}</{tag}>"
