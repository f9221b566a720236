"""For people without a device: a helper writes down what they say, with the same consent, and they get the same way back, on paper."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import assisting
from deliberation.assemblies.actions.assisting import MOST_SEATS, Told
from deliberation.assemblies.models import Agreement, Assembly, Membership
from deliberation.web import qr
from deliberation.web.citizen.belonging import NOTHING
from deliberation.web.citizen.joining import further
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, language_name, see_other, unix_breaks
from elicitation.extraction import at_work
from elicitation.interview.models import Prompt, wording
from elicitation.interview.texts import LONGEST

SLIP = "slip"  # where a session keeps whose slip may be printed: slug -> membership
BIGGEST = 2**31 - 1


class TellingForm(KindForm):
    """What somebody agrees to, says of themselves, and says to each prompt, in the language they speak."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seat = forms.IntegerField(
        label=gettext_lazy("Seat number on their sheet, if they have one"),
        min_value=1,
        max_value=BIGGEST,
        required=False,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I read this aloud to them, or they read it, and they agree"),
        error_messages={"required": gettext_lazy("Nothing can be kept of who does not agree.")},
    )
    research = forms.BooleanField(
        label=gettext_lazy("They also agree: researchers may study what they say"), required=False
    )
    model = forms.BooleanField(
        label=gettext_lazy("They also agree: a language model elsewhere may read it"),
        required=False,
    )

    def __init__(self, assembly: Assembly, language: str, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4().hex})
        self.language = language
        self.prompts = {f"prompt_{p.pk}": p for p in queries.prompts_of(assembly)}
        self.about: list[str] = []
        if Agreement.Purpose.MODEL not in further():
            del self.fields["model"]
        for one in assembly.strata.all():
            options = [(o["code"], wording(o["wording"], language)) for o in one.options]
            name = f"s{one.pk}"
            self.about.append(name)
            self.fields[name] = forms.ChoiceField(
                label=one.said_in(language), choices=[NOTHING, *options], required=False
            )
        for name, prompt in self.prompts.items():
            self.fields[name] = forms.CharField(
                label=prompt.asked_in(language),
                max_length=LONGEST,
                strip=False,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "lang": language}),
            )

    @property
    def told(self) -> Told:
        """What was filled in, as the action takes it."""
        got = self.cleaned_data
        answers: dict[Prompt, str] = {p: got[name] for name, p in self.prompts.items()}
        purposes = {one: got[one] for one in further()}
        about = {int(name[1:]): got[name] for name in self.about}
        return Told(got["key"], self.language, answers, purposes, about, got["seat"])


class Telling(View):
    page = "facilitator/telling.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        language = chosen(assembly, request.GET.get("language", ""))
        form = TellingForm(assembly, language)
        return render(request, self.page, {"form": form, **around(assembly, language)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        language = chosen(assembly, request.GET.get("language", ""))
        names = [f"prompt_{p.pk}" for p in queries.prompts_of(assembly)]
        form = TellingForm(assembly, language, unix_breaks(request.POST, *names))
        member = form.attempt(lambda: assisting.write_down(assembly, form.told))
        if member is None:
            return again(request, self.page, form, around(assembly, language))
        if member.laid_out_at:
            messages.success(request, _("Kept. They have the way back on their sheet."))
            return see_other("facilitator:telling", slug=slug)
        request.session[SLIP] = {**request.session.get(SLIP, {}), slug: member.pk}
        return see_other("facilitator:slip", slug=slug)


class Slip(View):
    """The way back of whom a helper has just written down, to print and hand over: once, and never again for whoever works here."""

    page = "facilitator/slip.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        held = request.session.get(SLIP, {}).get(slug)
        member = assembly.memberships.filter(pk=held).first() if held else None
        if member is None:
            return redirect("facilitator:telling", slug=slug)
        return render(request, self.page, {**frame(assembly), "slip": slip_of(request, member)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        gates.facilitator(slug, request.user)
        kept = request.session.get(SLIP, {})
        request.session[SLIP] = {other: pk for other, pk in kept.items() if other != slug}
        return see_other("facilitator:telling", slug=slug)


class SheetsForm(KindForm):
    """How many sheets, in which language."""

    number = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_SEATS)
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, assembly: Assembly, data: Any = None) -> None:
        super().__init__(data, initial={"number": 10})
        choice: Any = self.fields["language"]
        choice.choices = [(tag, language_name(tag)) for tag in assembly.languages]


class Sheets(View):
    """Paper sheets with room to write: one a seat, with its number above and its way back below, to be torn off."""

    page = "facilitator/sheets.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = SheetsForm(assembly)
        return render(request, self.page, {"form": form, **self._around(request, assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = SheetsForm(assembly, request.POST)
        made = form.attempt(
            lambda: assisting.lay_out(
                assembly, form.cleaned_data["number"], form.cleaned_data["language"]
            )
        )
        if made is None:
            return again(request, self.page, form, self._around(request, assembly))
        return see_other("facilitator:sheets", slug=slug)

    def _around(self, request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
        seats = queries.laid_out(assembly)
        language = seats[0].language if seats else assembly.languages[0]
        return {
            **frame(assembly),
            **asked(assembly, language),
            "seats": [(seat, slip_of(request, seat)) for seat in seats],
        }


def chosen(assembly: Assembly, language: str) -> str:
    """The language of the assembly somebody is written down in; its first where the address names none of them."""
    return language if language in assembly.languages else assembly.languages[0]


def around(assembly: Assembly, language: str) -> dict[str, Any]:
    """What the page of the helper shows beside the form."""
    languages: Sequence[str] = assembly.languages
    return {
        **frame(assembly),
        **asked(assembly, language),
        "languages": [(tag, language_name(tag)) for tag in languages],
    }


def asked(assembly: Assembly, language: str) -> dict[str, Any]:
    """What somebody agrees to, and what they are asked, in their language."""
    prompts = list(queries.prompts_of(assembly))
    return {
        "language": language,
        "named": assembly.titled_in(language),
        "consent": assembly.consent_in(language),
        "prompts": [(p.asked_in(language), p.help_in(language)) for p in prompts],
        "model_host": at_work.host(),
    }


def slip_of(request: HttpRequest, member: Membership) -> dict[str, str]:
    """A seat's way back: its code, where to type it, and the link as a QR code; nothing where the site's key has changed since."""
    code = gates.receipt_code(member)
    if code is None:
        return {}
    link = request.build_absolute_uri(reverse("citizen:back", args=[code]))
    return {
        "code": code,
        "where": f"{request.get_host()}{reverse('citizen:back_typed')}",
        "qr": qr.inline(link),
    }
