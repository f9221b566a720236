"""A facilitator settles what it takes to adopt a document, puts it to the vote, and sees how many vote, never what they say."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import polls
from deliberation.artifacts.actions import ratifying
from deliberation.artifacts.models import Artifact, Poll, Version
from deliberation.artifacts.tally import Rules
from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly, Phase
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.drafting import version_here
from deliberation.web.forms import KindForm
from deliberation.web.vote_result import laid_out, shown_rules


class PercentField(forms.DecimalField):
    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=2, **more)


class ThresholdsForm(KindForm):
    """Shares in percent, as people say them."""

    approve = PercentField(
        label=gettext_lazy("Of all who approve or object, percent who have to approve")
    )
    group = PercentField(
        label=gettext_lazy("The same within each opinion group"),
        help_text=gettext_lazy("So that no group is overruled."),
    )
    quorum = forms.IntegerField(
        label=gettext_lazy("Ballots needed for a result"),
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("Fewer than five ballots never have a result."),
    )
    objecting = PercentField(
        label=gettext_lazy(
            "Percent of an opinion group behind a sustained objection that bar a clause"
        ),
    )

    kept = gettext_lazy("Kept.")

    def carry_out(self, version: Version) -> Artifact:
        """Raises as ratifying.set_thresholds does."""
        got = self.cleaned_data
        rules = Rules(float(got["approve"] / 100), float(got["group"] / 100), got["quorum"])
        return ratifying.set_thresholds(version.artifact, rules, float(got["objecting"] / 100))


class OpeningForm(KindForm):
    sure = forms.BooleanField(
        label=gettext_lazy(
            "From now on no word and no threshold can be changed, and nobody else comes onto the roll."
        ),
        error_messages={"required": gettext_lazy("Please tick this first: it cannot be undone.")},
    )
    kept = gettext_lazy("The vote is open as soon as its time comes. Tell people.")

    def carry_out(self, version: Version) -> Poll:
        """Raises as ratifying.open_ballot does."""
        return ratifying.open_ballot(version)


class Vote(View):
    page = "facilitator/vote.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        return render(request, self.page, around(assembly, version))

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        wish = "opening" if request.POST.get("do") == "open" else "form"
        form: OpeningForm | ThresholdsForm = FORMS[wish](request.POST)
        if form.attempt(lambda: form.carry_out(version)) is None:
            context = {**around(assembly, version), wish: form}
            return render(request, self.page, context, status=form.status)
        messages.success(request, form.kept)
        return redirect("facilitator:vote", slug=slug, version_id=version.pk)


FORMS: dict[str, type[OpeningForm | ThresholdsForm]] = {
    "opening": OpeningForm,
    "form": ThresholdsForm,
}


def around(assembly: Assembly, version: Version) -> dict[str, Any]:
    """The thresholds, and where the vote stands; what ballots say only once they are counted, as for everybody."""
    poll, result, artifact = polls.poll_of(version), polls.result_of(version), version.artifact
    return {
        **frame(assembly),
        "version": version,
        "phase": assembly.phases.filter(kind=Phase.Kind.RATIFYING).first(),
        "poll": poll,
        "frozen": artifact.versions.filter(frozen_at__isnull=False).exists(),
        "form": ThresholdsForm(initial=as_set(artifact)),
        "opening": OpeningForm(),
        "rules": shown_rules(artifact.approve_share, artifact.group_share, artifact.quorum),
        "voters": polls.voters(assembly).count(),
        "turnout": polls.turnout(version),
        "vote": laid_out(result) if result else None,
    }


def as_set(artifact: Artifact) -> dict[str, Any]:
    """The thresholds as the form holds them."""
    return {
        "approve": f"{100 * artifact.approve_share:.4g}",
        "group": f"{100 * artifact.group_share:.4g}",
        "quorum": artifact.quorum,
        "objecting": f"{100 * artifact.objecting_share:.4g}",
    }
