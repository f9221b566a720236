"""A counted vote as pages lay it out: each question with its verdict, and a row of numbers for everybody and each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from deliberation.artifacts.models import Clause
from deliberation.artifacts.polls import Result
from deliberation.artifacts.tally import OTHERS, SAYS
from deliberation.artifacts.verdicts import group_name, percent, verdict

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What everybody, or one group, says: counts, the share who approve of those who approve or object, and the parts of
    a bar of 100: how far those who approve reach, how wide those who stand aside are, where those who object begin, how wide they are."""

    name: str
    approve: int
    aside: int
    object: int
    share: str
    parts: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Question:
    """One clause with its number, or the whole without; `sentences`: the verdict, what decides first."""

    number: int | None
    clause: Clause | None
    passed: bool
    sentences: list[str]
    rows: list[Row]


def laid_out(result: Result) -> dict[str, Any]:
    """The whole, then each clause, with the thresholds it was held against."""
    rules = result.told["rules"]
    return {
        "result": result,
        "rules": shown_rules(rules["approve_share"], rules["group_share"], rules["quorum"]),
        "whole": _question(None, None, result.told["whole"], rules),
        "questions": [_question(one.number, one.clause, one.told, rules) for one in result.clauses],
    }


def shown_rules(approve_share: float, group_share: float, quorum: int) -> dict[str, Any]:
    """The thresholds in percent."""
    return {"approve": percent(approve_share), "group": percent(group_share), "quorum": quorum}


def _question(number: int | None, clause: Clause | None, told: Told, rules: Told) -> Question:
    return Question(number, clause, told["passed"], verdict(told, rules), _rows(told))


def _rows(told: Told) -> list[Row]:
    if "groups" not in told:
        return []
    groups = sorted(told["groups"].items(), key=lambda told: (told[0] == OTHERS, told[0]))
    return [
        _row(_("everybody"), told),
        *(_row(group_name(name), counts) for name, counts in groups),
    ]


def _row(name: str, counts: Told) -> Row:
    approve, aside, objecting = (counts[says] for says in SAYS)
    decided, everybody = approve + objecting, approve + aside + objecting
    share = f"{percent(approve / decided)} %" if decided else ""
    one, two = (round(100 * n / everybody, 2) for n in (approve, approve + aside))
    return Row(
        name, approve, aside, objecting, share, (one, round(two - one, 2), two, round(100 - two, 2))
    )
