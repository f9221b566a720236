"""All that was voted on, in one table that sorts: how many agree, of how many, how sure that is, in all and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.opinion import reading
from deliberation.opinion.intervals import wilson
from deliberation.opinion.models import Analysis
from deliberation.web.forms import looked_for
from deliberation.web.public.results import frame, named
from deliberation.web.public.sorting import columns, query
from deliberation.web.public.telling import Group, Share, Text, groups, shares, texts

PAGE = 50
Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """`all` is None where too few answered to tell."""

    text: Text
    all: Share | None
    shares: Sequence[Share]
    divisive: float | None


class VotesTable(View):
    page = "public/results/votes.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen = reading.seen(who, subject, Analysis.Kind.GROUPS)
        context = {
            **frame(request, who),
            **named(request, subject),
            "seen": seen,
            "hidden": not who.may_see(subject),
        }
        if seen and "groups" in seen.result:
            words = texts(subject, seen.result["statements"])
            context |= laid_out(request, seen.result, words)
        return render(request, self.page, context)


def laid_out(request: HttpRequest, result: Result, words: Mapping[str, Text]) -> dict[str, Any]:
    """The rows the address asks for, in its order."""
    said = {name: found for name in ("q", "order") if (found := looked_for(request, name))}
    among = [group for group in groups(result) if group.size is not None]
    heads = columns([*COLUMNS, *((f"-{group.name}", group.name) for group in among)], said)
    sought = said.get("q", "").casefold()
    rows = [row(result, t, among) for t in words.values() if sought in t.words.casefold()]
    page = Paginator(ordered(rows, said.get("order", "")), PAGE).get_page(request.GET.get("page"))
    return {
        "columns": heads, "among": among, "page": page, "found": len(rows), "all": len(words), "said": said, "query": query(said),
    }  # fmt: skip


COLUMNS = (("words", _("What was voted on")), ("-agree", _("agree")))


def row(result: Result, text: Text, among: Sequence[Group]) -> Row:
    """One statement with what all, and each group, say to it."""
    said, profile = result["statements"][text.id], result["profiles"][text.id]
    whole = None
    if said["agree"] is not None:
        n = said["agree"] + said["disagree"] + said["pass"]
        low, high = wilson(said["agree"], n)
        told = {"agree": said["agree"], "n": n, "low": low, "high": high, "support": said["agree"] / n if n else None}  # fmt: skip
        (whole,) = shares({"": told}, [Group("", 0, "", 0, 0)])
    return Row(text, whole, shares(profile["groups"], among), said["divisive"])


def ordered(rows: Sequence[Row], order: str) -> list[Row]:
    """The rows by their words, by how many agree, or by how many of a group do; those it is not told of last either way."""
    name = order.removeprefix("-")
    if name in ("", "words") or not rows:
        return sorted(rows, key=lambda r: r.text.words.casefold(), reverse=order == "-words")
    known = [one for one in rows if _share(one, name) is not None]
    unknown = [one for one in rows if _share(one, name) is None]
    known.sort(key=lambda r: r.text.words.casefold())
    known.sort(key=lambda r: _share(r, name) or 0, reverse=order.startswith("-"))
    return known + unknown


def _share(one: Row, name: str) -> int | None:
    if name == "agree":
        return one.all.here if one.all else None
    return next((share.here for share in one.shares if share.name == name), None)
