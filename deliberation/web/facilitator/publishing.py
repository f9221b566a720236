"""Two people who run the assembly stand by a version and publish it; then its files are made, and everybody sees how far they are."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import polls, queries
from deliberation.artifacts.actions import printing, publishing
from deliberation.artifacts.models import Version
from deliberation.artifacts.models.documents import LONGEST_NOTE
from deliberation.artifacts.readiness import ready
from deliberation.assemblies import gates
from deliberation.assemblies.models import Role
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.drafting import version_here
from deliberation.web.forms import KindForm, see_other
from elicitation.errors import DomainError


class ChangedForm(KindForm):
    words = forms.CharField(
        required=False,
        label=gettext_lazy("What is other than in the version before, and why"),
        help_text=gettext_lazy("In a sentence or two; printed with the document."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class Publishing(View):
    page = "facilitator/publishing.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(version_here(assembly, version_id), request.user))

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        wish, form = request.POST.get("do", ""), ChangedForm(request.POST)
        if form.attempt(lambda: self._do(wish, version, request, form)) is None:
            context = {**around(version, request.user), "form": form}
            return render(request, self.page, context, status=form.status)
        messages.success(request, DONE[wish] if wish in DONE else _("Kept."))
        return see_other("facilitator:publishing", slug=slug, version_id=version.pk)

    def _do(self, wish: str, version: Version, request: HttpRequest, form: ChangedForm) -> bool:
        """Raises as the actions of publishing do."""
        if wish == "sign":
            publishing.sign(version, request.user)
        elif wish == "unsign":
            publishing.unsign(version, request.user)
        elif wish == "publish":
            publishing.publish(version)
        elif wish == "again":
            printing.try_again(version)
        else:
            publishing.say_what_changed(version, form.cleaned_data["words"])
        return True


DONE = {
    "sign": gettext_lazy("You stand by this version as it is."),
    "unsign": gettext_lazy("You do not stand by it any more."),
    "publish": gettext_lazy("Published. Everybody can read it now; its files are being made."),
    "again": gettext_lazy("They are tried anew."),
}


def around(version: Version, account: Any) -> dict[str, Any]:
    """What still stands in the way, who has signed, and the files."""
    signed = version.sign_offs.select_related("user").order_by("at")
    return {
        **frame(version.artifact.assembly),
        "version": version,
        "form": ChangedForm(initial={"words": version.changed}),
        "obstacle": "" if version.published_at else obstacle(version),
        "signed": [one.user for one in signed],
        "mine": any(one.user_id == account.pk for one in signed),
        "needed": publishing.SIGNERS,
        "enough": len(signed) >= publishing.SIGNERS,
        "alone": version.artifact.assembly.roles.filter(kind=Role.Kind.FACILITATOR).count() < 2,
        **queries.files_of(version),
    }


def obstacle(version: Version) -> str:
    """Why it could not be published now, signatures aside; "" where it could."""
    try:
        polls.ensure_publishable(version)
        ready(version)
    except DomainError as refused:
        return str(refused)
    return ""
