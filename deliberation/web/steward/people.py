"""Who belongs to an organisation, and which assemblies it holds: invite by a link that works once, take it back, let somebody go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import organising, staffing
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Colleague, Organisation, Role, StaffInvitation
from deliberation.assemblies.places import Held, assemblies_of, people_of, stewarded
from deliberation.web.facilitator.colleagues import link
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.rights import BELONGS, MAY
from deliberation.web.seats import tongue

RUNS = "runs:"  # before the short name of the assembly somebody is invited to run


class InvitingForm(KindForm):
    name = forms.CharField(
        label=gettext_lazy("Who is it for?"),
        max_length=80,
        help_text=gettext_lazy("So that you know whose link is whose. They choose their own name."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=gettext_lazy("What they do"))

    def __init__(self, held: list[Held], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {f"{RUNS}{one.assembly.slug}": one.assembly for one in held}
        place: Any = self.fields["place"]
        place.choices = [*BELONGS.items(), *((key, runs(one)) for key, one in self.held.items())]

    def invite(self, organisation: Organisation) -> StaffInvitation:
        """Make the link that was asked for."""
        name, place = self.cleaned_data["name"], self.cleaned_data["place"]
        if place in self.held:
            return staffing.invite_colleague(self.held[place], name, Role.Kind.FACILITATOR)
        return staffing.invite_into(organisation, name, Colleague.Kind(place))


class People(View):
    page = "steward/people.html"

    def get(self, request: HttpRequest, organisation: str) -> HttpResponse:
        here = gates.steward(organisation, request.user)
        held = assemblies_of(here, request.user)
        return render(
            request, self.page, {"form": InvitingForm(held), **around(request, here, held)}
        )

    def post(self, request: HttpRequest, organisation: str) -> HttpResponse:
        here = gates.steward(organisation, request.user)
        held = assemblies_of(here, request.user)
        form = InvitingForm(held, request.POST)
        if form.attempt(lambda: form.invite(here)) is None:
            return again(request, self.page, form, around(request, here, held))
        messages.success(request, _("The link is made. Send it to them yourself."))
        return see_other("steward:organisation", here.slug)


class Uninviting(View):
    def post(self, request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
        here = gates.steward(organisation, request.user)
        found = here.staff_invitations.filter(pk=pk).first()
        if found is None:
            raise NotHere
        staffing.uninvite(found)
        messages.success(request, _("Taken back: the link leads nowhere now."))
        return see_other("steward:organisation", here.slug)


class LettingGo(View):
    def post(self, request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
        here = gates.steward(organisation, request.user)
        organising.end_place(here, pk)
        said = _("They belong to it no more, nor to its assemblies. What they decided stays.")
        messages.success(request, said)
        if stewarded(request.user).filter(pk=here.pk).exists():
            return see_other("steward:organisation", here.slug)
        return see_other("facilitator:home")


def around(request: HttpRequest, here: Organisation, held: list[Held]) -> dict[str, Any]:
    """What the page shows around its form."""
    people = people_of(here)
    open_ones = here.staff_invitations.filter(used_at=None).select_related("assembly")
    return {
        "organisation": here,
        "people": [(place, BELONGS[place.kind], doing(roles)) for place, roles in people],
        "stewards": sum(place.kind == Colleague.Kind.STEWARD for place, _roles in people),
        "held": [(one, one.assembly.titled_in(tongue())) for one in held],
        "invited": [(one, offered(one), link(request, one)) for one in open_ones if one.is_open],
        "me": request.user.pk,
    }


def doing(roles: list[Role]) -> list[tuple[str, object]]:
    """What somebody does in which assembly: (its title, what)."""
    return [(role.assembly.titled_in(tongue()), MAY[role.kind]) for role in roles]


def offered(invited: StaffInvitation) -> str:
    """What a link lets somebody do."""
    if invited.assembly is None:
        return str(BELONGS[invited.kind])
    return f"{invited.assembly.titled_in(tongue())}: {MAY[invited.kind]}"


def runs(assembly: Any) -> str:
    """How running an assembly is offered in the form."""
    return _("runs “%(title)s”") % {"title": assembly.titled_in(tongue())}
