"""What a table of the export is. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the export: one JSON object a line; `columns` maps a name to its meaning, in order."""

    name: str
    meaning: str
    columns: Mapping[str, str]
