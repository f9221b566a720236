"""Keep the words of an answer from others, with a reason its author can read, and put them back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import showing
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import NothingToUndo
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import hiding_of, ruled_by, worded_by
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import again, see_other
from elicitation.interview.models import Response


class HideForm(WhyForm):
    kinds = ("hide",)


class RestoreForm(WhyForm):
    kinds = ("restore",)


class Hiding(View):
    """Hide what is shown, or show again what is hidden."""

    page = "facilitator/hiding.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        response = gates.answer(assembly, response_id)
        hidden = hiding_of(response)
        form = (RestoreForm if hidden else HideForm)(assembly)
        return render(request, self.page, {**around(assembly, response), "form": form})

    def post(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        response = gates.answer(assembly, response_id)
        account: Any = request.user
        bench, hidden = Bench(assembly, account), request.POST.get("do") == "restore"
        form = (RestoreForm if hidden else HideForm)(assembly, request.POST)
        act = self._restore if hidden else self._hide
        if form.attempt(lambda: act(bench, response, form)) is None:
            return again(request, self.page, form, around(assembly, response))
        messages.success(
            request, _("They are shown again.") if hidden else _("Hidden. Its author can read why.")
        )
        return see_other("facilitator:hiding", slug=slug, response_id=response_id)

    def _hide(self, bench: Bench, response: Response, form: WhyForm) -> Decision:
        return showing.hide(bench, response, form.why)

    def _restore(self, bench: Bench, response: Response, form: WhyForm) -> Decision:
        hidden = hiding_of(response)
        if hidden is None:
            raise NothingToUndo
        return showing.restore(bench, hidden, form.why)


def around(assembly: Assembly, response: Response) -> dict[str, Any]:
    """The answer, whether it is hidden, and values and shared rules that carry its words."""
    return {
        **frame(assembly),
        "response": response,
        "latest": response.latest,
        "hidden": hiding_of(response),
        "worded": worded_by(response),
        "ruled": ruled_by(response),
    }
