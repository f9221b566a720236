"""A citizen votes on a document: reads it whole, says one thing to every clause, looks at it once more, casts it, and may change it."""

from collections.abc import Mapping
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
from deliberation.artifacts.actions import minority, objecting, ratifying
from deliberation.artifacts.models import Ballot, Clause, Said, Version
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from deliberation.web.citizen.joining import agreed
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat
from deliberation.web.vote_result import laid_out, shown_rules

MISSING = gettext_lazy("Please choose one.")


class BallotForm(KindForm):
    """One choice for each clause, and one for the whole."""

    whole = forms.ChoiceField(
        label=gettext_lazy("The document as a whole"),
        choices=Said,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )

    def __init__(self, clauses: list[Clause], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.clauses = clauses
        for number, clause in enumerate(clauses, start=1):
            self.fields[str(clause.pk)] = forms.ChoiceField(
                label=_("Clause %(number)s") % {"number": number},
                choices=Said,
                widget=forms.RadioSelect,
                error_messages={"required": MISSING},
            )

    def lines(self) -> list[tuple[Clause, Any]]:
        """Each clause with its field."""
        return [(clause, self[str(clause.pk)]) for clause in self.clauses]

    def chosen(self) -> list[tuple[str, str, str]]:
        """What the ballot says, line by line: the field's name, the code, the words."""
        names = [*(str(clause.pk) for clause in self.clauses), "whole"]
        return [
            (name, self.cleaned_data[name], str(Said(self.cleaned_data[name]).label))
            for name in names
        ]

    def carry_out(self, member: Membership, version: Version) -> str:
        """Returns the slip. Raises as ratifying.cast does."""
        lines = {str(clause.pk): self.cleaned_data[str(clause.pk)] for clause in self.clauses}
        return ratifying.cast(member, version, self.cleaned_data["whole"], lines)


class Votes(View):
    """All there is to vote on now; straight to it where it is one thing."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        put = [v for v in polls.put_to_vote(member.assembly) if v.published_at is None]
        if len(put) == 1:
            return redirect("citizen:voting", slug, put[0].pk)
        context = {"assembly": member.assembly, "versions": put, "phase": phase_of(member)}
        return render(request, "citizen/votes.html", context)


class Voting(View):
    page = "citizen/voting.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        context = around(member, put_to_vote(member, version_id))
        form = BallotForm(context["clauses"], initial=said_by(context["ballot"]))
        return render(request, self.page, {**context, "form": form})

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        version = put_to_vote(member, version_id)
        context = around(member, version)
        wish, sent = request.POST.get("do"), request.POST
        if wish in {"change", "rest"}:
            typed = filled(context["clauses"], sent, Said.APPROVE if wish == "rest" else "")
            form = BallotForm(context["clauses"], initial=typed)
            return render(request, self.page, {**context, "form": form, "writing": True})
        form = BallotForm(context["clauses"], sent)
        if wish != "cast" and form.is_valid():
            return render(request, "citizen/voting_review.html", {**context, "form": form})
        if form.attempt(lambda: form.carry_out(member, version)) is None:
            return again(request, self.page, form, {**context, "writing": True})
        messages.success(
            request, _("Your ballot is in the box. You can change it until the close.")
        )
        return see_other("citizen:voting", slug=slug, version_id=version.pk)


class TakingBack(View):
    """Have cast no ballot."""

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        ratifying.take_back(member, put_to_vote(member, version_id))
        messages.success(request, _("Your ballot is taken back. Nothing of it is kept."))
        return see_other("citizen:voting", slug=slug, version_id=version_id)


class Erasing(View):
    """Take back one's part in votes: ballots that are not counted, one's place on the roll, one's statements, objections and signatures."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        ratifying.forget(member)
        minority.forget(member)
        objecting.forget(member)
        messages.success(request, _("Your part in votes on documents is erased."))
        return see_other("citizen:mine", slug=slug)


def put_to_vote(member: Membership, version_id: UUID) -> Version:
    """A version of the member's assembly that is or was put to the vote. Raises NotHere."""
    if found := polls.put_to_vote(member.assembly).filter(pk=version_id).first():
        return found
    raise NotHere


def phase_of(member: Membership) -> Phase | None:
    """When people vote."""
    return member.assembly.phases.filter(kind=Phase.Kind.RATIFYING).first()


def said_by(ballot: Ballot | None) -> dict[str, str]:
    """A ballot as a form holds it."""
    return {**ballot.lines, "whole": ballot.whole} if ballot else {}


def filled(clauses: list[Clause], sent: Mapping[str, Any], rest: str) -> dict[str, str]:
    """What was chosen so far, with `rest` for every clause nothing was chosen for. The whole is for the voter alone to judge."""
    lines = {str(c.pk): sent.get(str(c.pk)) or rest for c in clauses}
    return {**lines, "whole": sent.get("whole", "")}


def around(member: Membership, version: Version) -> dict[str, Any]:
    """The document and where its vote stands; one's own ballot as long as the slip can be made."""
    poll, phase, artifact = version.poll, phase_of(member), version.artifact
    slip = polls.slip_of(member, poll)
    ballot, result = polls.ballot_of(slip, version) if slip else None, polls.result_of(version)
    is_open = poll.is_open and phase is not None and phase.is_open
    return {
        "assembly": member.assembly,
        "version": version,
        "clauses": list(version.clauses.all()),
        "phase": phase,
        "may_vote": polls.is_on_roll(member, version),
        "is_open": is_open,
        "writing": is_open and ballot is None,
        "slip": slip,
        "ballot": ballot,
        "turnout": polls.turnout(version),
        "rules": shown_rules(artifact.approve_share, artifact.group_share, artifact.quorum),
        "vote": laid_out(result) if result else None,
        "statements": polls.minority_of(version).count(),
    }
