"""Keep the counts of who says what, by steps: one vote out, another in."""

from typing import Any

from django.db.models import F

from elicitation.graph.models import Endorsement, NormTally, Tally
from elicitation.interview.models import Respondent

COUNTED_AS = {
    Endorsement.Says.AGREE: "agrees",
    Endorsement.Says.DISAGREE: "disagrees",
    Endorsement.Says.PASS: "passes",
}


def counts(respondent: Respondent) -> bool:
    """Whether what it says is counted. What an AI agent says is kept, and never counted."""
    return respondent.kind != Respondent.Kind.AI_AGENT


def step(before: int | None, after: int | None) -> dict[str, int]:
    """What a vote `after` in place of one `before` adds to each count; None for no vote."""
    told = {"changes": 1}
    if before is not None:
        told[COUNTED_AS[Endorsement.Says(before)]] = -1
    if after is not None:
        told[COUNTED_AS[Endorsement.Says(after)]] = 1
    return told


def add(empty: Tally | NormTally, **by: int) -> None:
    """Add to the counts of what `empty`, a tally not saved, is of; its row is locked from here to the commit."""
    tallies: Any = type(empty).objects
    row = tallies.filter(pk=empty.pk)
    steps = {name: F(name) + n for name, n in by.items()}
    if not row.update(**steps):
        tallies.bulk_create([empty], ignore_conflicts=True)
        row.update(**steps)
