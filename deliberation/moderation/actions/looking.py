"""A second moderator says what they would have done with a case. It changes nothing but the figures."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from deliberation.assemblies.models import Assembly
from deliberation.moderation.agreement import WHOLE
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import ShareUnfit, StaleDecision, ValueUnchosen
from deliberation.moderation.models import Decision, Doubling, SecondLook
from deliberation.moderation.second_looks import JOINING, open_looks
from elicitation.graph.models import Norm, Value
from elicitation.record.actions import append, recorded


@recorded
def look_again(
    bench: Bench, look: SecondLook, kind: str, joined: Value | Norm | None = None
) -> SecondLook:
    """Keep what this moderator would do; `joined`: the value a card, or shared rule a rule, would be joined to.

    Raises StaleDecision where it is not theirs to say any more, ValueUnchosen.
    """
    if kind in JOINING and joined is None:
        raise ValueUnchosen
    held = open_looks(bench).select_for_update(of=("self",)).filter(pk=look.pk).first()
    if held is None:
        raise StaleDecision(now=_("looked at by somebody else, or changed by its author"))
    held.moderator_id, held.kind, held.said_at = bench.moderator.pk, kind, timezone.now()
    held.value = joined if kind == Decision.Kind.MERGE and isinstance(joined, Value) else None
    held.norm = joined if kind == Decision.Kind.JOIN_RULE and isinstance(joined, Norm) else None
    held.save(update_fields=["moderator", "kind", "said_at", "value", "norm"])
    append("second_look.said", assembly=bench.assembly.slug, **_named(held))
    return held


@recorded
def ask_a_second(assembly: Assembly, per_cent: int) -> Doubling:
    """From now on ask a second moderator about so many of a hundred cases, drawn by their keys; of what was decided before nothing more is asked.

    Raises ShareUnfit.
    """
    if not 0 <= per_cent <= WHOLE:
        raise ShareUnfit
    kept, _made = Doubling.objects.update_or_create(
        assembly=assembly, defaults={"per_cent": per_cent}
    )
    append("second_look.share_set", assembly=assembly.slug, per_cent=per_cent)
    return kept


def _named(look: SecondLook) -> dict[str, str | int]:
    """Which case it was, for the record."""
    thing: UUID | None = look.candidate_id or look.rule_id or look.regrouping_id
    name = {"card": "candidate", "rule": "rule", "pair": "regrouping"}[look.case]
    version = {} if look.card_version is None else {"version": look.card_version}
    return {name: str(thing), **version}
