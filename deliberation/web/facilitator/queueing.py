"""The queue: everything that waits, in one list, with who holds what; several opened cards can be accepted together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json import loads
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import contests
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import claiming
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.errors import StaleDecision
from deliberation.moderation.models import Decision, Meaning, Thing
from deliberation.moderation.together import Ended, Ticked, accept_together
from deliberation.moderation.waiting import Waiting, Wish
from deliberation.moderation.what_waits import BETWEEN
from deliberation.web.facilitator.bench import bench_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.why import WHY
from deliberation.web.forms import SeeOther, key_of, looked_for, see_other
from deliberation.web.seats import tongue
from elicitation.errors import DomainError
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Suggestion
from elicitation.interview.models import Inquiry, wording

A_PAGE = 25
CONFLICT = 409
ORDERS = {
    "oldest": gettext_lazy("what waits longest"),
    "surest": gettext_lazy("where the comparison is surest"),
    "cards": gettext_lazy("what most cards stand behind"),
}
HELD = {
    "": gettext_lazy("held by anybody or nobody"),
    waiting.MINE: gettext_lazy("held by me"),
    waiting.FREE: gettext_lazy("held by nobody"),
}
# The page of each kind: its name, and which key of the row it takes.
PAGES: Mapping[Thing, tuple[str, str]] = {
    Thing.CARD: ("deciding", "thing"),
    Thing.RULE: ("ruling", "thing"),
    Thing.PROPOSAL: ("machine_proposal", "thing"),
    Thing.MERGE: ("close_values", ""),
    Thing.SPLIT: ("close_values", ""),
    Thing.CONTEXT: ("value", "thing"),
    Thing.FLAGGED: ("answer", "beside_id"),
    Thing.UNREAD: ("answer", "beside_id"),
    Thing.MEANING: ("objecting", "thing"),
    Thing.APPEAL: ("appealing", "thing"),
}
LOOKED_AT = (Thing.FLAGGED, Thing.CONTEXT)  # nothing has to be decided of them


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, as the list shows it. `key` names it in a form; `tick` what accepting it together with others would do."""

    item: Waiting
    url: str
    titles: Sequence[str]
    beside: str
    hint: str
    key: str
    tick: str
    looked_at: bool


class Queue(View):
    page = "facilitator/queue.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        bench = bench_of(request, slug)
        return render(request, self.page, listed(request, bench))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Accept the ticked cards together, and tell of each what became of it."""
        bench = bench_of(request, slug)
        ended = accept_together(bench, [ticked(one) for one in request.POST.getlist("tick")])
        status = CONFLICT if any(one.refused for one in ended) else 200
        context = {**listed(request, bench), **told(ended)}
        return render(request, self.page, context, status=status)


class Holding(View):
    """Hold a thing, take it over, let it go, or say that one has looked at it."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        bench = bench_of(request, slug)
        doing = next((do for do in DOES if do in request.POST), "")
        kind, thing, version = split(request.POST.get(doing, ""))
        item = waiting.find(bench, kind, thing)
        if doing == "looked" and item.kind not in LOOKED_AT:
            raise NotHere
        if doing == "looked" and item.version != version:
            raise StaleDecision(now=_("in other words"))
        DOES[doing](bench, item)
        if doing == "looked":
            messages.success(request, _("Noted: you looked, and there is nothing to do."))
        if "back" in request.POST and item.kind == Thing.CARD:
            return see_other("facilitator:deciding", slug=slug, candidate_id=thing)
        if "back" in request.POST and item.kind == Thing.RULE:
            return see_other("facilitator:ruling", slug=slug, rule_id=thing)
        if "back" in request.POST and item.kind == Thing.PROPOSAL:
            return see_other("facilitator:machine_proposal", slug=slug, proposal_id=thing)
        return back_to_list(request, slug)


DOES = {
    "hold": claiming.hold,
    "over": claiming.take_over,
    "let_go": claiming.let_go,
    "looked": claiming.looked,
}


def back_to_list(request: HttpRequest, slug: str) -> SeeOther:
    """To the list as it was filtered."""
    asked = request.GET.urlencode()
    return SeeOther(reverse("facilitator:queue", args=[slug]) + (f"?{asked}" if asked else ""))


def listed(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    """The list as it is wished for, with how many there are of each kind."""
    inquiries = list(bench.assembly.inquiries.order_by("agenda_item__position"))
    wish = wished(request, inquiries)
    lines = waiting.lines_of(bench, wish)
    counts = waiting.counts(bench, wish, lines)
    every = sum(counts.values())
    number = counts[Thing(wish.kind)] if wish.kind else every
    page = Paginator(range(number), A_PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    found = waiting.waiting(bench, wish, start, A_PAGE, lines) if number else []
    return {
        **frame(bench.assembly),
        "wish": wish,
        "rows": [row(bench.assembly, one) for one in found],
        "page": page,
        "kinds": [("", _("all"), every), *((k, k.label, counts[k]) for k in Thing)],
        "inquiries": [(i.pk, i.asked_in(tongue())) for i in inquiries],
        "held": HELD.items(),
        "orders": ORDERS.items(),
        "asked": kept(request.GET, "page"),
        "of_kind": kept(request.GET, "page", "kind"),
        "here": request.GET.urlencode(),
        "last": queries.last_decision(bench.assembly, bench.moderator),
        "contested": contests.waiting_in(bench.assembly),
    }


def wished(request: HttpRequest, inquiries: Sequence[Inquiry]) -> Wish:
    """What the address asks for; what it asks wrongly is not asked."""
    asked = request.GET
    inquiry = asked.get("inquiry", "")
    kind, held, order = (asked.get(name, "") for name in ("kind", "held", "order"))
    return Wish(
        kind=kind if kind in Thing.values else "",
        inquiry=next((i.pk for i in inquiries if str(i.pk) == inquiry), None),
        held=held if held in HELD else "",
        words=looked_for(request),
        order=order if order in ORDERS else "oldest",
    )


def kept(asked: QueryDict, *without: str) -> str:
    """The address's questions without these, to add others to."""
    left = asked.copy()
    for name in without:
        left.pop(name, None)
    return left.urlencode()


def row(assembly: Assembly, one: Waiting) -> Row:
    """How one thing is shown."""
    key = f"{one.what}:{one.thing}:{one.seen}"
    same = one.beside_id if one.hint == Suggestion.Kind.SAME else None
    is_card = one.what == Thing.CARD
    return Row(
        item=one,
        url=_url(assembly, one),
        titles=one.says.split(BETWEEN),
        beside=_phrase(one) if one.what == Thing.CONTEXT else one.beside,
        hint=_hint(one),
        key=key,
        tick=f"{key}:{same or ''}" if is_card and one.opened and not _is_anothers(one) else "",
        looked_at=one.what in LOOKED_AT,
    )


def _is_anothers(one: Waiting) -> bool:
    return one.holder is not None and not one.holder.is_me


def _url(assembly: Assembly, one: Waiting) -> str:
    name, takes = PAGES[one.what]
    key = (one.beside_id or one.thing) if takes == "beside_id" else one.thing
    url = reverse(f"facilitator:{name}", args=[assembly.slug, *([key] if takes else [])])
    return f"{url}?only={one.thing}" if one.what in (Thing.MERGE, Thing.SPLIT) else url


def _phrase(one: Waiting) -> str:
    return wording(loads(one.beside), tongue()) if one.beside else ""


def _hint(one: Waiting) -> str:
    """What the code of a row means, in words."""
    if one.what == Thing.CARD:
        return str(Suggestion.Kind(one.hint).label) if one.hint else ""
    if one.what == Thing.UNREAD:
        return str(WHY.get(one.hint, one.hint))
    if one.what == Thing.MEANING:
        return str(Meaning.Answer(one.hint).label)
    if one.what == Thing.PROPOSAL:
        return one.hint
    if one.what == Thing.APPEAL:
        return str(Decision.Kind(one.hint).label)
    return ""


def ticked(value: str) -> Ticked:
    """A ticked box. Raises NotHere where it is none of ours."""
    told, _, value_id = value.rpartition(":")
    _kind, card, seen = split(told)
    return Ticked(card, seen, key_of(value_id) if value_id else None)


def split(key: str) -> tuple[str, UUID, int]:
    """Kind, key and version of a row named in a form. Raises NotHere."""
    kind, _, rest = key.partition(":")
    thing, _, version = rest.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NotHere
    return kind, key_of(thing), int(version)


def told(ended: Sequence[Ended]) -> dict[str, Any]:
    """What became of the ticked cards."""
    done = [one for one in ended if one.decision]
    refused: list[tuple[Ended, DomainError]] = [(one, one.refused) for one in ended if one.refused]
    return {"ended": ended, "done": len(done), "refused": refused}


def beside(bench: Bench, card: Candidate) -> dict[str, Any]:
    """The cards that wait, beside the one that is open, and who works on it."""
    wish = Wish(kind=Thing.CARD)
    rows = waiting.waiting(bench, wish, 0, A_PAGE)
    item = Item(Thing.CARD, card.pk, card.version)
    return {
        "rows": [row(bench.assembly, one) for one in rows],
        "waiting_count": waiting.counts(bench, wish)[Thing.CARD],
        "holder": waiting.holder(bench, item),
        "key": f"{item.kind}:{item.thing}:{item.version}",
        "last": queries.last_decision(bench.assembly, bench.moderator),
    }
