"""Remind by a letter those who wish it and left something unfinished: how many, roughly, what they will read, and one button."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts import reminding
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.letters import said
from deliberation.assemblies.models import Assembly, Letter
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import see_other


class Reminding(View):
    page = "facilitator/reminding.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = _writing(request, slug)
        context = {
            **frame(assembly),
            "addresses": reminding.in_tens(reminding.confirmed(assembly).count()),
            "unfinished": reminding.in_tens(len(reminding.unfinished(assembly))),
            "lines": said({Letter.Kind.REMIND}),
        }
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = _writing(request, slug)
        reminding.remind(assembly)
        messages.success(request, _("Letters are on their way to those who left something unfinished, to nobody twice within a week."))  # fmt: skip
        return see_other("facilitator:reminding", slug=slug)


def _writing(request: HttpRequest, slug: str) -> Assembly:
    """The assembly, where this site can write letters. Raises NotHere."""
    assembly = gates.facilitator(slug, request.user)
    if not settings.MAIL_FROM:
        raise NotHere
    return assembly
