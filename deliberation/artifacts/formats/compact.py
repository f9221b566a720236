"""The document for an AI system: a constitution text short enough for a prompt, and JSON, both with a tag for each clause to cite it by.

A tag is C and the number of the clause, then eight digits of its id, such as C3-9f1c02ab: it names this clause of this version for good.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

Told = Mapping[str, Any]
FORMAT = "groundwork-constitution/1"


def tag(clause: Told) -> str:
    """What an answer names a clause by."""
    return f"C{clause['number']}-{clause['id'][:8]}"


def text(told: Told) -> bytes:
    """One line a clause, and one for each value it rests on. Quotes, votes and objections stay in the other files."""
    with override(told["language"]):
        return ("\n".join(_lines(told)) + "\n").encode()


def data(told: Told) -> bytes:
    """The same as JSON: of each clause its tag, id, words, and the contexts, values and rules behind it."""
    whole = {
        "format": FORMAT,
        "title": told["title"],
        "language": told["language"],
        "artifact": told["artifact"],
        "version": told["version"],
        "record": told["record"],
        "clauses": [_clause(section, clause) for section, clause in _adopted(told)],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _adopted(told: Told) -> Iterator[tuple[Told, Told]]:
    """The clauses that hold: one the assembly voted on and did not adopt is nothing for a system to follow."""
    for section in told["sections"]:
        for clause in section["clauses"]:
            if clause["vote"] is None or clause["vote"]["passed"]:
                yield section, clause


def _clause(section: Told, clause: Told) -> dict[str, Any]:
    standing = [value for value in clause["values"] if value["title"]]
    return {
        "tag": tag(clause),
        "id": clause["id"],
        "section": section["code"],
        "text": clause["text"],
        "contexts": sorted({value["context"] for value in standing if value["context"]}),
        "values": [
            {"value": v["value"], "title": v["title"], "policies": v["policies"]} for v in standing
        ],
        "norms": [norm["text"] for norm in clause["norms"]],
    }


def _lines(told: Told) -> Iterator[str]:
    entry = told["record"]["entry"]
    yield told["title"]
    yield _("Version %(version)s of %(assembly)s; entry %(entry)s of its public record.") % {"version": told["version"], "assembly": told["assembly"]["title"], "entry": entry}  # fmt: skip
    if head := told["record"]["head"]:
        yield " ".join(head["note"].split("\n")[:3])  # origin, size and root of the tree
    yield _("When an answer follows a clause, cite its tag, for example [%(tag)s].") % {"tag": _first_tag(told)}  # fmt: skip
    last = None
    for section, clause in _adopted(told):
        if section["code"] != last and section["title"]:
            yield f"\n{section['title']}"
        last = section["code"]
        yield f"[{tag(clause)}] {_one_line(clause['text'])}"
        for value in clause["values"]:
            if value["title"]:
                yield f"  - {_value(value)}"


def _value(value: Told) -> str:
    about = {
        "title": value["title"],
        "context": value["context"],
        "policies": "; ".join(value["policies"]),
    }
    if value["context"]:
        return _("%(title)s (when %(context)s): %(policies)s") % about
    return _("%(title)s: %(policies)s") % about


def _first_tag(told: Told) -> str:
    return next((tag(clause) for _section, clause in _adopted(told)), "C1-00000000")


def _one_line(words: str) -> str:
    return " ".join(words.split())
