"""A facilitator says in one sentence what it is about, sees what was drafted from it, changes it, and founds the assembly."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import outlining
from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.models import Outline
from deliberation.assemblies.ready import ready, said
from deliberation.assemblies.tasks import outline_assembly
from deliberation.web.facilitator.founding import SentenceForm, offered
from deliberation.web.facilitator.founding_form import FoundingForm, Start
from deliberation.web.forms import again, see_other
from deliberation.web.seats import tongue

ENDS = ".!。．！؟。"


class Sentence(LoginRequiredMixin, View):
    """Take the sentence."""

    def get(self, request: HttpRequest) -> HttpResponse:
        gates.founder(request.user)
        return redirect("facilitator:founding")

    def post(self, request: HttpRequest) -> HttpResponse:
        gates.founder(request.user)
        account: Any = request.user
        form = SentenceForm(request.POST)
        asked = form.attempt(lambda: outlining.ask(account, **form.cleaned_data))
        if asked is None:
            return again(request, "facilitator/beginnings.html", form, offered(""))
        if asked.state == outlining.WAITING:
            ring_on_commit(outline_assembly.delay, [asked.pk])
        return see_other("facilitator:outlined", outline_id=asked.pk)


class Outlined(LoginRequiredMixin, View):
    """What was drafted, as a form; nothing is founded before it is sent."""

    page = "facilitator/founding.html"

    def get(self, request: HttpRequest, outline_id: UUID) -> HttpResponse:
        among = gates.founder(request.user)
        outline = gates.outline(request.user, outline_id)
        if outline.state == outlining.WAITING and "by_rules" not in request.GET:
            if (
                "HX-Request" in request.headers
            ):  # nothing new: what is shown, and has the focus, stays
                return HttpResponse(status=204)
            return render(request, "facilitator/outlining.html", {"outline": outline})
        form = FoundingForm(start_of(outline), among)
        return render(request, self.page, {"form": form, **around(outline)})

    def post(self, request: HttpRequest, outline_id: UUID) -> HttpResponse:
        account: Any = request.user
        among = gates.founder(account)
        outline = gates.outline(account, outline_id)
        form = FoundingForm(start_of(outline), among, request.POST)
        assembly = form.attempt(
            lambda: outlining.found(form.draft(), outline, account, form.holder())
        )
        if assembly is None:
            return again(request, self.page, form, around(outline))
        messages.success(request, _("Your assembly is founded. What it still needs is said here."))
        return redirect("facilitator:dashboard", slug=assembly.slug)


def start_of(outline: Outline) -> Start:
    """The template of an outline with what a model worded, or what plain rules make of the sentence, laid over it."""
    return Start(ready()[outline.template], outline.language, outline.words or plain(outline))


def plain(outline: Outline) -> dict[str, str]:
    """The sentence as the title; where it is a question, as the question too."""
    said_first = outline.sentence.rstrip(ENDS)
    words = {"title": said_first[:200]}
    asks = outline.sentence.endswith(("?", "؟", "？"))
    return {**words, "question": outline.sentence} if asks else words


def around(outline: Outline) -> dict[str, Any]:
    """What the page says of a draft: whose it is, and why no model's where one was asked."""
    return {
        "outline": outline,
        "by_model": bool(outline.words),
        "template_name": said(ready()[outline.template].name, tongue()),
    }
