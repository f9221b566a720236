"""Results as somebody may see them: nothing for anybody until weighing is over; then all for who runs the assembly, nothing small for others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.opinion.models import Analysis, BroughtGraph, Conversation
from deliberation.opinion.queries import counts_are_public
from deliberation.opinion.shown import for_everybody
from deliberation.opinion.snapshots import (
    Snapshot,
    Subject,
    is_stale,
    marker,
    newest,
    snapshot,
    wanted,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks at the results of an assembly; `whole`: who runs it, and sees all of them once there is anything to see."""

    assembly: Assembly
    whole: bool

    def may_see(self, subject: Subject) -> bool:
        """Whether the results of `subject` are open now, to anybody at all. A conversation was held elsewhere and is over."""
        return isinstance(subject, Conversation) or counts_are_public(self.assembly)


@dataclass(frozen=True, slots=True)
class Seen:
    """A result as this reader may see it."""

    snapshot: Snapshot
    result: Mapping[str, Any]

    @property
    def analysis(self) -> Analysis:
        return self.snapshot.analysis

    @property
    def stale(self) -> bool:
        return self.snapshot.stale

    @property
    def age(self) -> timedelta:
        return self.snapshot.age


def reader(slug: str, account: gates.Account) -> Reader:
    """Who looks at an assembly's results. Raises NotHere."""
    try:
        found = Reader(gates.facilitator(slug, account), whole=True)
    except NotHere:
        found = Reader(gates.public(slug), whole=False)
    found.assembly.told_phases = list(found.assembly.phases.all())  # every page asks them twice
    return found


def subject(assembly: Assembly, pk: UUID) -> Subject:
    """The inquiry or conversation of this assembly that results are of. Raises NotHere."""
    if inquiry := assembly.inquiries.filter(pk=pk).first():
        return inquiry
    if conversation := assembly.conversations.filter(pk=pk).first():
        return conversation
    raise NotHere


def brought(assembly: Assembly, pk: UUID) -> BroughtGraph:
    """A graph made elsewhere that was brought to this assembly. Raises NotHere."""
    if graph := assembly.brought_graphs.filter(pk=pk).first():
        return graph
    raise NotHere


def seen(who: Reader, of: Subject, kind: str) -> Seen | None:
    """The newest result of a kind; None where there is none, or where it is open to nobody now."""
    found = snapshot(of, kind) if who.may_see(of) else None
    if found is None:
        return None
    whole: Mapping[str, Any] = found.analysis.result
    return Seen(found, whole if who.whole else for_everybody(whole))


def seen_at(who: Reader, of: Subject, pk: UUID) -> tuple[Seen, bool]:
    """A result by its id, and whether a newer one replaced it. Raises NotHere where it was not kept, or is open to nobody now.

    Of one that was replaced everybody sees how it was made and no numbers (decision 0040): beside those of the newest they would
    tell what the few said who changed or erased it in between. Who runs the assembly sees both.
    """
    found = of.analyses.filter(pk=pk).first() if who.may_see(of) else None
    if found is None:
        raise NotHere
    latest = newest(of, found.kind)
    replaced = latest is not None and latest.pk != found.pk
    stale = is_stale(found, marker(of), wanted(of))
    whole: Mapping[str, Any] = found.result
    told = whole if who.whole else {} if replaced else for_everybody(whole)
    return Seen(Snapshot(found, stale), told), replaced
