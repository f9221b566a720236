"""Explore thousands of values: a picture, a table and a tree of one query, and the card of the value that is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading
from deliberation.opinion.explored import Explored, Line, Node, Sifted, sifted, steps
from deliberation.opinion.exploring import Landscape, landscape
from deliberation.web.public.explored_card import chosen
from deliberation.web.public.graph import phrased
from deliberation.web.public.results import frame, named
from deliberation.web.public.sieve import TABLE, TREE, SieveForm, asked, sieve
from deliberation.web.public.sorting import columns, query
from deliberation.web.public.telling import drawn, percent
from deliberation.web.seats import spoken
from elicitation.interview.models import Inquiry

COLUMNS = (
    ("rank", _("Rank")),
    ("title", _("Value")),
    ("-support", _("Agree")),
    ("", _("Held by")),
    ("-wiser", _("Wiser than")),
    ("-less", _("Less wise than")),
)
PAGE = 50
STEPS = (0, 20, 40, 60, 80)  # percent from which a mark is a step darker
BRANCHES = 12  # transitions of a value that its branch of the tree shows each way


@dataclass(frozen=True, slots=True)
class Row:
    """A value of the table. `signs`: the groups that hold it, as (name, colour, sign); `share`: of all, in percent."""

    node: Node
    share: int | None
    signs: Sequence[tuple[str, int, str]]
    wiser_than: int
    less_wise_than: int
    above: Sequence[tuple[Node, Line]] = ()
    below: Sequence[tuple[Node, Line]] = ()


class Explorer(View):
    page = "public/results/explorer.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        if not isinstance(subject, Inquiry):
            raise NotHere
        found = landscape(who, subject)
        context = {
            **frame(request, who),
            **named(request, subject),
            "seen": found and found.graph,
            "hidden": not who.may_see(subject),
            "too_few": found is not None and found.too_few,
        }
        if found and not found.too_few:
            phrases = phrased(subject, spoken(request, who.assembly.languages))
            context |= laid_out(request, found, phrases)
            context |= chosen(request, who.assembly, found.whole, phrases)
        return render(request, self.page, context)


def laid_out(request: HttpRequest, found: Landscape, phrases: Mapping[str, str]) -> dict[str, Any]:
    """What the query lets through, as picture, table and tree show it."""
    whole, said = found.whole, asked(request)
    days = steps(node.day for node in whole.nodes if node.day)
    form = SieveForm(said, whole, phrases, days)
    lets = sifted(whole, sieve(form, said))
    page = Paginator(lets.nodes, PAGE).get_page(request.GET.get("page"))
    show = TREE if said.get("show") == TREE else TABLE
    return {
        "form": form,
        "said": said,
        "show": show,
        "page": page,
        "all": len(whole.nodes),
        "found": len(lets.nodes),
        "transitions": len(lets.lines),
        "rows": rows(whole, lets, page, whole_branches=show == TREE),
        "columns": columns(COLUMNS, said),
        "picture": picture(found, lets, form),
        "older": stepped(days, form.said("until"), said, -1),
        "newer": stepped(days, form.said("until"), said, 1),
        "query": query(said),
        "as_table": query(said, show=""),
        "as_tree": query(said, show=TREE),
    }


def rows(whole: Explored, lets: Sifted, page: Page[int], *, whole_branches: bool) -> list[Row]:
    """The values of one page; with `whole_branches`, each with its transitions."""
    into: dict[int, list[Line]] = {n: [] for n in page}
    out: dict[int, list[Line]] = {n: [] for n in page}
    for number in lets.lines:
        line = whole.lines[number]
        if line.end in into:
            into[line.end].append(line)
        if line.start in out:
            out[line.start].append(line)
    told = [_row(whole, n, len(into[n]), len(out[n])) for n in page]
    if not whole_branches:
        return told
    return [
        Row(
            row.node, row.share, row.signs, row.wiser_than, row.less_wise_than,
            above=[(whole.nodes[line.end], line) for line in surest(out[n])],
            below=[(whole.nodes[line.start], line) for line in surest(into[n])],
        )
        for n, row in zip(page, told, strict=True)
    ]  # fmt: skip


def surest(lines: Sequence[Line]) -> list[Line]:
    """The transitions people are surest of, not more than a branch shows."""
    return sorted(lines, key=lambda line: -(line.percent or 0))[:BRANCHES]


def _row(whole: Explored, number: int, wiser_than: int, less_wise_than: int) -> Row:
    node = whole.nodes[number]
    share = percent(node.agree / node.n) if node.n and node.agree is not None else None
    signs = [(name, *drawn(whole.groups.get(name, 0))) for name in node.holders]
    return Row(node, share, signs, wiser_than, less_wise_than)


def picture(found: Landscape, lets: Sifted, form: SieveForm) -> dict[str, Any]:
    """What the picture is told beside its file: which nodes and lines are let through (empty: all), and by what to colour."""
    whole = found.whole
    return {
        "drawn": any(node.at for node in whole.nodes),
        "tag": found.tag,
        "nodes": bits(lets.nodes, len(whole.nodes)),
        "lines": bits(lets.lines, len(whole.lines)),
        "colour": form.said("colour"),
        "groups": [(name, *drawn(place)) for name, place in whole.groups.items()],
        "steps": STEPS,
    }


def bits(numbers: Sequence[int], of: int) -> str:
    """Which of the numbers below `of` are there, as hexadecimal digits, the lowest bit of each digit first; empty for all."""
    if len(numbers) == of:
        return ""
    told = bytearray(of // 4 + 1)
    for number in numbers:
        told[number // 4] |= 1 << number % 4
    return "".join(f"{digit:x}" for digit in told)


def stepped(
    days: Sequence[tuple[date, int]], now: str, said: Mapping[str, str], by: int
) -> str | None:
    """The query one step earlier or later; None where there is none. The last step is today."""
    told = [day.isoformat() for day, _ in days]
    at = told.index(now) if now in told else len(told) - 1
    if not 0 <= at + by < len(told):
        return None
    return query(said, until="" if at + by == len(told) - 1 else told[at + by])
