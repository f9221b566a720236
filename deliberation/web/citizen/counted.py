"""A citizen reads that their votes are counted once with others', why, and says if that is wrong."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.opinion.actions import twins
from deliberation.opinion.exclusions import judged_of
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat, spoken


class DisputeForm(KindForm):
    words = forms.CharField(
        label=gettext_lazy("Why is that wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class Counted(View):
    page = "citizen/counted.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        return render(request, self.page, {"form": DisputeForm(), **around(request, member)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        context, form = around(request, member), DisputeForm(request.POST)
        form.attempt(lambda: twins.dispute(member, form.cleaned_data["words"]))
        if form.errors:
            return again(request, self.page, form, context)
        messages.success(request, _("Received. Whoever runs this will look again."))
        return see_other("citizen:counted", slug=slug)


def around(request: HttpRequest, member: Membership) -> dict[str, Any]:
    """What was judged of a member's seat. Raises NotHere where nothing was."""
    judged = list(judged_of(member))
    if not judged:
        raise NotHere
    title = member.assembly.titled_in(spoken(request, member.assembly.languages))
    return {"assembly": member.assembly, "title": title, "judged": judged}
