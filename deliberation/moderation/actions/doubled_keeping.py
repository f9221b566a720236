"""Ask a second moderator about a case just judged, where its key is drawn: inside the act that judged it."""

from uuid import UUID

from django.db.models import QuerySet

from deliberation.moderation.agreement import is_drawn
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.second_looks import ASKED, ASKED_OF_RULES, share_asked
from elicitation.graph.models import Regrouped, Regrouping


def ask_of_decision(bench: Bench, decision: Decision) -> None:
    """Of a card or a person's rule that was made something of, or left out."""
    card = decision.candidate_id if decision.kind in ASKED else None
    rule = decision.rule_id if decision.kind in ASKED_OF_RULES else None
    thing = card or rule
    if thing and decision.card_version is not None and _drawn(bench, thing):
        version = decision.card_version
        _ask(
            SecondLook(
                assembly=bench.assembly, candidate_id=card, rule_id=rule, card_version=version
            )
        )


def ask_of_pair(bench: Bench, regrouping: Regrouping, first: str) -> None:
    """Of two values that seemed to be one, and were folded or said to be apart."""
    members: QuerySet[Regrouped] = regrouping.members.all()
    is_pair = regrouping.kind == Regrouping.Kind.MERGE and members.count() == 2
    if is_pair and _drawn(bench, regrouping.pk):
        judge = bench.moderator.pk
        _ask(SecondLook(assembly=bench.assembly, regrouping=regrouping, first=first, first_by_id=judge))  # fmt: skip


def _drawn(bench: Bench, thing: UUID) -> bool:
    return is_drawn(thing, share_asked(bench.assembly))


def _ask(look: SecondLook) -> None:
    SecondLook.objects.bulk_create([look], ignore_conflicts=True)
