"""The facilitator in a hall: what stands on the wall, under which link, and which words are let onto it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Invitation
from deliberation.moderation import rooms
from deliberation.moderation.actions import screening
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Room
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from elicitation.extraction.models import Quote

MOST = 40  # words to choose from at once
STATES: Mapping[str, Callable[[Room], object]] = {
    "close": screening.close_room,
    "freeze": lambda room: screening.freeze(room, still=True),
    "go_on": lambda room: screening.freeze(room, still=False),
    "blank": lambda room: screening.blank(room, dark=True),
    "show": lambda room: screening.blank(room, dark=False),
}


class LeadForm(KindForm):
    """What the QR code on the wall leads to."""

    invitation = forms.ModelChoiceField(
        label=gettext_lazy("The QR code leads to"),
        queryset=Invitation.objects.none(),
        required=False,
        empty_label=gettext_lazy("no invitation: no QR code"),
    )

    def __init__(self, assembly: Assembly, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["invitation"]
        choice.queryset = assembly.invitations.filter(closed_at=None)


class RoomView(View):
    page = "facilitator/room.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        room = Room.objects.filter(assembly=assembly).first()
        shown = room.invitation if room else assembly.invitations.filter(closed_at=None).last()
        form = LeadForm(assembly, initial={"invitation": shown})
        return render(request, self.page, {"form": form, **around(request, assembly, room)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        room = Room.objects.filter(assembly=assembly).first()
        do = request.POST.get("do", "")
        if do in STATES and room:
            STATES[do](room)
            return see_other("facilitator:room", slug=slug)
        form = LeadForm(assembly, request.POST)
        if form.attempt(lambda: lead(assembly, room, do, form)) is None:
            return again(request, self.page, form, around(request, assembly, room))
        return see_other("facilitator:room", slug=slug)


class Words(View):
    """Let words onto the screen, or take them off: one press."""

    def post(self, request: HttpRequest, slug: str, quote_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        room = Room.objects.filter(assembly=assembly).first()
        here = Quote.objects.filter(revision__response__prompt__inquiry__assemblies=assembly)
        quote = here.filter(pk=quote_id).first()
        if room is None or quote is None:
            raise NotHere
        if request.POST.get("do") == "take":
            screening.take_off(room, quote)
        else:
            self._let_on(request, Bench(assembly, _account(request)), room, quote)
        return see_other("facilitator:room", slug=slug)

    def _let_on(self, request: HttpRequest, bench: Bench, room: Room, quote: Quote) -> None:
        try:
            screening.let_on(bench, room, quote)
        except NotHere:
            messages.info(request, _("These words are not to be shown any more. Nothing was done."))


def lead(assembly: Assembly, room: Room | None, do: str, form: LeadForm) -> bool:
    """Open the room under a new link, or change what its QR code leads to."""
    invitation = form.cleaned_data["invitation"]
    if do == "lead" and room:
        screening.lead_to(room, invitation)
    elif do == "open":
        screening.open_room(assembly, invitation)
    else:
        raise NotHere
    return True


def around(request: HttpRequest, assembly: Assembly, room: Room | None) -> dict[str, Any]:
    """The room as it stands: its link, the words on it, and those that may come on."""
    if room is None:
        return frame(assembly)
    code = rooms.code_of(room)
    waiting = rooms.may_come_on(room)
    return {
        **frame(assembly),
        "room": room,
        "link": request.build_absolute_uri(reverse("public:wall", args=[code])) if code else "",
        "standing": rooms.standing(room).select_related("quote__revision"),
        "waiting": waiting[:MOST],
        "more": max(0, waiting.count() - MOST),
    }


def _account(request: HttpRequest) -> Any:
    return request.user
