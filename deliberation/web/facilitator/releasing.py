"""A facilitator publishes a release: counts that everybody may take along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.exports.actions import releasing
from deliberation.exports.why_not import why_not
from deliberation.opinion.queries import counts_are_public
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import see_other


class Releases(View):
    page = "facilitator/releases.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        asked = assembly.release_requests.first()
        context = {
            "asked": asked,
            "problem": why_not(asked.failure) if asked else "",
            "releases": assembly.releases.defer("rows", "remembered"),
            "open": counts_are_public(assembly),
            **frame(assembly),
        }
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        releasing.ask(gates.facilitator(slug, request.user))
        messages.success(
            request,
            _(
                "Asked for. It is public once it is whole, and then everybody finds it on the page of results."
            ),
        )
        return see_other("facilitator:releases", slug=slug)
