"""How far chance alone may have moved a share: Wilson's score interval for one count. Free of Django, and loads no numerics.

E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference". The same as `convergence.wilson` gives for arrays.
"""

from math import sqrt

SURE = 1.959963984540054  # standard deviations that hold 95 % of a normal distribution


def wilson(count: int, n: int) -> tuple[float, float]:
    """The interval at 95 % of the share `count` of `n`, both ends from 0 to 1; all of it where nobody answered."""
    if not n:
        return 0.0, 1.0
    share, wide = count / n, SURE**2 / n
    middle = share + wide / 2
    reach = SURE * sqrt((share * (1 - share) + wide / 4) / n)
    return max(0.0, (middle - reach) / (1 + wide)), min(1.0, (middle + reach) / (1 + wide))
