"""A facilitator changes the situations of an assembly, one language at a time: adds, calls otherwise, moves, and ends them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import situating
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.asking import chosen
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, language_name, see_other
from elicitation.interview.models import Context

LONGEST = 200


class PhraseForm(KindForm):
    phrase = forms.CharField(
        label=gettext_lazy("When …"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "It goes on after “when”, as in: the bus is late and somebody is waiting for you."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class Situations(View):
    page = "facilitator/situations.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(request, assembly, form=PhraseForm()))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        wish = request.POST.get("do", "")
        if act := ACTS.get(wish):
            messages.success(request, act(assembly, here(assembly, request.POST.get("context", ""))))  # fmt: skip
            return see_other(request.get_full_path())
        language, form = chosen(request, assembly), PhraseForm(request.POST)
        kept = form.attempt(lambda: keep(request, assembly, language, form.cleaned_data["phrase"]))
        if kept is None:
            return again(request, self.page, form, around(request, assembly, form=form))
        messages.success(request, _("Kept."))
        return see_other(request.get_full_path())


def keep(request: HttpRequest, assembly: Assembly, language: str, phrase: str) -> Context:
    """One more, or other words for the one the form names. Raises WordsUnfit, NotHere."""
    if named := request.POST.get("context"):
        return situating.reword_context(assembly, here(assembly, named), language, phrase)
    return situating.add_context(assembly, gates.inquiry(assembly, ""), language, phrase)


def here(assembly: Assembly, named: str) -> Context:
    """A situation of this assembly, as a form names it. Raises NotHere."""
    found = Context.objects.filter(inquiry__assemblies=assembly)
    if context := next((one for one in found if str(one.pk) == named), None):
        return context
    raise NotHere


def around(request: HttpRequest, assembly: Assembly, **more: Any) -> dict[str, Any]:
    """The situations in their order, each with what stands under it, those that ended last."""
    language = chosen(request, assembly)
    asked = Q(transitions__closed_at=None, transitions__isnull=False)
    told = Context.objects.filter(inquiry=gates.inquiry(assembly, "")).annotate(
        values=Count("holds__value", distinct=True),
        comparisons=Count("transitions", filter=asked, distinct=True),
        judged=Count("transitions__showings__judgements", distinct=True),
    )
    rows = [
        {
            "context": one,
            "said": one.phrase.get(language, ""),
            "named": one.said_in(language),
            "earlier": [phrase["phrase"].get(language, "") for phrase in one.earlier],
        }
        for one in told.order_by("position")
    ]
    return {
        **frame(assembly),
        "language": language,
        "languages": [(tag, language_name(tag)) for tag in assembly.languages],
        "standing": [row for row in rows if row["context"].retired_at is None],
        "retired": [row for row in rows if row["context"].retired_at],
        "longest": LONGEST,
        **more,
    }


def _moved(by: int) -> Callable[[Assembly, Context], str]:
    def act(assembly: Assembly, context: Context) -> str:
        situating.move_context(assembly, context, by)
        return _("Moved.")

    return act


def _retired(assembly: Assembly, context: Context) -> str:
    situating.retire_context(assembly, context)
    return _("Nothing new is put under it. What people said stays, and counts.")


def _restored(assembly: Assembly, context: Context) -> str:
    situating.restore_context(assembly, context)
    return _("It is used again.")


ACTS: dict[str, Callable[[Assembly, Context], str]] = {
    "up": _moved(-1),
    "down": _moved(1),
    "retire": _retired,
    "restore": _restored,
}
