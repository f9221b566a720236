"""A package described so that others' programs read it: datapackage.json (Frictionless Data Package 1) and croissant.json (Croissant 1.0). Free of Django."""

from collections.abc import Iterator, Mapping
from typing import Any

from deliberation.exports.codes import unit_of, values_of
from deliberation.exports.kinds import Kind, kind_of
from deliberation.exports.table import Table
from deliberation.exports.tables import TABLES

Plain = dict[str, Any]
DESCRIPTION = "Answers, cards, values, rules, votes and documents of a deliberation held with Groundwork, with what computes the results again. See README.md and codebook.md."
CROISSANT = "http://mlcommons.org/croissant/"
CROISSANT_TERMS = (  # every term of Croissant 1.0, as it asks of a context
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath key md5 "
    "parentField path recordSet references regex repeated replace samplingRate separator source subField transform"
)
SCHEMA_ORG = {
    Kind.TEXT: "sc:Text",
    Kind.INTEGER: "sc:Integer",
    Kind.NUMBER: "sc:Float",
    Kind.BOOLEAN: "sc:Boolean",
    Kind.MOMENT: "sc:DateTime",
    Kind.LIST: "sc:Text",
    Kind.OBJECT: "sc:Text",
}


def described(about: Mapping[str, Any]) -> Plain:
    """datapackage.json of what the manifest is `about`: a resource for each table as CSV, with a schema."""
    told: Plain = {
        "profile": "data-package",
        "name": about["assembly"],
        "title": about["title"],
        "description": DESCRIPTION,
    }
    if about["licence"]:
        told["licenses"] = [_licence(about["licence"])]
    resources = [_resource(table, file) for table, file in _files(about)]
    return {**told, "resources": resources}


def croissant(about: Mapping[str, Any]) -> Plain:
    """croissant.json: the same tables as record sets."""
    files = list(_files(about))
    return {
        "@context": {
            "@language": "en",
            "@vocab": "https://schema.org/",
            "sc": "https://schema.org/",
            "cr": CROISSANT,
            "dct": "http://purl.org/dc/terms/",
            "conformsTo": "dct:conformsTo",
            "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            "data": {"@id": "cr:data", "@type": "@json"},
            "examples": {"@id": "cr:examples", "@type": "@json"},
            "rai": f"{CROISSANT}RAI/",
            **{name: f"cr:{name}" for name in CROISSANT_TERMS.split()},
        },
        "@type": "sc:Dataset",
        "conformsTo": f"{CROISSANT}1.0",
        "name": about["assembly"],
        "description": f"{about['title']}. {DESCRIPTION}",
        "license": about["licence"] or "TERMS.md",
        "citeAs": "See CITATION.cff.",
        "distribution": [_file_object(table, file) for table, file in files],
        "recordSet": [_record_set(table) for table, _ in files],
    }


def _files(about: Mapping[str, Any]) -> Iterator[tuple[Table, Mapping[str, Any]]]:
    for name, table in TABLES.items():
        if file := about["files"].get(f"csv/{name}.csv"):
            yield table, file


def _licence(licence: str) -> Plain:
    return {"path" if "://" in licence else "name": licence}


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
    told: Plain = {"name": column, "type": str(kind), "description": meaning}
    if unit := unit_of(table.name, column):
        told["unit"] = unit
    if codes := values_of(table.name, column):
        told["constraints"] = {"enum": list(codes)}
    if kind == Kind.MOMENT:
        told["format"] = "any"  # with and without fractions of a second
    if kind == Kind.BOOLEAN:
        return {**told, "trueValues": ["true"], "falseValues": ["false"]}
    return told


def _file_object(table: Table, file: Mapping[str, Any]) -> Plain:
    return {
        "@type": "cr:FileObject",
        "@id": f"csv-{table.name}",
        "name": f"{table.name}.csv",
        "description": table.meaning,
        "contentUrl": f"csv/{table.name}.csv",
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": "text/csv",
        "sha256": file["sha256"],
    }


def _record_set(table: Table) -> Plain:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.meaning,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column}",
                "name": column,
                "description": meaning,
                "dataType": SCHEMA_ORG[kind_of(table.name, column)],
                "source": {
                    "fileObject": {"@id": f"csv-{table.name}"},
                    "extract": {"column": column},
                },
            }
            for column, meaning in table.columns.items()
        ],
    }
