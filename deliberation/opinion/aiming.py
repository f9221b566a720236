"""How far a share of people is from the share aimed at, in people. Free of Django."""

from dataclasses import dataclass
from enum import StrEnum

WHOLE = 100  # per cent


class Standing(StrEnum):
    """Where a share stands beside its target."""

    SHORT = "short"
    REACHED = "reached"
    OVER = "over"
    OUT_OF_REACH = "out_of_reach"  # everybody is aimed at, and somebody said something else


@dataclass(frozen=True, slots=True)
class Gap:
    """`more`: how many more of them, and nobody else, would make the share; 0 unless it is short."""

    standing: Standing
    more: int = 0


def gap(number: int, of: int, target: int) -> Gap:
    """Of `of` people `number` are of a kind of which `target` per cent (1 to 100) are aimed at.

    Reached is a share not below its target. It is over where one person of the kind fewer would reach it, too. All in whole numbers, so nothing is rounded.
    """
    lacking = target * of - WHOLE * number
    if lacking > 0:
        if target == WHOLE:
            return Gap(Standing.OUT_OF_REACH)
        return Gap(Standing.SHORT, -(-lacking // (WHOLE - target)))
    over = number > 0 and WHOLE * (number - 1) >= target * (of - 1) and of > 1 and target < WHOLE
    return Gap(Standing.OVER if over else Standing.REACHED)
