"""What must hold before a respondent may act, asked as the respondent is held. Upper rooms say what that is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from elicitation.interview.models import Respondent


@dataclass(frozen=True, slots=True)
class Terms:
    """`facts`: expressions over a respondent, asked in the query that locks its row; `ensure` reads them as attributes of it, and raises what refuses."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    ensure: Callable[[Respondent], None] = lambda _: None


NONE = Terms()
