"""A release as a ZIP everybody may take along: its counts as they were published, and the words that may be shown in public now."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from deliberation.exports import csv_form
from deliberation.exports.disclosure import FEWEST
from deliberation.exports.models import Release
from deliberation.exports.studied import SPAN, studied
from deliberation.exports.table import Table
from deliberation.exports.zipped import member
from elicitation.extraction.models import Quote
from elicitation.extraction.queries import SHOWABLE
from elicitation.graph.models import Value

VALUES = Table(
    "values",
    "The values that are shared, in their words of today.",
    {
        "value": "Id (UUID).",
        "title": "Title.",
        "context": 'Situation, to follow "when"; may be empty.',
        "policies": "What is attended to (a JSON list of texts).",
        "language": "Language tag.",
    },
)
COUNTS = Table(
    "counts",
    "How many people say what to a value, in all and by what they said of themselves, as of the release.",
    {
        "value": "Id of the value (UUID).",
        "says": "agree, pass or disagree.",
        "stratum": "Code of the question people are told apart by; empty for everybody.",
        "option": "Code of the answer they gave; empty for everybody, or for those who gave none.",
        "people": "How many; empty where that is not told.",
        "state": "told; hidden: kept back, with others, so that only their sum could be worked out; withheld: the whole is of too few; not_anew: told by an earlier release, and too few moved since.",
    },
)
STRATA = Table(
    "strata",
    "What people may say of themselves.",
    {
        "stratum": "Code of the question.",
        "question": "The question (JSON: language tag -> wording).",
        "option": "Code of an answer.",
        "wording": "The answer (JSON: language tag -> wording).",
    },
)
QUOTES = Table(
    "quotes",
    "Words whose authors agreed that everybody may see them, as of now.",
    {"value": "The value they stand in (UUID).", "text": "The words."},
)
TABLES = (VALUES, COUNTS, STRATA, QUOTES)
Cells = Sequence[Any]


def packed(release: Release) -> bytes:
    """The ZIP."""
    rows: Mapping[str, Iterable[Cells]] = {
        "values": _values(release),
        "counts": _counts(release),
        "strata": _strata(release),
        "quotes": _quotes(release),
    }
    out = io.BytesIO()
    folder = f"{release.assembly.slug}-release-{release.number}"
    with zipfile.ZipFile(out, "w") as archive:
        for table in TABLES:
            lines = (csv_form.line(map(csv_form.cell_of, cells)) for cells in rows[table.name])
            head = csv_form.line(table.columns)
            archive.writestr(member(f"{folder}/{table.name}.csv"), head + "".join(lines))
        archive.writestr(member(f"{folder}/datapackage.json"), json.dumps(_described(release), ensure_ascii=False, indent=1))  # fmt: skip
        archive.writestr(member(f"{folder}/README.md"), _readme(release))
    return out.getvalue()


def _ids(release: Release) -> list[str]:
    """The values of the release, each once, in its order."""
    return list(dict.fromkeys(row["value"] for row in release.rows))


def _standing(release: Release) -> Mapping[UUID, Value]:
    return Value.objects.standing().in_bulk([UUID(one) for one in _ids(release)])


def _values(release: Release) -> Iterator[Cells]:
    standing = _standing(release)
    for pk in _ids(release):
        if value := standing.get(UUID(pk)):
            yield pk, value.title, value.context, value.policies, value.language


def _counts(release: Release) -> Iterator[Cells]:
    for row in release.rows:
        of = row["value"], row["says"], row["stratum"]
        if row["state"] != "told":
            yield (*of, "", None, row["state"])
        for option, number in row["counts"].items():
            yield (*of, option, number, "told")
        for option in row["hidden"]:
            yield (*of, option, None, "hidden")


def _strata(release: Release) -> Iterator[Cells]:
    for one in release.assembly.strata.order_by("position", "id"):
        for option in one.options:
            yield one.code, one.wording, option["code"], option["wording"]


def _quotes(release: Release) -> Iterator[Cells]:
    root = "policy__candidate__evidence__value__root"
    here = Quote.objects.filter(SHOWABLE, **{f"{root}__in": list(_standing(release))})
    told = studied(here, SPAN).order_by(root, "text").values_list(root, "text").distinct()
    yield from ((str(value), text) for value, text in told)


def _described(release: Release) -> dict[str, Any]:
    """datapackage.json (Frictionless)."""
    return {
        "profile": "tabular-data-package",
        "name": f"{release.assembly.slug}-release-{release.number}",
        "title": release.assembly.titled_in(release.assembly.languages[0]),
        "created": release.made_at.isoformat(),
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": name, "type": "integer" if name == "people" else "string", "description": meaning}
        for name, meaning in table.columns.items()
    ]
    schema = {"fields": fields, "missingValues": [""]}
    told = {"profile": "tabular-data-resource", "name": table.name, "path": f"{table.name}.csv"}
    return {**told, "description": table.meaning, "encoding": "utf-8", "schema": schema}


def _readme(release: Release) -> str:
    return (
        f"# {release.assembly.titled_in(release.assembly.languages[0])}: release {release.number}\n\n"
        f"Counts as of {release.made_at:%Y-%m-%d %H:%M} UTC, of at least {FEWEST} people each. Smaller ones are kept back (hidden), never one alone, and what was\n"
        "told before is told anew only where nobody or many moved since (not_anew: see the earlier release). Nothing here is about a single person; do not try to\n"
        "find out who is behind a count. quotes.csv holds words whose authors agreed that everybody may see them, as of the moment you took this file: who takes\n"
        "that back is in no later one, and you should take a newer one before you publish words.\n"
    )
