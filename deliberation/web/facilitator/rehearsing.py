"""A facilitator rehearses: begins a copy with made-up people, looks at every page of it, and wipes it with one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts.tasks import fill_rehearsal
from deliberation.assemblies import gates
from deliberation.assemblies.actions import rehearsing
from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import is_facilitator, rehearsal_of
from deliberation.exports import wiping
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.stage import stage
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import tongue


class Rehearsing(View):
    page = "facilitator/rehearsing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if request.POST.get("do") == "wipe":
            return self._wipe(request, assembly)
        account: Any = request.user
        form = KindForm({})
        begun = form.attempt(lambda: rehearsing.rehearse(assembly, account))
        if begun is None:
            return again(request, self.page, form, around(assembly))
        ring_on_commit(fill_rehearsal.delay, [begun.pk])
        messages.success(request, _("The rehearsal is begun. Made-up people are coming in."))
        return see_other("facilitator:rehearsing", slug=slug)

    def _wipe(self, request: HttpRequest, assembly: Assembly) -> HttpResponse:
        """Wipe it, from the assembly's own page or from the rehearsal's."""
        account: Any = request.user
        rehearsal, form = rehearsal_of(assembly), KindForm({})
        if rehearsal is None:
            raise NotHere
        original = rehearsal.original
        wiped = form.attempt(lambda: wiping.wipe(rehearsal))
        if wiped is None:
            return again(request, self.page, form, around(assembly))
        messages.success(request, _("The rehearsal is wiped. Nothing of it is left."))
        if is_facilitator(account, original):
            return see_other("facilitator:dashboard", slug=original.slug)
        return see_other("facilitator:home")


def around(assembly: Assembly) -> dict[str, Any]:
    """All the page shows: how far the rehearsal has come, too."""
    told = stage(assembly)
    rehearsal = told["rehearsal"]
    return {
        **frame(assembly),
        **told,
        "original_title": rehearsal.original.titled_in(tongue()) if rehearsal else "",
        "come": rehearsal.copy.memberships.count() if rehearsal else 0,
    }
