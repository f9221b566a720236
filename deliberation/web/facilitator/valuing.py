"""One value with every card in it, and all a moderator can decide on it: word it anew, fold it, part it, let it hold elsewhere."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import values
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import agreement
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import decisions_on
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import looked_for, see_other
from deliberation.web.seats import tongue
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value
from elicitation.graph.queries import cards_of, values_of
from elicitation.interview.models import Context

MOST = 200  # cards shown
OFFERED = 30  # values to fold into
K = Decision.Kind


class ValueForm(WhyForm):
    """A decision on a value as it stood at version `seen`."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, value: Value, assembly: Assembly, data: Any = None, **how: Any) -> None:
        self.value = value
        initial = {"seen": value.version, **how.pop("initial", {})}
        super().__init__(assembly, data, initial=initial, **how)

    def decide(self, bench: Bench) -> Decision:
        """Carry it out. Raises what the actions raise."""
        raise NotImplementedError


class WordForm(ValueForm):
    kinds = (K.RENAME, K.EDIT)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    policies = forms.CharField(
        label=gettext_lazy("What is attended to, one line each"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def decide(self, bench: Bench) -> Decision:
        got = self.cleaned_data
        words = got["title"], got["policies"].splitlines()
        return values.reword(bench, self.value, words, got["seen"], self.why)


class FoldForm(ValueForm):
    """`into` names a value and the version of it that was seen: "UUID:3"."""

    kinds = (K.FOLD,)
    into = forms.ChoiceField(label=gettext_lazy("The value that goes on"), widget=forms.RadioSelect)

    def __init__(self, value: Value, assembly: Assembly, data: Any = None, **how: Any) -> None:
        super().__init__(value, assembly, data, **how)
        others: Any = values_of(value.inquiry).exclude(pk=value.pk)
        if search := str(self.initial.get("search", "")):
            others = others.filter(title__icontains=search)
        sent = self.data.get(self.add_prefix("into"), "")
        offered = [
            (f"{one.pk}:{one.version}", f"{one.title} ({one.cards})") for one in others[:OFFERED]
        ]
        known = {key for key, _ in offered}
        field: Any = self.fields["into"]
        field.choices = [*offered, *([(sent, sent)] if sent and sent not in known else [])]

    def clean_into(self) -> tuple[Value, int]:
        pk, _, version = str(self.cleaned_data["into"]).partition(":")
        here = Value.objects.filter(inquiry=self.value.inquiry_id)
        found = here.filter(pk=pk).first() if is_uuid(pk) else None
        if found is None or not version.isdigit():
            raise forms.ValidationError(gettext_lazy("Choose a value of the list."))
        return found, int(version)

    def decide(self, bench: Bench) -> Decision:
        into, version = self.cleaned_data["into"]
        seen = {self.value.pk: self.cleaned_data["seen"], into.pk: version}
        return values.fold(bench, self.value, into, seen, self.why)


class SplitForm(ValueForm):
    kinds = (K.SPLIT,)
    cards = forms.ModelMultipleChoiceField(queryset=Candidate.objects.none(), required=False)

    def __init__(self, value: Value, assembly: Assembly, data: Any = None, **how: Any) -> None:
        super().__init__(value, assembly, data, **how)
        choice: Any = self.fields["cards"]
        choice.queryset = Candidate.objects.filter(evidence__value__root=value)

    def decide(self, bench: Bench) -> Decision:
        got = self.cleaned_data
        return values.split(bench, self.value, list(got["cards"]), got["seen"], self.why)


class SpokenContext(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, context: Any) -> str:
        said: str = context.said_in(tongue())
        return said


class MoveForm(ValueForm):
    kinds = (K.MOVE,)
    contexts = SpokenContext(
        queryset=Context.objects.none(),
        label=gettext_lazy("It holds when"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, value: Value, assembly: Assembly, data: Any = None, **how: Any) -> None:
        super().__init__(value, assembly, data, **how)
        choice: Any = self.fields["contexts"]
        here = Q(retired_at=None) | Q(holds__value=value)  # and where it holds already
        choice.queryset = value.inquiry.contexts.filter(here).distinct()

    def decide(self, bench: Bench) -> Decision:
        got = self.cleaned_data
        return values.move(bench, self.value, list(got["contexts"]), got["seen"], self.why)


def is_uuid(text: str) -> bool:
    """Whether a text that came in names an id at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


FORMS: Mapping[str, type[ValueForm]] = {
    "word": WordForm,
    "fold": FoldForm,
    "split": SplitForm,
    "move": MoveForm,
}


class ValuePage(View):
    page = "facilitator/value.html"

    def get(self, request: HttpRequest, slug: str, value_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        value = gates.value(assembly, value_id)
        return render(request, self.page, around(request, assembly, value))

    def post(self, request: HttpRequest, slug: str, value_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        value = gates.value(assembly, value_id)
        account: Any = request.user
        do = request.POST.get("do", "")
        form = FORMS.get(do, WordForm)(value, assembly, request.POST, prefix=do)
        decision = form.attempt(lambda: form.decide(Bench(assembly, account)))
        if decision is None:
            value.refresh_from_db()
            context = {**around(request, assembly, value), do: form, "refused": form}
            return render(request, self.page, context, status=form.status)
        messages.success(request, DONE[K(decision.kind)])
        goes_on = decision.other_id if decision.kind == K.FOLD else value.pk
        return see_other("facilitator:value", slug=slug, value_id=goes_on)


DONE = {
    K.FOLD: gettext_lazy("Folded: this value goes on with both. It can be undone."),
    K.SPLIT: gettext_lazy("Split: the chosen cards stand in a value of their own now."),
    K.RENAME: gettext_lazy("Renamed."),
    K.EDIT: gettext_lazy("Worded anew."),
    K.MOVE: gettext_lazy("Moved."),
}


def around(request: HttpRequest, assembly: Assembly, value: Value) -> dict[str, Any]:
    """The value, its cards, a form for each thing that can be decided, and what was decided before."""
    start: Mapping[str, Callable[[], dict[str, Any]]] = {
        "word": lambda: {"title": value.title, "policies": "\n".join(value.policies)},
        "fold": lambda: {"search": looked_for(request)},
        "split": dict,
        "move": lambda: {"contexts": [held.context_id for held in value.held_in.all()]},
    }
    blank = {
        name: form(value, assembly, prefix=name, initial=start[name]())
        for name, form in FORMS.items()
    }
    cards = cards_of(value, MOST)
    return {
        **frame(assembly),
        **(blank if not value.retired_at else {}),
        "value": value,
        "cards": cards,
        "count": Candidate.objects.filter(evidence__value__root=value).count(),
        "held_in": [(held, held.context.said_in(tongue())) for held in value.held_in.all()],
        "folded": value.tree.exclude(pk=value.pk),
        "decisions": decisions_on(value),
        "agreement": agreement(value),
        "search": looked_for(request),
    }
