"""What a reading may cost and did cost. Free of Django.

All amounts are whole millionths of the currency unit the prices are given in, so that sums are exact. A price of P units a
million tokens is P millionths a token.
"""

from collections.abc import Iterable
from math import ceil


def price(tokens: tuple[int, int], prices: tuple[float, float]) -> int:
    """What tokens in and out cost at these prices a million, rounded up."""
    return ceil(tokens[0] * prices[0] + tokens[1] * prices[1])


def most_tokens(texts: Iterable[str]) -> int:
    """As many tokens as `texts` can be at most: a tokenizer of bytes makes no more tokens than there are bytes."""
    return sum(len(text.encode()) for text in texts)


def fits(cap: int | None, spent: int, wanted: int) -> bool:
    """Whether `wanted` more may be spent where `spent` already is. No cap is no limit."""
    return cap is None or spent + wanted <= cap
