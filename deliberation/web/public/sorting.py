"""Tables that sort by links: the order stands in the address, and the server sorts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a table. `query` leads to the table sorted by it, the other way round where it is sorted by it; empty where it cannot be."""

    name: str
    label: Any
    query: str = ""
    sorted: str = ""

    @property
    def sign(self) -> str:
        """An arrow for the eyes alone; screen readers are told by aria-sort."""
        return {"ascending": "↑", "descending": "↓"}.get(self.sorted, "")


def columns(named: Sequence[tuple[str, Any]], said: Mapping[str, str]) -> list[Column]:
    """The heads of a table whose address says `said`; its part `order` names a column, with "-" before it for the other way. The first stands for none."""
    now = said.get("order", "")
    name = now.removeprefix("-")
    if not name or name not in {name for name, _label in named}:
        now = name = named[0][0]
    return [_column(one, label, now, said) if one else Column(one, label) for one, label in named]


def query(said: Mapping[str, str], **more: str) -> str:
    """The address's query with some parts said otherwise; empty ones are left out."""
    told = QueryDict(mutable=True)
    for name, value in {**said, **more}.items():
        if value:
            told[name] = value
    return told.urlencode()


def _column(one: str, label: Any, now: str, said: Mapping[str, str]) -> Column:
    way = {one: "ascending", f"-{one}": "descending"}.get(now, "")
    return Column(one, label, query(said, order=f"-{one}" if now == one else one), way)
