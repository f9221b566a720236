"""Who runs and who studies an assembly: invite a colleague by a link that works once, take it back, let somebody go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import staffing
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Role, StaffInvitation
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.rights import MAY


class ColleagueForm(KindForm):
    name = forms.CharField(
        label=gettext_lazy("Who is it for?"),
        max_length=80,
        help_text=gettext_lazy("So that you know whose link is whose. They choose their own name."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What they do"), choices=list(MAY.items()))


class Colleagues(View):
    page = "facilitator/colleagues.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(
            request, self.page, {"form": ColleagueForm(), **self._around(request, assembly)}
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = ColleagueForm(request.POST)
        made = form.attempt(lambda: staffing.invite_colleague(assembly, **form.cleaned_data))
        if made is None:
            return again(request, self.page, form, self._around(request, assembly))
        messages.success(request, _("The link is made. Send it to them yourself."))
        return see_other("facilitator:colleagues", slug=slug)

    def _around(self, request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
        roles = assembly.roles.select_related("user").order_by("kind", "user__username")
        invited = [one for one in assembly.staff_invitations.filter(used_at=None) if one.is_open]
        return {
            **frame(assembly),
            "roles": [(role, MAY[role.kind]) for role in roles],
            "invited": [(one, MAY[one.kind], link(request, one)) for one in invited],
            "me": request.user.pk,
            "running": sum(role.kind == Role.Kind.FACILITATOR for role in roles),
        }


class Uninviting(View):
    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        found = assembly.staff_invitations.filter(pk=pk).first()
        if found is None:
            raise NotHere
        staffing.uninvite(found)
        messages.success(request, _("Taken back: the link leads nowhere now."))
        return see_other("facilitator:colleagues", slug=slug)


class LettingGo(View):
    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        staffing.let_go(assembly, pk)
        messages.success(request, _("They have that role no more. What they decided stays."))
        if assembly.roles.filter(user=request.user.pk, kind=Role.Kind.FACILITATOR).exists():
            return see_other("facilitator:colleagues", slug=slug)
        return see_other("facilitator:home")


def link(request: HttpRequest, invited: StaffInvitation) -> str:
    """Where a colleague takes up what they were invited to; "" where the site's key has changed since."""
    code = gates.staff_code(invited)
    return request.build_absolute_uri(reverse("public:colleague", args=[code])) if code else ""
