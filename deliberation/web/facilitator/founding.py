"""A facilitator founds an assembly from a template."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Organisation, Phase
from deliberation.assemblies.ready import CONSENT, READY
from deliberation.web.forms import KindForm, again, looked_for
from deliberation.web.seats import tongue
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Wording

LOCAL = {"type": "datetime-local"}
YEARS = range(2000, 2201)  # every zone's clocks can tell them
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]


class SpanForm(KindForm):
    """A start and an end, as clocks of `zone` show them."""

    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=[(z, z) for z in sorted(available_timezones())]
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Answers are taken from"), widget=forms.DateTimeInput(attrs=LOCAL)
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("until"), widget=forms.DateTimeInput(attrs=LOCAL)
    )

    def clean_starts_at(self) -> datetime:
        return within_years(self.cleaned_data["starts_at"])

    def clean_ends_at(self) -> datetime:
        return within_years(self.cleaned_data["ends_at"])

    def span(self) -> tuple[datetime, datetime]:
        """Both moments in UTC. What was typed is read as local time of the zone chosen."""
        zone = ZoneInfo(self.cleaned_data["zone"])
        typed = (self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])
        start, end = (t.replace(tzinfo=zone).astimezone(UTC) for t in typed)
        return start, end


class FoundingForm(SpanForm):
    organisation = forms.ChoiceField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Its people alone see what is not public."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("Part of its address: letters, digits and hyphens."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    question = forms.CharField(
        label=gettext_lazy("The question"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    contexts = forms.CharField(
        label=gettext_lazy("Situations"),
        required=False,
        help_text=gettext_lazy('One a line; each continues "when ..."'),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    prompts = forms.CharField(
        label=gettext_lazy("What people are asked"),
        help_text=gettext_lazy("One a line, in the order they are asked."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    consent = forms.CharField(
        label=gettext_lazy("What people agree to"),
        help_text=gettext_lazy("How words are read, shown and withdrawn is said beside it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    field_order = (
        "organisation", "title", "slug", "question", "prompts", "contexts", "consent", "languages", "zone", "starts_at", "ends_at",
    )  # fmt: skip

    def __init__(self, among: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {one.slug: one for one in among}
        if len(among) == 1:  # nothing to choose
            del self.fields["organisation"]
        else:
            choices: Any = self.fields["organisation"]
            choices.choices = [(one.slug, one.name) for one in among]

    def holder(self) -> Organisation:
        """The one that was chosen, or the only one there is."""
        chosen = self.cleaned_data.get("organisation")
        return self.among[chosen] if chosen else next(iter(self.among.values()))


class Founding(LoginRequiredMixin, View):
    page = "facilitator/founding.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        among = gates.founder(request.user)
        template = request.GET.get("template", "")
        if template not in READY:
            choices = [(key, ready.name, said(ready.question)) for key, ready in READY.items()]
            return render(request, self.page, {"choices": choices, **chosen(request)})
        form = FoundingForm(among, initial={**proposed(template), **chosen(request)})
        return render(request, self.page, {"form": form, "template": template})

    def post(self, request: HttpRequest) -> HttpResponse:
        among = gates.founder(request.user)
        template = request.GET.get("template", "")
        form = FoundingForm(among, request.POST)
        account: Any = request.user
        assembly = form.attempt(
            lambda: setting_up.found(draft(form, template), account, form.holder())
        )
        if assembly is None:
            return again(request, self.page, form, {"template": template})
        messages.success(request, _("Your assembly is founded. Invite people next."))
        return redirect("facilitator:dashboard", slug=assembly.slug)


def chosen(request: HttpRequest) -> dict[str, str]:
    """The organisation a link of its own page came from."""
    return {"organisation": looked_for(request, "in")}


def within_years(typed: datetime) -> datetime:
    """What was typed, if it lies in YEARS."""
    if typed.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise forms.ValidationError(
            _("Choose a year from %(first)s to %(last)s.") % years, code="year"
        )
    return typed


def proposed(template: str) -> dict[str, Any]:
    """What a template fills into the form, in the reader's language."""
    ready = READY[template]
    return {
        "question": said(ready.question),
        "prompts": "\n".join(said(prompt.wording) for prompt in ready.prompts),
        "contexts": "\n".join(said(context) for context in ready.contexts),
        "consent": said(CONSENT),
        "languages": [tongue()],
        "zone": "Europe/Paris",
    }


def draft(form: FoundingForm, template: str) -> AssemblyDraft:
    """The form as a draft. A line left as the template had it keeps its wording in every language chosen."""
    got, ready = form.cleaned_data, READY.get(template)
    known = [ready.question, CONSENT, *ready.contexts] if ready else []
    known += [prompt.wording for prompt in ready.prompts] if ready else []
    prompts = {said(p.wording): p for p in ready.prompts} if ready else {}
    tags = tuple(got["languages"])

    def worded(line: str) -> Wording:
        match = next((w for w in known if said(w) == line), None)
        return {tag: match[tag] for tag in tags if tag in match} if match else {tags[0]: line}

    def prompt(line: str) -> PromptDraft:
        match = prompts.get(line)
        return (
            PromptDraft(worded(line), match.kind, match.help)
            if match
            else PromptDraft(worded(line))
        )

    inquiry = InquiryDraft(
        question=worded(got["question"].strip()),
        languages=tags,
        prompts=tuple(prompt(line) for line in lines(got["prompts"])),
        contexts=tuple(worded(line) for line in lines(got["contexts"])),
    )
    return AssemblyDraft(
        slug=got["slug"],
        title={tags[0]: got["title"]},
        welcome=ready.welcome if ready else {},
        consent=worded(got["consent"].strip()),
        languages=tags,
        zone=got["zone"],
        inquiries=(inquiry,),
        phases={Phase.Kind.ANSWERING: form.span()},
    )


def said(wording: Mapping[str, str]) -> str:
    """A wording in the reader's language, or in English."""
    return wording.get(tongue()) or wording["en"]


def lines(text: str) -> list[str]:
    """The lines of a field that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
