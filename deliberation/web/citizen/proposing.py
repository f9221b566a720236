"""A citizen proposes what everybody may be asked: when ..., this is wiser than that; with a story, if they like."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions import judging
from deliberation.assemblies.models import Membership
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.judging import around
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.models import Transition, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.graph.open_pairs import own_values
from elicitation.graph.queries import values_of
from elicitation.interview.models import Context

MOST = 300  # values to choose from; one's own are always among them


class OneOfHundreds(forms.Select):
    """A choice among hundreds, written at once: a template for each of them took most of the page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The whole of it."""
        told = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = self.format_value(value)
        rows = ((flatatt({"value": key, "selected": str(key) in chosen}), said) for key, said in self.choices)  # fmt: skip
        options = format_html_join("", "<option{}>{}</option>", rows)
        return format_html("<select{}>{}</select>", flatatt(told), options)


class ProposingForm(KindForm):
    """Two values and a context of this assembly."""

    context = forms.ChoiceField(label=gettext_lazy("When?"), required=False)
    wiser = forms.ChoiceField(label=gettext_lazy("This is wiser there ..."), widget=OneOfHundreds)
    less = forms.ChoiceField(label=gettext_lazy("... than this"), widget=OneOfHundreds)
    story = forms.CharField(
        label=gettext_lazy("How does somebody come to see it so?"),
        help_text=gettext_lazy(
            "If you like, a short story without names. Others see it only once the people who run the assembly have looked at it."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, member: Membership, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Context.objects.standing().filter(inquiry__assemblies=member.assembly)
        self.contexts = {str(context.pk): context for context in here}
        self.values = {str(value.pk): value for value in to_choose(member)}
        named = [(pk, value.title) for pk, value in self.values.items()]
        chosen: list[tuple[str, Any]] = [("", gettext_lazy("choose one"))]
        fields: Any = self.fields
        fields["wiser"].choices = fields["less"].choices = [*chosen, *named]
        fields["context"].choices = [
            ("", gettext_lazy("in general")),
            *((pk, context.said_in(language)) for pk, context in self.contexts.items()),
        ]
        for name in ("context", "wiser", "less"):
            fields[name].widget.attrs["dir"] = "auto"

    def propose(self, member: Membership, language: str) -> Transition:
        """Raises what judging.propose raises."""
        got = self.cleaned_data
        proposal = Proposal(
            less=self.values[got["less"]],
            wiser=self.values[got["wiser"]],
            context=self.contexts.get(got["context"]),
            story=got["story"],
            language=language,
        )
        return judging.propose(member, proposal)


class Proposing(View):
    page = "citizen/proposing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        language = spoken(request, member.assembly.languages)
        form = ProposingForm(member, language)
        return render(request, self.page, {**around(member), "form": form, "most": MOST})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        language = spoken(request, member.assembly.languages)
        form = ProposingForm(member, language, unix_breaks(request.POST, "story"))
        if form.attempt(lambda: form.propose(member, language)) is None:
            return again(request, self.page, form, {**around(member), "most": MOST})
        messages.success(request, _("Thank you. Others will be asked about it."))
        return see_other("citizen:judging", slug=slug)


def to_choose(member: Membership) -> list[Value]:
    """The values most cards stand in, and the member's own, by title."""
    inquiries = member.assembly.inquiries.all()
    most = [value for inquiry in inquiries for value in values_of(inquiry)[:MOST]]
    own = own_values(member.respondent).filter(inquiry__in=inquiries, retired_at=None)
    found: dict[UUID, Value] = {value.pk: value for value in (*most, *own)}
    return sorted(found.values(), key=lambda value: value.title.casefold())
