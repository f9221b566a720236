"""Why something is decided: a reason of the assembly's list, or a moderator's own words. Free of Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """`words`: the moderator's own, which the author can read; `code`: of a reason on the list."""

    words: str = ""
    code: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.words.strip() or self.code)


FITS = Why(code="fits")
RULE_FITS = Why(code="rule_fits")
SAME_RULE = Why(code="same_rule")
BEFORE_PEOPLE = Why(code="before_people")
BY_MISTAKE = Why(code="by_mistake")
