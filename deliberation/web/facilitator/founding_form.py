"""The form an assembly is founded with: what it begins with, and what becomes of what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from deliberation.artifacts.models import Artifact
from deliberation.assemblies.drafts import AssemblyDraft, DocumentDraft
from deliberation.assemblies.models import Phase
from deliberation.assemblies.ready import Ready, said
from deliberation.web.facilitator.spans import SpanForm
from deliberation.web.forms import language_name
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Wording

ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Start:
    """What a form begins with: a template in one language, and words laid over it, by the names of fields."""

    ready: Ready
    language: str
    words: Mapping[str, Any] = field(default_factory=dict)

    def say(self, wording: Wording) -> str:
        return said(wording, self.language)

    @property
    def initial(self) -> dict[str, Any]:
        """What each field holds at first."""
        ready = self.ready
        return {
            "question": self.say(ready.question),
            "prompts": "\n".join(self.say(prompt.wording) for prompt in ready.prompts),
            "contexts": "\n".join(self.say(context) for context in ready.contexts),
            "welcome": self.say(ready.welcome),
            "consent": self.say(ready.consent),
            "document": ready.document_kind,
            "strata": [str(n) for n in range(len(ready.strata))],
            "languages": [self.language],
            "zone": ZONE,
            **soon(),
            **self._laid_over(),
        }

    def _laid_over(self) -> dict[str, Any]:
        laid = {k: "\n".join(v) if isinstance(v, list) else v for k, v in self.words.items()}
        return {**laid, "slug": slugify(laid["title"])[:60]} if "title" in laid else laid


class FoundingForm(SpanForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("Part of its address: letters, digits and hyphens."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
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
    welcome = forms.CharField(
        label=gettext_lazy("How people are welcomed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    consent = forms.CharField(
        label=gettext_lazy("What people agree to"),
        help_text=gettext_lazy("How words are read, shown and withdrawn is said beside it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    strata = forms.MultipleChoiceField(
        label=gettext_lazy("What people may say of themselves"),
        help_text=gettext_lazy("Every one can be skipped. Ask little."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    document = forms.ChoiceField(
        label=gettext_lazy("What is to come of it"),
        choices=Artifact.Kind.choices,
        required=False,
    )

    field_order = (
        "title", "slug", "question", "prompts", "contexts", "welcome", "consent", "strata", "document", "languages", "zone",
        "starts_at", "ends_at",
    )  # fmt: skip

    def __init__(self, start: Start, data: Any = None) -> None:
        super().__init__(data, initial=start.initial)
        self.start = start
        fields: Any = self.fields
        tags = dict.fromkeys([start.language, *start.ready.languages, *dict(settings.LANGUAGES)])
        fields["languages"].choices = [(tag, language_name(tag)) for tag in tags]
        fields["strata"].choices = [
            (str(n), f"{start.say(one.wording)} ({', '.join(map(start.say, one.options))})")
            for n, one in enumerate(start.ready.strata)
        ]
        if not start.ready.strata:
            del fields["strata"]

    @property
    def laid_over(self) -> list[forms.BoundField]:
        """The fields that hold words laid over the template, in the form's order."""
        words = self.start.words
        return [one for one in self if one.name in words or (one.name == "slug" and words)]

    @property
    def others(self) -> list[forms.BoundField]:
        """All other fields."""
        laid = {one.name for one in self.laid_over}
        return [one for one in self if one.name not in laid]

    def draft(self) -> AssemblyDraft:
        """What was typed. A line left as the template had it keeps its wording in every language chosen."""
        got, ready = self.cleaned_data, self.start.ready
        chosen = got["languages"]
        first = [tag for tag in chosen if tag == self.start.language]
        tags = (*first, *(tag for tag in chosen if tag not in first))
        worded = Worded(self.start, tags)
        inquiry = InquiryDraft(
            question=worded.text(got["question"], [ready.question]),
            languages=tags,
            prompts=tuple(worded.prompt(line) for line in lines(got["prompts"])),
            contexts=tuple(worded.text(line, ready.contexts) for line in lines(got["contexts"])),
        )
        return AssemblyDraft(
            slug=got["slug"],
            title={tags[0]: got["title"]},
            welcome=worded.text(got["welcome"], [ready.welcome]),
            consent=worded.text(got["consent"], [ready.consent]),
            languages=tags,
            zone=got["zone"],
            inquiries=(inquiry,),
            phases={Phase.Kind.ANSWERING: self.span()},
            strata=tuple(ready.strata[int(n)] for n in got.get("strata", [])),
            document=self._document(got["document"]),
        )

    def _document(self, kind: str) -> DocumentDraft | None:
        if kind == self.start.ready.document_kind:
            return DocumentDraft(kind, self.start.ready.document_title)
        return DocumentDraft(kind) if kind else None


@dataclass(frozen=True, slots=True)
class Worded:
    """Lines as wordings in the languages `tags`: those of the template in each of them, all else in the first."""

    start: Start
    tags: tuple[str, ...]

    def text(self, line: str, known: Iterable[Wording]) -> Wording:
        """A line, which the template may have."""
        match = next((w for w in known if self.start.say(w) == unix(line)), None)
        if match:
            return {tag: match[tag] for tag in self.tags if tag in match}
        return {self.tags[0]: unix(line)} if line.strip() else {}

    def prompt(self, line: str) -> PromptDraft:
        """A line as a prompt; one of the template with its help and example."""
        for known in self.start.ready.prompts:
            if self.start.say(known.wording) == line:
                told = (known.wording, known.help, known.example)
                wording, help_, example = (self._kept(one) for one in told)
                return PromptDraft(wording, known.kind, help_, example)
        return PromptDraft({self.tags[0]: line})

    def _kept(self, wording: Wording) -> Wording:
        return {tag: wording[tag] for tag in self.tags if tag in wording}


def soon() -> dict[str, str]:
    """From tomorrow morning on, for two weeks, as clocks of ZONE show it."""
    today = timezone.now().astimezone(ZoneInfo(ZONE)).date()
    days = {"starts_at": (1, "09:00"), "ends_at": (15, "18:00")}
    return {name: f"{today + timedelta(days=n)}T{time}" for name, (n, time) in days.items()}


def lines(text: str) -> list[str]:
    """The lines of a field that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def unix(text: str) -> str:
    """A text with line breaks as they were typed, and none at its edges."""
    return text.replace("\r\n", "\n").strip()
