"""Money on the overview: amounts in whole currency units, as words are put around them."""

from typing import Any

from django.conf import settings

from deliberation.assemblies.models import Assembly
from deliberation.assemblies.money import money_of

MILLION = 1_000_000


def around(assembly: Assembly) -> dict[str, Any]:
    """What was spent, what will be, and under which caps; nothing where nothing has a price."""
    told = money_of(assembly)
    if told is None:
        return {}
    day = settings.READING_BUDGETS["day"]
    amounts = {"spent": told.spent, "each": told.each, "to_come": told.to_come, "cap": told.cap}
    in_units = {name: None if one is None else one / MILLION for name, one in amounts.items()}
    return {
        "money": {
            **in_units,
            "waiting": told.waiting,
            "lasts": told.lasts,
            "day": None if day is None else day / MILLION,
        }
    }
