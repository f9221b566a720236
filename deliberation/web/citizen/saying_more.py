"""One question beneath an answer: its author says more, or leaves it as it is. Never in the way of anything."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.web.citizen.unsent import unsent_about, version_of
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.interview.drafts import Words
from elicitation.interview.models import FollowUp
from elicitation.interview.texts import LONGEST


class MoreForm(KindForm):
    """What lies beneath, in one's own words."""

    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Write something, or leave it as it is.")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SayingMore(View):
    page = "citizen/saying_more.html"

    def get(self, request: HttpRequest, slug: str, follow_up_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        asked = gates.own_follow_up(member, follow_up_id)
        if asked.state != FollowUp.State.ASKED:
            return redirect("citizen:mine", slug=slug)
        begun = unsent_about(member, asked.pk)
        form = MoreForm(initial={"key": uuid4().hex, "text": begun.text if begun else ""})
        context = {
            **self._around(request, slug, asked),
            "version": version_of(begun),
            "begun": begun,
        }
        return render(request, self.page, {"form": form, **context})

    def post(self, request: HttpRequest, slug: str, follow_up_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        asked = gates.own_follow_up(member, follow_up_id)
        if request.POST.get("do") == "skip":
            taking_part.skip_follow_up(asked)
            messages.success(request, _("Left as it is."))
            return see_other("citizen:mine", slug=slug)
        form = MoreForm(unix_breaks(request.POST))
        language = spoken(request, asked.root.prompt.inquiry.languages)
        said = form.attempt(
            lambda: taking_part.say_more(
                member,
                asked,
                Words(form.cleaned_data["text"], language, form.cleaned_data["key"]),
                asked.question,
            )
        )
        if said is None:
            return again(request, self.page, form, self._around(request, slug, asked))
        messages.success(request, _("Received. It is read together with your answer."))
        return see_other("citizen:mine", slug=slug)

    def _around(self, request: HttpRequest, slug: str, follow_up: FollowUp) -> dict[str, object]:
        return {
            "assembly": seat(request, slug).assembly,
            "follow_up": follow_up,
            "language": spoken(request, follow_up.root.prompt.inquiry.languages),
        }
