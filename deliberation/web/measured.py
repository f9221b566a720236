"""The measures of a study as pages and a file show them: each with its number, of how many, between what, and how it was reckoned."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from deliberation.assemblies.models import Assembly
from deliberation.exports.csv_form import cells, line
from deliberation.measures.figure import Figure, Measure, Unit
from deliberation.measures.sheet import sheet
from deliberation.measures.surveyed import PUBLISHED, Published
from deliberation.web.measure_words import METHODS, NAMES, PARTS, WHOLES
from deliberation.web.seats import tongue

MINUTE = 60
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words; `beside`: what somebody published of the same thing."""

    part: str | Promise
    of_many: str
    number: str
    between: str
    beside: Published | None


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one thing."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Section:
    """One measure; `method`: how it was reckoned, and what is not known."""

    measure: Measure
    name: str | Promise
    method: Sequence[str | Promise]
    groups: Sequence[Group]


def sections(assembly: Assembly) -> list[Section]:
    """All measures, also those of which there is nothing to tell yet."""
    found = sheet(assembly, tongue())
    return [_section(one, [f for f in found if f.measure == one]) for one in NAMES]


def table(assembly: Assembly, name: str) -> HttpResponse:
    """The same as CSV: a row a figure, shares from 0 to 1, times in seconds."""
    rows = [_row(figure) for figure in sheet(assembly, tongue())]
    columns = [*Figure.__dataclass_fields__, "published", "published_in"]
    text = line(columns) + "".join(line(cells(row)) for row in rows)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _row(figure: Figure) -> Mapping[str, object]:
    published = _published(figure)
    told = asdict(figure)
    beside = (published.share, published.where) if published else (None, None)
    return {**told, "published": beside[0], "published_in": beside[1]}


def _section(measure: Measure, found: Sequence[Figure]) -> Section:
    groups = [
        Group(said or str(WHOLES.get(key, key)), [_line(one) for one in own])
        for (key, said), own in groupby(found, _of)
    ]
    return Section(measure, NAMES[measure], METHODS[measure], groups)


def _of(figure: Figure) -> tuple[str, str]:
    return figure.key, figure.of


def _published(figure: Figure) -> Published | None:
    of_it = figure.measure == Measure.SURVEY and figure.part == "agree"
    return PUBLISHED.get(figure.key) if of_it else None


def _line(figure: Figure) -> Line:
    many = (
        gettext("%(count)s of %(n)s") % {"count": figure.count, "n": figure.n}
        if figure.count is not None
        else f"n = {figure.n}"
    )
    ends = [_said(end, figure.unit) for end in (figure.low, figure.high) if end is not None]
    between = gettext("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]} if ends else ""
    number = "" if figure.value is None else _said(figure.value, figure.unit)
    return Line(PARTS[figure.part], many, number, between, _published(figure))


def _said(value: float, unit: Unit) -> str:
    """A number as people read it."""
    if unit == Unit.SHARE:
        return f"{number_format(round(100 * value), 0)}\u00a0%"
    if unit == Unit.SECONDS:
        return _time(round(value))
    if unit == Unit.WORDS:
        return ngettext("%(n)s word", "%(n)s words", round(value)) % {
            "n": number_format(round(value, 1), 1)
        }
    return number_format(round(value, 2), 2).replace("-", MINUS)


def _time(seconds: int) -> str:
    minutes, rest = divmod(seconds, MINUTE)
    if not minutes:
        return gettext("%(n)s s") % {"n": rest}
    return gettext("%(m)s min %(s)s s") % {"m": minutes, "s": rest}
