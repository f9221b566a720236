"""A second moderator says what they would have done with a card. It changes nothing but the figures."""

from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import StaleDecision, ValueUnchosen
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.second_looks import open_looks
from elicitation.graph.models import Value
from elicitation.record.actions import append, recorded


@recorded
def look_again(bench: Bench, look: SecondLook, kind: str, value: Value | None = None) -> SecondLook:
    """Keep what this moderator would do. Raises StaleDecision where it is not theirs to say any more, ValueUnchosen."""
    if kind == Decision.Kind.MERGE and value is None:
        raise ValueUnchosen
    held = open_looks(bench).select_for_update(of=("self",)).filter(pk=look.pk).first()
    if held is None:
        raise StaleDecision(now=_("looked at by somebody else, or changed by its author"))
    held.moderator_id, held.kind, held.said_at = bench.moderator.pk, kind, timezone.now()
    held.value = value if kind == Decision.Kind.MERGE else None
    held.save(update_fields=["moderator", "kind", "said_at", "value"])
    append(
        "second_look.said",
        assembly=bench.assembly.slug,
        candidate=str(held.candidate_id),
        version=held.card_version,
    )
    return held
