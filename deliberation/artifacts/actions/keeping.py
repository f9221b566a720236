"""What writing in a draft shares: hold it, keep every wording, put clauses in the order of their sections, let nobody stand by what has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from deliberation.artifacts.errors import BallotOpened, Fixed
from deliberation.artifacts.models import Clause, ClauseValue, Version, Wording
from deliberation.artifacts.sections import place_of
from elicitation.extraction.models import NormCandidate
from elicitation.graph.models import Value

LAST = 32_767  # a place behind all others, until places are given anew


@dataclass(frozen=True, slots=True)
class About:
    """What a clause has beside its words and values: its section, the rules it upholds, and by whom it is written."""

    section: str = ""
    norms: Iterable[NormCandidate] = ()
    by: Any = None


def hold_draft(version: Version) -> Version:
    """Lock a version that can still be changed. Raises Fixed, BallotOpened."""
    held = hold_unpublished(version)
    if held.frozen_at:
        raise BallotOpened
    return held


def hold_unpublished(version: Version) -> Version:
    """Lock a version that is not published. Raises Fixed."""
    drafts = Version.objects.select_related("artifact__assembly")
    held = drafts.select_for_update(of=("self",)).get(pk=version.pk)
    if held.published_at:
        raise Fixed
    return held


def keep_wording(clause: Clause, by: Any) -> None:
    """Keep what a clause says after a save, so that no text anybody saved is lost."""
    Wording.objects.create(
        clause=clause, edits=clause.edits, text=clause.text, by_id=getattr(by, "pk", None)
    )


def touch(version: Version) -> None:
    """Put the clauses in the order of their sections, and let nobody have signed what is other now."""
    kind = version.artifact.kind
    clauses = sorted(
        version.clauses.order_by("position"), key=lambda c: (place_of(kind, c.section), c.position)
    )
    for place, clause in enumerate(clauses):
        clause.position = place
    Clause.objects.bulk_update(clauses, ["position"])
    version.sign_offs.all().delete()


def ground(clause: Clause, values: Iterable[Value]) -> None:
    """Let a clause rest on these values, too."""
    ClauseValue.objects.bulk_create(ClauseValue(clause=clause, value=value) for value in values)


def follow_folds(clause: Clause) -> None:
    """Let a clause rest on what its values were folded into."""
    folded = clause.grounds.exclude(value__root=F("value"))
    if roots := {one.value.root for one in folded.select_related("value__root")}:
        folded.delete()
        ground(clause, roots - set(clause.values.all()))
