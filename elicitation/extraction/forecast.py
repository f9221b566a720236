"""What reading has cost and what it will still cost, by the mean of what was paid an answer so far. Free of Django.

Amounts in millionths of the currency unit. The forecast is spent + waiting x mean: plain, and told with its mean and its number of answers, so
that nobody takes it for more than that.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forecast:
    """`each`: the mean a paid answer, None before any was paid. `to_come`: what those waiting will cost by it. `lasts`: whether the cap allows it."""

    spent: int
    waiting: int
    each: int | None
    to_come: int | None
    cap: int | None

    @property
    def lasts(self) -> bool:
        """Whether what is left under the cap pays for what waits, as far as can be told."""
        return self.cap is None or self.spent + (self.to_come or 0) <= self.cap


def forecast(spent: int, paid: tuple[int, int], waiting: int, cap: int | None) -> Forecast:
    """`paid`: what reading cost, and of how many answers. `cap`: what may be spent in all, None for no limit. Raises ValueError below zero."""
    cost, answers = paid
    if min(spent, cost, answers, waiting, 0 if cap is None else cap) < 0:
        raise ValueError("amounts and counts are not below zero")
    each = -(-cost // answers) if answers else None  # rounded up: rather too much than too little
    return Forecast(spent, waiting, each, None if each is None else each * waiting, cap)
