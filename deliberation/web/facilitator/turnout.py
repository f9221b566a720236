"""Who has joined, by what they say of themselves, beside the shares aimed at, in words for the overview."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.assemblies.models import Assembly
from deliberation.opinion.aiming import Gap, Standing
from deliberation.opinion.joined import Kind, Turnout, turnout_by_kind
from deliberation.web.seats import tongue
from elicitation.interview.models import wording


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as the page shows it; `gap` in words, "" where nothing is aimed at."""

    answer: str
    kind: Kind
    gap: str


def around(assembly: Assembly) -> dict[str, Any]:
    """Of each question what it asks, who said what, and how far that is from what is aimed at; nothing where nothing is asked."""
    told = [(one.stratum.said_in(tongue()), one, _lines(one)) for one in turnout_by_kind(assembly)]
    return {"joined_by_kind": told}


def _lines(turnout: Turnout) -> list[Line]:
    words = {one["code"]: wording(one["wording"], tongue()) for one in turnout.stratum.options}
    return [Line(words[kind.option], kind, in_words(kind.gap)) for kind in turnout.kinds]


def in_words(gap: Gap | None) -> str:
    """How far a share is from its target."""
    if gap is None:
        return ""
    if gap.standing == Standing.SHORT:
        return ngettext(
            "%(n)s more for the share you aim at", "%(n)s more for the share you aim at", gap.more
        ) % {"n": gap.more}
    return {
        Standing.REACHED: _("as you aim at"),
        Standing.OVER: _("more than you aim at"),
        Standing.OUT_OF_REACH: _("less than you aim at"),
    }[gap.standing]
