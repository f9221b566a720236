"""Everybody sees how a document was voted on, once it is counted; until then how many have voted. A slip finds its ballot again."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.artifacts import polls
from deliberation.artifacts.models import Ballot, Said, Version
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Phase
from deliberation.web.forms import KindForm
from deliberation.web.public.reading import assembly_of
from deliberation.web.seats import spoken
from deliberation.web.vote_result import laid_out, shown_rules


class SlipForm(KindForm):
    slip = forms.CharField(
        label=_("Your slip"),
        max_length=60,
        help_text=_("Sixteen letters and digits, shown when you cast your ballot."),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class Vote(View):
    page = "public/vote.html"

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = voted_on(assembly_of(request, slug), artifact_id, number)
        return render(request, self.page, {"form": SlipForm(), **around(request, version)})

    def post(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        """Sent, so that a slip is in no address and no log."""
        version = voted_on(assembly_of(request, slug), artifact_id, number)
        form = SlipForm(request.POST)
        ballot = form.attempt(lambda: found(form.cleaned_data["slip"], version))
        context = {"form": form, **around(request, version)}
        if ballot is None:
            return render(request, self.page, context, status=form.status)
        return render(request, self.page, {**context, "ballot": ballot, "said": said(ballot)})


def voted_on(assembly: Assembly, artifact_id: UUID, number: int) -> Version:
    """A version that is or was put to the vote. Raises NotHere."""
    here = polls.put_to_vote(assembly).filter(artifact=artifact_id, number=number)
    if version := here.first():
        return version
    raise NotHere


def found(slip: str, version: Version) -> Ballot:
    """The ballot of a slip. Raises NotHere."""
    if ballot := polls.ballot_of(slip, version):
        return ballot
    raise NotHere


def said(ballot: Ballot) -> list[tuple[int, Any, str]]:
    """What a ballot says to each clause: its number, the clause, the words."""
    clauses = enumerate(ballot.version.clauses.all(), start=1)
    return [(n, clause, str(Said(ballot.lines[str(clause.pk)]).label)) for n, clause in clauses]


def around(request: HttpRequest, version: Version) -> dict[str, Any]:
    """Where a vote stands, for everybody."""
    artifact, result = version.artifact, polls.result_of(version)
    assembly = artifact.assembly
    return {
        "assembly": assembly,
        "title": assembly.titled_in(spoken(request, assembly.languages)),
        "version": version,
        "phase": assembly.phases.filter(kind=Phase.Kind.RATIFYING).first(),
        "turnout": polls.turnout(version),
        "rules": shown_rules(artifact.approve_share, artifact.group_share, artifact.quorum),
        "vote": laid_out(result) if result else None,
    }
