"""A facilitator changes what people read and are asked, one language at a time, and sees it as a phone shows it."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import wording
from deliberation.assemblies.actions.wording import Asked, Front
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, language_name, looked_for, see_other
from deliberation.web.seats import spoken
from elicitation.extraction import at_work
from elicitation.interview.models import Inquiry, Prompt


def area(label: Any, rows: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of some lines in the language that is edited."""
    how = {"rows": rows, "dir": "auto"}
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs=how),
    )


class FrontForm(KindForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    question = area(gettext_lazy("The question"), 2, required=True)
    welcome = area(gettext_lazy("How people are welcomed"), 4)
    consent = area(
        gettext_lazy("What people agree to"),
        5,
        help_text=gettext_lazy("Whoever agreed to other words is asked anew before going on."),
    )


class PromptForm(KindForm):
    wording = area(gettext_lazy("What people are asked"), 3, required=True)
    help = area(
        gettext_lazy("What does this mean?"),
        3,
        help_text=gettext_lazy("Shown to those who ask for it."),
    )
    example = area(
        gettext_lazy("An example, made up"),
        3,
        help_text=gettext_lazy("Far from the matter itself, so that nobody writes it off."),
    )


class Asking(View):
    """Title, question, welcome and what people agree to; and the list of prompts."""

    page = "facilitator/asking.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        language = chosen(request, assembly)
        form = FrontForm(initial=front(assembly, language))
        return render(request, self.page, around(request, assembly, form=form))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        language, form = chosen(request, assembly), FrontForm(request.POST)
        if looks(request, form):
            return render(request, self.page, around(request, assembly, form=form))
        kept = form.attempt(
            lambda: wording.reword_front(assembly, language, Front(**form.cleaned_data))
        )
        if kept is None:
            return again(request, self.page, form, around(request, assembly, form=form))
        messages.success(request, _("Kept."))
        return see_other(request.get_full_path())


class AskingPrompt(View):
    """One prompt: put it in other words, or ask it no more."""

    page = "facilitator/asking_prompt.html"

    def get(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        prompt = gates.prompt(assembly, prompt_id)
        form = PromptForm(initial=texts(prompt, chosen(request, assembly)))
        return render(request, self.page, around(request, assembly, prompt=prompt, form=form))

    def post(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        prompt = gates.prompt(assembly, prompt_id)
        language, form = chosen(request, assembly), PromptForm(request.POST)
        if request.POST.get("do") == "drop":
            wording.drop_prompt(assembly, prompt)
            messages.success(request, _("It is asked no more."))
            return see_other("facilitator:asking", slug=slug)
        if looks(request, form):
            return render(request, self.page, around(request, assembly, prompt=prompt, form=form))
        kept = form.attempt(
            lambda: wording.reword_asked(assembly, prompt, language, Asked(**form.cleaned_data))
        )
        if kept is None:
            return again(request, self.page, form, around(request, assembly, prompt=prompt))
        messages.success(request, _("Kept."))
        return see_other(prompt_address(slug, kept, language))


class AddingPrompt(View):
    """One prompt more."""

    page = "facilitator/asking_prompt.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(request, assembly, form=PromptForm()))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        language, form = chosen(request, assembly), PromptForm(request.POST)
        if looks(request, form):
            return render(request, self.page, around(request, assembly, form=form))
        inquiry = gates.inquiry(assembly, "")
        made = form.attempt(
            lambda: wording.add_prompt(assembly, inquiry, language, Asked(**form.cleaned_data))
        )
        if made is None:
            return again(request, self.page, form, around(request, assembly))
        messages.success(request, _("Added."))
        return see_other(prompt_address(slug, made, language))


def chosen(request: HttpRequest, assembly: Assembly) -> str:
    """The language that is edited: the one the address names, or the reader's, where the assembly is held in it."""
    named = looked_for(request, "language")
    return named if named in assembly.languages else spoken(request, assembly.languages)


def language_bidi(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return tag.split("-")[0] in settings.LANGUAGES_BIDI


def looks(request: HttpRequest, form: KindForm) -> bool:
    """Whether somebody wants to see what they typed and not to keep it yet."""
    return request.POST.get("do") == "look" and form.is_valid()


def prompt_address(slug: str, prompt: Prompt, language: str) -> str:
    """Where a prompt is edited in a language."""
    return f"{reverse('facilitator:asking_prompt', args=[slug, prompt.pk])}?language={language}"


def front(assembly: Assembly, language: str) -> dict[str, str]:
    """What an assembly says of itself in just this language."""
    inquiry: Inquiry = gates.inquiry(assembly, "")
    told = {name: getattr(assembly, name) for name in ("title", "welcome", "consent")}
    return {
        name: said.get(language, "")
        for name, said in {**told, "question": inquiry.question}.items()
    }


def texts(prompt: Prompt, language: str) -> dict[str, str]:
    """What a prompt says in just this language."""
    told = {"wording": prompt.wording, "help": prompt.help, "example": prompt.example}
    return {name: said.get(language, "") for name, said in told.items()}


def around(
    request: HttpRequest, assembly: Assembly, prompt: Prompt | None = None, **more: Any
) -> dict[str, Any]:
    """The prompts in the language that is edited, the languages, and what a phone shows."""
    language, prompts = chosen(request, assembly), list(queries.prompts_of(assembly))
    place = next((n for n, one in enumerate(prompts, 1) if one == prompt), len(prompts) + 1)
    return {
        **frame(assembly),
        "language": language,
        "languages": [(tag, language_name(tag)) for tag in assembly.languages],
        "prompts": [(one, one.asked_in(language)) for one in prompts],
        "prompt": prompt,
        "direction": "rtl" if language_bidi(language) else "ltr",
        "model_host": at_work.host(),
        "place": place,
        "places": max(place, len(prompts)),
        **more,
    }
