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
    greatest_first: bool = False

    @property
    def sign(self) -> str:
        """An arrow for the eyes alone; screen readers are told by aria-sort."""
        return {"ascending": "↑", "descending": "↓"}.get(self.sorted, "")


def columns(named: Sequence[tuple[str, Any]], said: Mapping[str, str]) -> list[Column]:
    """The heads of a table, each (order, label): the order it is first sorted by, "-" before it for the greatest first, "" for one that does not sort.

    The address's part `order` says which stands now, or its contrary; the first stands for none.
    """
    offered = {one.removeprefix("-") for one, _label in named if one}
    now = said.get("order", "")
    if now.removeprefix("-") not in offered:
        now = named[0][0]
    return [_column(one, label, now, said) if one else Column(one, label) for one, label in named]


def query(said: Mapping[str, str], **more: str) -> str:
    """The address's query with some parts said otherwise; empty ones are left out."""
    told = QueryDict(mutable=True)
    for name, value in {**said, **more}.items():
        if value:
            told[name] = value
    return told.urlencode()


def _column(one: str, label: Any, now: str, said: Mapping[str, str]) -> Column:
    name = one.removeprefix("-")
    way = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    contrary = name if now == f"-{name}" else f"-{name}"
    return Column(name, label, query(said, order=contrary if way else one), way, one != name)
