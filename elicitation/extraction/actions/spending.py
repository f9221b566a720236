"""Set money apart before a call, and account for it after. A budget is hard: what does not fit is not asked."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db.models import F

from elicitation.extraction.budget import fits
from elicitation.extraction.errors import BudgetBusy, OverBudget
from elicitation.extraction.models import Reading, Reservation, Spend
from elicitation.extraction.queries import lost_reservations
from elicitation.record.actions import append, recorded


@recorded
def reserve(reading: Reading, amount: int) -> None:
    """Set `amount` apart for a reading, in the budgets of the day, the inquiry and the person. Raises OverBudget, BudgetBusy."""
    set_apart(reading.pk, _keys(reading), amount)


@recorded
def set_apart(work: UUID, keys: Mapping[str, str], amount: int) -> None:
    """Set `amount` apart for a piece of work in the budgets `keys` names, scope -> key, or in none.

    Raises OverBudget where one is used up; BudgetBusy where only work under way stands in the way.
    """
    Spend.objects.bulk_create(
        (Spend(scope=scope, key=key) for scope, key in keys.items()), ignore_conflicts=True
    )
    for spend in _held(keys):
        cap = settings.READING_BUDGETS[spend.scope]
        if not fits(cap, spend.spent, amount):
            raise OverBudget
        if not fits(cap, spend.spent + spend.reserved, amount):
            raise BudgetBusy
    for scope, key in keys.items():
        Spend.objects.filter(scope=scope, key=key).update(reserved=F("reserved") + amount)
    named = {scope: keys.get(scope, "") for scope in Spend.Scope.values}
    Reservation.objects.create(reading=work, amount=amount, **named)
    append("budget.reserved", reading=str(work), amount=amount)


@recorded
def settle(reading_id: UUID, cost: int | None) -> None:
    """Count `cost` as spent (None: all that was set apart) and give back the rest; a second time changes nothing."""
    held = Reservation.objects.select_for_update().filter(pk=reading_id).first()
    spent = 0 if held is None else held.amount if cost is None else cost
    append("budget.settled", reading=str(reading_id), cost=spent)
    if held is None:
        return
    keys = {scope: key for scope in Spend.Scope.values if (key := getattr(held, scope))}
    for spend in _held(keys):
        Spend.objects.filter(pk=spend.pk).update(
            reserved=F("reserved") - held.amount, spent=F("spent") + spent
        )
    held.delete()


@recorded
def settle_lost(most: int) -> int:
    """Count as spent what was set apart for up to `most` readings that never came back. Returns how many."""
    lost = list(lost_reservations()[:most])
    for reservation in lost:
        settle(reservation.pk, None)
    append("budget.lost_settled", count=len(lost))
    return len(lost)


def _held(keys: Mapping[str, str]) -> list[Spend]:
    """The rows of these budgets, locked in one order."""
    mine = Spend.objects.select_for_update().filter(key__in=keys.values()).order_by("scope", "key")
    return [spend for spend in mine if keys.get(spend.scope) == spend.key]


def _keys(reading: Reading) -> dict[str, str]:
    response = reading.revision.response
    return {
        "day": reading.started_at.date().isoformat(),
        "inquiry": str(response.prompt.inquiry_id),
        "respondent": str(response.respondent_id),
    }
