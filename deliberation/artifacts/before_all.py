"""Which documents are before everybody in an assembly now: a draft to object to, a vote to take part in."""

from typing import Any

from django.db.models import Exists, OuterRef

from deliberation.artifacts import contests, polls
from deliberation.assemblies.models import Assembly, Phase

DRAFT, VOTE = "draft", "vote"


def columns(assembly: OuterRef) -> dict[str, Exists]:
    """Whether there is a draft, and a vote that is not counted, as columns of a query that finds the assembly."""
    return {
        "has_draft": Exists(contests.under_review(assembly)),
        "has_vote": Exists(polls.uncounted(assembly)),
    }


def tell(assembly: Assembly, row: Any) -> None:
    """Let an assembly know what a row with these columns tells of it, so that before_all need not ask."""
    there = {DRAFT: row.has_draft, VOTE: row.has_vote}
    assembly.told_documents = frozenset(name for name, is_there in there.items() if is_there)


def before_all(assembly: Assembly) -> frozenset[str]:
    """DRAFT where people may object to a draft now, VOTE where they may vote; asked in one query at most."""
    kinds = {DRAFT: Phase.Kind.REVIEWING, VOTE: Phase.Kind.RATIFYING}
    now = {name for name, kind in kinds.items() if assembly.is_open_for(kind)}
    if now and assembly.told_documents is None:
        found = Assembly.objects.annotate(**columns(OuterRef("pk"))).get(pk=assembly.pk)
        tell(assembly, found)
    return (assembly.told_documents or frozenset()) & now
