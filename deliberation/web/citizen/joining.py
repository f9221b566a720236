"""A citizen comes in: by a link, by a code typed or scanned. A seat is taken only when they agree."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.web.forms import KindForm, again
from deliberation.web.seats import seated, sit, tongue

SEE_OTHER = 303


class CodeForm(KindForm):
    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_(
            "Sixteen letters and digits, such as 7Q2M-0XKD-R4TB-9HCE. Capitals do not matter."
        ),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class Typed(View):
    page = "citizen/join.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        code = form.data.get("code", "")
        if form.attempt(lambda: gates.invitation(code)):
            return redirect("citizen:welcome", code=code.strip())
        if form.is_bound and "code" in form.cleaned_data and _is_receipt(code):
            return redirect("citizen:back", code=code.strip())
        return again(request, self.page, form)


class Welcome(View):
    """What it is about and what one agrees to. Looking takes no seat, for link previews look too."""

    page = "citizen/welcome.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        assembly = gates.invitation(code).assembly
        if member := seated(request, assembly.slug):
            return onward(member)
        words = {"welcome": assembly.welcome_in(tongue()), "consent": assembly.consent_in(tongue())}
        context = {"assembly": assembly, "title": assembly.titled_in(tongue()), **words}
        context["prompts"] = queries.prompts_of(assembly).count()
        return render(request, self.page, context)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        invitation = gates.invitation(code)
        member = seated(request, invitation.assembly.slug)
        if member is None:
            member = taking_part.join(invitation, tongue())
            taking_part.agree(member)
            sit(request, member)
        return onward(member)


def onward(member: Membership) -> HttpResponse:
    """To the next prompt, or to one's own answers where all are answered."""
    slug = member.assembly.slug
    if prompt := queries.next_prompt(member):
        return redirect("citizen:answering", slug=slug, prompt_id=prompt.pk)
    return redirect("citizen:mine", slug=slug)


def _is_receipt(code: str) -> bool:
    """Whether somebody typed the code of their receipt where an invitation's belongs."""
    try:
        return bool(gates.returning(code))
    except NotHere:
        return False
