"""The queue: everything that waits for a moderator, in one list, by kind, holder and search; opened cards can be accepted together."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import claiming
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Opening, Thing
from deliberation.moderation.waiting import Item, Wanted
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import looked_for, see_other

PAGE = 50
HOLDING = [
    ("", gettext_lazy("held by anybody or nobody")),
    ("mine", gettext_lazy("held by me")),
    ("free", gettext_lazy("held by nobody")),
]
To = Callable[[str, UUID], str]
PAGES: Mapping[Thing, To] = {
    Thing.CARD: lambda slug, thing: reverse("facilitator:deciding", args=[slug, thing]),
    Thing.MERGE: lambda slug, thing: reverse("facilitator:close_values", args=[slug]),
    Thing.SPLIT: lambda slug, thing: reverse("facilitator:close_values", args=[slug]),
    Thing.CONTEXT: lambda slug, thing: reverse("facilitator:value", args=[slug, thing]),
    Thing.FLAGGED: lambda slug, thing: reverse("facilitator:answer", args=[slug, thing]),
    Thing.UNREAD: lambda slug, thing: reverse("facilitator:answer", args=[slug, thing]),
    Thing.MEANING: lambda slug, thing: reverse("facilitator:objecting", args=[slug, thing]),
    Thing.APPEAL: lambda slug, thing: reverse("facilitator:appealing", args=[slug, thing]),
}


class Queue(View):
    page = "facilitator/queue.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(request, assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Accept the ticked cards together."""
        assembly = gates.facilitator(slug, request.user)
        account: Any = request.user
        ticked = [UUID(pk) for pk in request.POST.getlist("card") if _is_uuid(pk)]
        made, left = claiming.accept_opened(Bench(assembly, account), ticked)
        done = ngettext("%(n)s card is accepted.", "%(n)s cards are accepted.", len(made))
        messages.success(request, done % {"n": len(made)})
        for title, why in left:
            said = why or _("Open it first: only what you have looked at is accepted.")
            messages.warning(request, f"{title}: {said}")
        return see_other("facilitator:queue", slug=slug)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what is not known is passed over."""
    asked = request.GET
    return Wanted(
        kinds=[kind for kind in asked.getlist("kind") if kind in Thing.values],
        holding=asked.get("holding", "") if asked.get("holding") in ("mine", "free") else "",
        search=looked_for(request),
        surest=asked.get("order") == "sure",
    )


def around(request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
    """One page of what waits, with counts of all of it."""
    account: Any = request.user
    asked = wanted(request)
    start = max(0, int(number) - 1) * PAGE if (number := request.GET.get("page", "1")).isdigit() else 0  # fmt: skip
    rows = list(waiting.things(assembly, account, asked)[start : start + PAGE + 1])
    told = waiting.counts(assembly, account)
    shown = waiting.items(assembly, account, rows[:PAGE])
    return {
        **frame(assembly),
        "rows": [(item, PAGES[item.kind](assembly.slug, item.thing)) for item in shown],
        "opened": opened(assembly, account, shown),
        "kinds": [(kind, kind.label, told[kind]) for kind in Thing if told[kind]],
        "total": told.total(),
        "asked": asked,
        "holding": HOLDING,
        "number": start // PAGE + 1,
        "more": len(rows) > PAGE,
        "last": queries.last_decision(assembly, account),
    }


def opened(assembly: Assembly, account: Any, shown: list[Item]) -> set[UUID]:
    """Which of the cards shown this moderator has opened at some time."""
    mine = Opening.objects.filter(assembly=assembly, moderator_id=account.pk, kind=Thing.CARD)
    return set(
        mine.filter(thing__in=[item.thing for item in shown]).values_list("thing", flat=True)
    )
