"""What authors say to decisions: appeals against them, and cards whose authors say that is not what they meant."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import appealing, meaning
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Appeal, Meaning, Thing
from deliberation.moderation.queries import chain_of
from deliberation.web.facilitator.bench import open_to_decide
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other


class AnswerForm(KindForm):
    words = forms.CharField(
        label=gettext_lazy("Your answer to the author"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class Appealing(View):
    """One appeal: the decision, the card, what its author says; answered by somebody else than who decided."""

    page = "facilitator/appeal.html"

    def get(self, request: HttpRequest, slug: str, appeal_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        appeal = appeal_of(assembly, appeal_id)
        account: Any = request.user
        open_to_decide(Bench(assembly, account), Item(Thing.APPEAL, appeal.pk))
        return render(request, self.page, around(assembly, appeal, AnswerForm()))

    def post(self, request: HttpRequest, slug: str, appeal_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        appeal = appeal_of(assembly, appeal_id)
        account: Any = request.user
        bench, form = Bench(assembly, account), AnswerForm(request.POST)
        overturn = request.POST.get("do") == "overturn"
        answered = form.attempt(
            lambda: appealing.answer_appeal(
                bench, appeal, form.cleaned_data["words"], overturn=overturn
            )
        )
        if answered is None:
            return again(
                request, self.page, form, around(assembly, appeal_of(assembly, appeal_id), form)
            )
        messages.success(request, _("Answered. Its author can read it."))
        return see_other("facilitator:queue", slug=slug)


class Objecting(View):
    """A card whose author says that the value it stands in does not say what they meant."""

    page = "facilitator/objecting.html"

    def get(self, request: HttpRequest, slug: str, meaning_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        asked = meaning_of(assembly, meaning_id)
        account: Any = request.user
        open_to_decide(Bench(assembly, account), Item(Thing.MEANING, asked.pk))
        return render(request, self.page, {**frame(assembly), "asked": asked})

    def post(self, request: HttpRequest, slug: str, meaning_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        account: Any = request.user
        meaning.see_to(Bench(assembly, account), meaning_of(assembly, meaning_id))
        messages.success(request, _("Noted that you looked at it."))
        return see_other("facilitator:queue", slug=slug)


def appeal_of(assembly: Assembly, appeal_id: UUID) -> Appeal:
    """An appeal of this assembly. Raises NotHere."""
    here = Appeal.objects.filter(decision__assembly=assembly)
    related = here.select_related(
        "decision__grounds", "decision__value", "candidate__reading", "rule__reading"
    )
    if found := related.filter(pk=appeal_id).first():
        return found
    raise NotHere


def meaning_of(assembly: Assembly, meaning_id: UUID) -> Meaning:
    """A question put to an author of this assembly. Raises NotHere."""
    here = Meaning.objects.filter(decision__assembly=assembly)
    related = here.select_related("candidate__reading", "value", "decision")
    if found := related.filter(pk=meaning_id).first():
        return found
    raise NotHere


def around(assembly: Assembly, appeal: Appeal, form: KindForm) -> dict[str, Any]:
    """The appeal with the decision and what would be undone with it."""
    decision = appeal.decision
    later = chain_of(decision)[:-1] if not decision.undone_at else []
    return {
        **frame(assembly),
        "appeal": appeal,
        "decision": decision,
        "later": later,
        "form": form,
    }
