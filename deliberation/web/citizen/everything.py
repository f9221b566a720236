"""Everything that is held about a citizen: look at it, take it along, take all of it back at once."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.assemblies.models import Membership
from deliberation.exports.own import how_much, own
from deliberation.web.downloads import download
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat


class SureForm(KindForm):
    sure = forms.BooleanField(
        label=gettext_lazy("Erase all of it. It cannot be brought back."),
        error_messages={"required": gettext_lazy("Please tick this first: it cannot be undone.")},
    )


class Everything(View):
    page = "citizen/everything.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        return render(request, self.page, {"form": SureForm(), **around(member)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = SureForm(request.POST)
        if form.attempt(lambda: (take_everything_back(member),)) is None:
            return again(request, self.page, form, around(member))
        messages.success(request, _("Everything you said here is erased."))
        return see_other("citizen:everything", slug=slug)


class File(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        answer = download(own(seat(request, slug)), f"{slug}-mine.json")
        answer["Cache-Control"] = "no-store"
        return answer


def around(member: Membership) -> dict[str, object]:
    """How much there is of each kind."""
    told = how_much(member)
    counts = [
        (_("answers"), told["answers"]),
        (_("cards read from them"), told["cards"]),
        (_("texts begun and not sent"), told["begun"]),
        (_("e-mail addresses"), told["addresses"]),
        (_("times you said something to a value"), told["values"]),
        (_("times you said something to a comparison"), told["comparisons"]),
        (_("things you said of yourself"), told["of_myself"]),
        (_("answers on how it was for you"), told["how_it_was"]),
        (_("objections and statements"), told["objections"] + told["statements"]),
        (_("votes you are on the roll of"), told["votes"]),
    ]
    return {"assembly": member.assembly, "counts": counts}
