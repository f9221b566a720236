"""Keys for programs: who may come in by one makes it, sees it once, and ends it. Facilitators see and end everybody's; researchers their own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates, tokens
from deliberation.assemblies.actions.tokens import end_token, make_token
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Role, Token
from deliberation.assemblies.queries import is_facilitator
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import tongue

LASTS = {30: gettext_lazy("30 days"), 90: gettext_lazy("90 days"), 365: gettext_lazy("a year")}
LISTED = 50


class TokenForm(KindForm):
    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy("Such as the name of the program, so that you know it again."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"),
        help_text=gettext_lazy("Never more than you may yourself, at the moment it is used."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long does it last?"),
        choices=[*LASTS.items()],
        coerce=int,
        initial=90,
    )

    def __init__(self, scopes: Iterable[Token.Scope], data: Any = None) -> None:
        super().__init__(data)
        choice: Any = self.fields["scopes"]
        choice.choices = [(scope, scope.label) for scope in scopes]


class Programs(View):
    """The tokens of an assembly that somebody may see, and a form for another one. The secret is on the page that answers the form, and nowhere after."""

    page = "parts/programs.html"
    kind: Role.Kind

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = self._assembly(request, slug)
        return render(request, self.page, self._around(request, assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly, account = self._assembly(request, slug), self._account(request)
        form = TokenForm(tokens.scopes_for(assembly, account), request.POST)
        made = form.attempt(lambda: make_token(assembly, account, **form.cleaned_data))
        if made is None:
            return again(request, self.page, form, self._around(request, assembly))
        token, secret = made
        shown = {**self._around(request, assembly), "made": token, "secret": secret}
        answer = render(request, self.page, shown)
        answer["Cache-Control"] = "no-store"
        return answer

    def _assembly(self, request: HttpRequest, slug: str) -> Assembly:
        return gates.staff(slug, request.user, self.kind)

    def _account(self, request: HttpRequest) -> Any:
        return request.user

    def _around(self, request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
        account = self._account(request)
        found = seen_by(assembly, account).select_related("account")
        return {
            "assembly": assembly,
            "title": assembly.titled_in(tongue()),
            "kind": self.kind.value,
            "nav": f"{self.kind.value}/nav.html",
            "form": TokenForm(tokens.scopes_for(assembly, account)),
            "tokens": found.filter(ended_at=None)[:LISTED],
            "ending": f"{self.kind.value}:ending_token",
            "me": account.pk,
        }


class Ending(View):
    """One token opens nothing any more."""

    kind: Role.Kind

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.staff(slug, request.user, self.kind)
        account: Any = request.user
        found = seen_by(assembly, account).filter(pk=pk).first()
        if found is None:
            raise NotHere
        end_token(found)
        messages.success(request, _("Ended: nobody comes in with it any more."))
        return see_other(f"{self.kind.value}:programs", slug=slug)


def seen_by(assembly: Assembly, account: Any) -> Any:
    """The tokens of an assembly somebody may see and end: who runs it all of them, others their own."""
    own = {} if is_facilitator(account, assembly) else {"account": account.pk}
    return assembly.tokens.filter(**own)
