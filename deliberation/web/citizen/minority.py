"""Minority statements on a document put to the vote: state what one holds against it, sign what others state."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import polls
from deliberation.artifacts.actions import minority
from deliberation.artifacts.models import MinorityStatement, Signature, Version
from deliberation.artifacts.models.contesting import LONGEST
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.voting import phase_of, put_to_vote
from deliberation.web.forms import KindForm, SeeOther, again, see_other, unix_breaks
from deliberation.web.seats import seat


class StatingForm(KindForm):
    text = forms.CharField(
        label=gettext_lazy("What do you hold against it?"),
        max_length=LONGEST,
        help_text=gettext_lazy("Printed with the document, with the number of people who sign."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5}),
    )
    clause = forms.TypedChoiceField(
        required=False, label=gettext_lazy("Against what"), empty_value=None
    )

    def __init__(self, version: Version, data: Any = None) -> None:
        super().__init__(data)
        clauses = {str(clause.pk): clause for clause in version.clauses.all()}
        choice: Any = self.fields["clause"]
        choice.coerce = clauses.__getitem__
        numbered = enumerate(clauses.items(), start=1)
        choice.choices = [
            ("", _("the document as a whole")),
            *((pk, f"{number}. {clause}") for number, (pk, clause) in numbered),
        ]


class RewordingForm(KindForm):
    text = forms.CharField(
        label=gettext_lazy("Your statement"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5}),
    )


class Statements(View):
    page = "citizen/statements.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        version = put_to_vote(member, version_id)
        return render(request, self.page, {"form": StatingForm(version), **around(member, version)})

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        version = put_to_vote(member, version_id)
        form = StatingForm(version, unix_breaks(request.POST))
        stated = form.attempt(lambda: minority.state(member, version.artifact, **form.cleaned_data))
        if stated is None:
            return again(request, self.page, form, around(member, version))
        messages.success(request, _("Kept. You are the first to sign it."))
        return see_other("citizen:statements", slug=slug, version_id=version.pk)


class Statement(View):
    """Sign a statement, or sign it no more; put one's own in other words, or withdraw it."""

    page = "citizen/statement.html"

    def get(
        self, request: HttpRequest, slug: str, version_id: UUID, statement_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        version = put_to_vote(member, version_id)
        statement = _own(member, standing(version, statement_id))
        form = RewordingForm(initial={"text": statement.text})
        context = {"form": form, "statement": statement, **around(member, version)}
        return render(request, self.page, context)

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, statement_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        version = put_to_vote(member, version_id)
        statement = standing(version, statement_id)
        wish = request.POST.get("do")
        if wish == "change":
            form = RewordingForm(unix_breaks(request.POST))
            if (
                form.attempt(lambda: minority.change(member, statement, **form.cleaned_data))
                is None
            ):
                context = {"statement": statement, **around(member, version)}
                return again(request, self.page, form, context)
        elif wish in DEEDS:
            DEEDS[wish](member, statement)
        messages.success(request, _("Kept."))
        address = see_other("citizen:statements", slug=slug, version_id=version.pk).url
        return SeeOther(f"{address}#statement-{statement_id}")


DEEDS = {"sign": minority.sign, "unsign": minority.unsign, "withdraw": minority.withdraw}


def standing(version: Version, statement_id: UUID) -> MinorityStatement:
    """A statement that stands with a version. Raises NotHere."""
    if (
        found := polls.minority_of(version)
        .select_related("artifact")
        .filter(pk=statement_id)
        .first()
    ):
        return found
    raise NotHere


def around(member: Membership, version: Version) -> dict[str, Any]:
    """The statements that stand, with how many signed, and which this member wrote or signed."""
    phase, me = phase_of(member), member.respondent_id
    stand = polls.minority_of(version)
    signed = set(
        Signature.objects.filter(statement__in=stand.values("pk"), respondent=me).values_list(
            "statement", flat=True
        )
    )
    begun = phase is not None and not phase.is_ahead
    return {
        "assembly": member.assembly,
        "version": version,
        "told": [(one, one.respondent_id == me, one.pk in signed) for one in stand],
        "is_open": begun and version.published_at is None,
        "phase": phase,
    }


def _own(member: Membership, statement: MinorityStatement) -> MinorityStatement:
    if statement.respondent_id != member.respondent_id:
        raise NotHere
    return statement
