"""A facilitator changes what the model is told: writes a prompt, sees what it changes on golden answers, then uses it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.answers import HandForm
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.differences import differences
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import tongue
from elicitation.extraction import queries
from elicitation.extraction.actions import prompts
from elicitation.extraction.engines.base import Ask, PolicyProposal, ValueProposal
from elicitation.extraction.instructions import prompt as standard
from elicitation.extraction.models import OwnPrompt, ReadingSwitch
from elicitation.extraction.tasks import try_prompt
from elicitation.interview.models import Inquiry

Refused = dict[str, KindForm]


A_MOMENT = timedelta(minutes=2)


class PromptForm(KindForm):
    prompt = forms.CharField(
        label=gettext_lazy("What the model is told"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )

    def told(self) -> str:
        """What was typed, with line ends as the standard prompt has them."""
        return str(self.cleaned_data["prompt"]).replace("\r\n", "\n")


class GoldenForm(KindForm):
    """An answer with the card a person would make of it, or with nothing to find."""

    question = forms.CharField(label=gettext_lazy("The question that was asked"), max_length=600)
    answer = forms.CharField(
        label=gettext_lazy("An answer"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    nothing = forms.BooleanField(
        label=gettext_lazy("There is no value to find in this answer"), required=False
    )
    title = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("Six words at most."),
        max_length=200,
        required=False,
    )
    context = forms.CharField(label=gettext_lazy("When?"), max_length=400, required=False)
    policy = forms.CharField(
        label=gettext_lazy("What matters to this person"), max_length=600, required=False
    )
    quote = forms.CharField(
        label=gettext_lazy("The words it rests on, copied exactly"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        required=False,
    )

    def __init__(self, inquiry: Inquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [(tag, tag) for tag in inquiry.languages]

    def clean(self) -> dict[str, Any]:
        """A card needs all its parts, unless there is nothing to find."""
        got = super().clean() or {}
        if not got.get("nothing"):
            for name in ("title", "policy", "quote"):
                if not got.get(name):
                    self.add_error(name, _("Needed, unless there is no value to find."))
        return got

    def told(self) -> Ask:
        """The answer that was typed."""
        got = self.cleaned_data
        return Ask(got["answer"].replace("\r\n", "\n"), got["language"], got["question"])

    def cards(self) -> list[ValueProposal]:
        """The card that was typed, or none."""
        got = self.cleaned_data
        if got["nothing"]:
            return []
        policy = PolicyProposal(got["policy"], (got["quote"],))
        return [ValueProposal(got["title"], (policy,), got["context"])]


class Prompting(View):
    page = "facilitator/prompting.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        inquiry = gates.inquiry(assembly, request.GET.get("question", ""))
        return render(request, self.page, around(assembly, inquiry))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        inquiry = gates.inquiry(assembly, request.GET.get("question", ""))
        act = WISHES.get(request.POST.get("do", ""))
        if act and (refused := act(request, inquiry)):
            (form,) = refused.values()
            context = {**around(assembly, inquiry), **refused}
            return render(request, self.page, context, status=form.status)
        return see_other(request.get_full_path())


class GoldenCard(View):
    """One more card for a golden answer in which there is more than one thing to find."""

    page = "facilitator/golden_card.html"

    def get(self, request: HttpRequest, slug: str, golden_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        golden = gates.golden(assembly, str(golden_id))
        context = {"form": HandForm(), "golden": golden, **frame(assembly)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, golden_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        golden = gates.golden(assembly, str(golden_id))
        form = HandForm(request.POST)
        if form.attempt(lambda: prompts.add_golden_card(golden, form.card())) is None:
            return again(request, self.page, form, {"golden": golden, **frame(assembly)})
        messages.success(request, _("The card is kept."))
        where = reverse("facilitator:prompting", args=[slug])
        return see_other(f"{where}?question={golden.inquiry_id}")


def around(assembly: Assembly, inquiry: Inquiry) -> dict[str, Any]:
    """All the page shows about an inquiry's prompts, with its forms still empty."""
    own = OwnPrompt.objects.filter(inquiry=inquiry)
    in_use, on_trial = own.in_use().first(), own.on_trial().first()
    golden = list(inquiry.golden_answers.all())
    told = in_use.text if in_use else standard("read_answer")
    made = list(queries.trials_that_hold(on_trial)) if on_trial else []
    return {
        **frame(assembly),
        "inquiry": inquiry,
        "inquiries": [(i, i.asked_in(tongue())) for i in assembly.inquiries.all()],
        "in_use": in_use,
        "version": queries.version_in_use(inquiry.pk),
        "told": told,
        "on_trial": on_trial,
        "trying": on_trial is not None and on_trial.state != OwnPrompt.State.TRIED,
        "waits_until": waits_until(on_trial),
        "models": sorted({trial.model for trial in made}),
        "seen": differences(golden, made),
        "golden": golden,
        "most": prompts.MOST_GOLDEN,
        "switched_off": ReadingSwitch.objects.filter(pk=inquiry.pk).exists(),
        "retired": own.filter(state=OwnPrompt.State.RETIRED),
        "form": PromptForm(initial={"prompt": on_trial.text if on_trial else told}),
        "golden_form": GoldenForm(inquiry),
    }


def _write(request: HttpRequest, inquiry: Inquiry) -> Refused:
    form = PromptForm(request.POST)
    if form.attempt(lambda: prompts.write_prompt(inquiry, form.told())) is None:
        return {"form": form}
    messages.success(
        request, _("Kept. It is tried on the golden answers now; nothing uses it yet.")
    )
    _ring(inquiry)
    return {}


def _add(request: HttpRequest, inquiry: Inquiry) -> Refused:
    form = GoldenForm(inquiry, request.POST)
    if form.attempt(lambda: prompts.add_golden(inquiry, form.told(), form.cards())) is None:
        return {"golden_form": form}
    messages.success(request, _("The golden answer is kept."))
    _ring(inquiry)
    return {}


def _remove(request: HttpRequest, inquiry: Inquiry) -> Refused:
    assembly = inquiry.assemblies.get()
    prompts.remove_golden(gates.golden(assembly, request.POST.get("golden", "")))
    messages.success(request, _("The golden answer is gone."))
    return {}


def _use(request: HttpRequest, inquiry: Inquiry) -> Refused:
    form = KindForm({})
    if form.attempt(lambda: prompts.use_prompt(_on_trial(inquiry))) is None:
        return {"refused": form}
    messages.success(request, _("Answers are read with this prompt from now on."))
    return {}


def _standard(request: HttpRequest, inquiry: Inquiry) -> Refused:
    prompts.use_standard_prompt(inquiry)
    messages.success(request, _("Answers are read with the standard prompt from now on."))
    _ring(inquiry)
    return {}


def _again(_request: HttpRequest, inquiry: Inquiry) -> Refused:
    prompts.try_again(_on_trial(inquiry))
    _ring(inquiry)
    return {}


def _on_trial(inquiry: Inquiry) -> OwnPrompt:
    """The prompt on trial. Raises NotHere."""
    if found := OwnPrompt.objects.on_trial().filter(inquiry=inquiry).first():
        return found
    raise NotHere


def _ring(inquiry: Inquiry) -> None:
    waiting = OwnPrompt.objects.filter(inquiry=inquiry, state=OwnPrompt.State.DRAFT)
    ring_on_commit(try_prompt.delay, list(waiting.values_list("pk", flat=True)))


WISHES: dict[str, Callable[[HttpRequest, Inquiry], Refused]] = {
    "write": _write,
    "add": _add,
    "remove": _remove,
    "use": _use,
    "standard": _standard,
    "again": _again,
}


def waits_until(on_trial: OwnPrompt | None) -> datetime | None:
    """When a trial goes on that was put off for longer than a moment."""
    put_off = on_trial and on_trial.state == OwnPrompt.State.DRAFT and on_trial.ring_at
    return put_off if put_off and put_off > timezone.now() + A_MOMENT else None
