"""What was wiped, and whether an entry of the record names something of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model

# Where the body of an entry names a thing by a number, and of which table that is.
NUMBERED = {
    "invitation": "assemblies.invitation",
    "showing": "graph.showing",
    "transition": "graph.transition",
    "story": "graph.story",
    "exposure": "graph.exposure",
    "endorsement": "graph.endorsement",
    "judgement": "graph.judgement",
    "fold": "graph.fold",
    "token": "assemblies.token",  # nosec B105
    "hook": "assemblies.hook",
    "context": "interview.context",
    "agent": "assemblies.agent",
}
# Entries whose kind begins so mean another table by the same name.
NUMBERED_OTHERWISE = {
    ("norm.", "endorsement"): "graph.normendorsement",
    ("norm_endorsement.", "endorsement"): "graph.normendorsement",
    ("colleague.", "invitation"): "assemblies.staffinvitation",
}
LENGTH_OF_UUID = 36
Gone = set[tuple[str, str]]  # table and key of each row


def table(kind: type[Model]) -> str:
    """What Django calls a kind of rows: "graph.value"."""
    return str(kind._meta.label_lower)  # noqa: SLF001  a public name of Django's


@dataclass(frozen=True)
class Wiped:
    """What was deleted: an assembly's short name, and the table and key of each row."""

    slug: str
    rows: Gone

    @cached_property
    def keys(self) -> set[str]:
        """Those that are no mere numbers, which could mean anything."""
        return {key for _, key in self.rows if len(key) == LENGTH_OF_UUID}

    def names(self, kind: str, name: str, said: Any) -> bool:
        """Whether an entry of this kind names something of it under this name."""
        if isinstance(said, list):
            return any(self.names(kind, name, one) for one in said)
        if isinstance(said, str):
            return said == self.slug or said in self.keys
        return (table_of(kind, name), str(said)) in self.rows


def table_of(kind: str, name: str) -> str:
    """Which table an entry of a kind means by a number under a name; "" for a mere number."""
    for (begins, other), table in NUMBERED_OTHERWISE.items():
        if kind.startswith(begins) and name == other:
            return table
    return NUMBERED.get(name, "")
