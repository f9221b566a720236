"""Conversations and graphs somebody uploads: put on the table, claimed by a worker, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from deliberation.assemblies.models import Assembly
from deliberation.opinion.models import Bringing, BroughtGraph, Conversation
from elicitation.record.actions import append, recorded

State = Bringing.State
LEASE = timedelta(minutes=15)  # longer than the largest takes
MOST_TRIES = 3  # a file that took its worker with it so often is given up


@dataclass(frozen=True, slots=True)
class Upload:
    """What is brought: `pk` names the folder its files are in."""

    pk: UUID
    kind: str
    name: str = ""
    attribution: str = ""
    inverted: bool = False


@recorded
def ask_to_bring(assembly: Assembly, upload: Upload) -> Bringing:
    """Let a worker read uploaded files and keep what is in them."""
    asked = Bringing.objects.create(
        id=upload.pk,
        assembly=assembly,
        kind=upload.kind,
        name=upload.name,
        attribution=upload.attribution,
        inverted=upload.inverted,
    )
    append("bringing.asked", assembly=assembly.slug, bringing=str(asked.pk), of=asked.kind)
    return asked


@recorded
def claim_bringing(bringing: Bringing) -> bool:
    """Take it; False where another worker is at it, it is over, or it was given up for taking its workers with it."""
    now = timezone.now()
    mine = Bringing.objects.to_read().filter(pk=bringing.pk)
    taken = mine.filter(tries__lt=MOST_TRIES).update(leased_until=now + LEASE, tries=F("tries") + 1)
    if not taken:
        mine.update(state=State.FAILED, fault={"code": "worker_lost"}, ended_at=now)
    append("bringing.claimed", bringing=str(bringing.pk), taken=bool(taken))
    bringing.refresh_from_db()
    return bool(taken)


@recorded
def end_bringing(
    bringing: Bringing, kept: Conversation | BroughtGraph, told: Mapping[str, Any]
) -> None:
    """It is kept; `told`: counts, and what of the files is not kept."""
    of = "conversation" if isinstance(kept, Conversation) else "graph"
    Bringing.objects.filter(pk=bringing.pk).update(
        state=State.DONE, told=dict(told), ended_at=timezone.now(), **{of: kept}
    )
    append("bringing.ended", bringing=str(bringing.pk), kept=str(kept.pk))


@recorded
def refuse_bringing(bringing: Bringing, fault: Mapping[str, Any]) -> None:
    """Nothing of it is kept; `fault`: code, file, line, column and why."""
    Bringing.objects.filter(pk=bringing.pk).update(
        state=State.FAILED, fault=dict(fault), ended_at=timezone.now()
    )
    append("bringing.refused", bringing=str(bringing.pk), code=str(fault["code"]))
