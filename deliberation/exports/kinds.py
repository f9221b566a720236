"""Of what kind each column is: text, integer, number, boolean, datetime, list or object. Free of Django.

A name means one kind in every table but where OTHERWISE says so. What is named nowhere is text; every column may be empty.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The kinds, by their names in a table schema (Frictionless)."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    MOMENT = "datetime"
    LIST = "array"
    OBJECT = "object"


NAMED: Mapping[Kind, str] = {
    Kind.INTEGER: "approve aside object ballots calls card_version cards cost end end_utf16 endorsement judged judgement number position quorum roll seconded "
    "showing shown signed start start_utf16 story story_ready tokens_in tokens_out transition value_version version voices waited",
    Kind.NUMBER: "approve_share chance group_share likeness",
    Kind.BOOLEAN: "by_author by_helper counts followed forward is_current is_latest is_standing own passed public reason_public satisfied stands to_left with_story",
    Kind.LIST: "norms policies quotes serves values",
    Kind.OBJECT: "parameters phrase refusals wording",
}
OTHERWISE: Mapping[tuple[str, str], Kind] = {
    ("responses", "prompt_version"): Kind.INTEGER,
    ("transitions", "context"): Kind.INTEGER,
    ("edits", "changed"): Kind.INTEGER,
    ("edits", "words"): Kind.INTEGER,
    ("second_looks", "look"): Kind.INTEGER,
    ("strata", "question"): Kind.OBJECT,
    ("strata", "target"): Kind.INTEGER,
    ("survey", "answer"): Kind.INTEGER,
}
KINDS = {name: kind for kind, names in NAMED.items() for name in names.split()}


def kind_of(table: str, column: str) -> Kind:
    """The kind of a column."""
    if found := OTHERWISE.get((table, column)) or KINDS.get(column):
        return found
    return Kind.MOMENT if column == "at" or column.endswith("_at") else Kind.TEXT
