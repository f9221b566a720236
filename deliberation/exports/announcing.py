"""What the addresses of an assembly are told: read from the record in the order it was sealed, which misses nothing and repeats nothing, and from the clock.

Kinds, ids and counts of what is public; no words, no pseudonyms, no result before weighing is over.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from deliberation.artifacts.models import Artifact
from deliberation.assemblies.actions.hooks import Event, announce
from deliberation.assemblies.models import Assembly, Hook
from deliberation.exports.models import Bundle
from deliberation.opinion.queries import counts_are_public
from elicitation.extraction.models import Reading
from elicitation.record.models import Entry

KINDS = ("reading.closed", "artifact.published", "analysis.kept", "package.made")
AT_ONCE = 500  # entries
BEHIND = 5000  # entries of other kinds after which it is worth writing down how far we looked
E = Hook.Event


def announce_all() -> None:
    """Put what is new on the list of every address."""
    newest = Entry.objects.aggregate(newest=Max("index"))["newest"] or 0
    for hook in Hook.objects.filter(ended_at=None).select_related("assembly"):
        _announce(hook, newest)


def _announce(hook: Hook, newest: int) -> None:
    now = timezone.now()
    sealed = Entry.objects.filter(kind__in=KINDS, index__gt=hook.seen, index__lte=newest)
    entries = list(sealed.exclude(body=None).order_by("index")[:AT_ONCE])
    phases = list(_phases(hook.assembly, hook.clock, now))
    if entries or phases or newest - hook.seen > BEHIND:
        seen = entries[-1].index if len(entries) == AT_ONCE else newest
        announce(hook, [*_happened(hook.assembly, entries), *phases], seen or 0, now)


def _happened(assembly: Assembly, entries: Iterable[Entry]) -> Iterator[Event]:
    """The events of an assembly among entries of the record."""
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    yield from _answers(assembly, by_kind["reading.closed"])
    for entry in _ours(Artifact.objects.filter(assembly=assembly), "artifact", by_kind["artifact.published"]):  # fmt: skip
        told = {"document": _of(entry, "artifact"), "version": _of(entry, "version")}
        there = reverse("api:document", args=[assembly.slug, told["document"], told["version"]])
        yield _event(entry, E.DOCUMENT, {**told, "path": there})
    if counts_are_public(assembly):
        for entry in _ours(assembly.inquiries.all(), "of", by_kind["analysis.kept"]):
            kinds = sorted({result["kind"] for result in _of(entry, "results")})
            yield _event(entry, E.RESULT, {"inquiry": _of(entry, "of"), "kinds": kinds})
    ready = Bundle.objects.filter(assembly=assembly, state=Bundle.State.READY)
    for entry in _ours(ready, "package", by_kind["package.made"]):
        yield _event(entry, E.PACKAGE, {"package": _of(entry, "package")})


def _answers(assembly: Assembly, closed: list[Entry]) -> Iterator[Event]:
    """One event for all answers read since the last time."""
    here = Reading.objects.filter(revision__response__prompt__inquiry__assemblies=assembly)
    ours = list(_ours(here, "reading", closed))
    if ours:
        yield _event(ours[-1], E.ANSWERS, {"count": len(ours)})


def _ours(rows: Any, name: str, entries: list[Entry]) -> Iterator[Entry]:
    """The entries that are of these rows, named in their bodies."""
    named = {_of(entry, name) for entry in entries}
    ours = set(map(str, rows.filter(pk__in=named).values_list("pk", flat=True))) if named else ()
    return (entry for entry in entries if _of(entry, name) in ours)


def _phases(assembly: Assembly, since: datetime, now: datetime) -> Iterator[Event]:
    """What opened or closed by the clock since then."""
    for phase in assembly.phases.all():
        for change, at in (("opened", phase.starts_at), ("closed", phase.ends_at)):
            if since < at <= now:
                told = {"phase": phase.kind, "change": change}
                yield Event(f"{phase.kind} {change} {at.isoformat()}", E.PHASE, at, told)


def _event(entry: Entry, kind: str, told: dict[str, Any]) -> Event:
    return Event(f"entry {entry.index}", kind, entry.at, told)


def _of(entry: Entry, name: str) -> Any:
    return (entry.body or {})[name]
