"""What AI systems propose: whether they may, all that was proposed, and deciding on one of them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation import waiting
from deliberation.moderation.actions import proposing
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Decision, MachineProposal, Thing
from deliberation.moderation.why import BEFORE_PEOPLE
from deliberation.web.facilitator.bench import bench_of, open_to_decide
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import SeeOther, again, see_other

K = Decision.Kind
PAGE = 25
DONE = {
    K.SHOW_AI: gettext_lazy("Put before people, as the words of an AI."),
    K.DROP_AI: gettext_lazy("Left out, with your reason."),
}


class ProposalForm(WhyForm):
    """A decision on what an AI system proposes."""

    kinds = tuple(DONE)
    kind = forms.ChoiceField(choices=[(one.value, one.label) for one in DONE])

    def decide(self, bench: Bench, proposal: MachineProposal) -> Decision:
        """Carry out what was chosen. Raises HeldByOther and what the actions raise."""
        waiting.ensure_free(bench, Item(Thing.PROPOSAL, proposal.pk))
        if self.cleaned_data["kind"] == K.DROP_AI:
            return proposing.drop_proposal(bench, proposal, self.why)
        why = self.why if self.why.is_given else BEFORE_PEOPLE
        return proposing.show_proposal(bench, proposal, why)


class Proposals(View):
    """Whether AI systems may propose here, and all they did."""

    page = "facilitator/machine_proposals.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        found = assembly.machine_proposals.select_related("agent").order_by("-made_at", "-pk")
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context = {
            **frame(assembly),
            "page": page,
            "most": proposing.MOST,
            "most_waiting": proposing.MOST_WAITING,
        }
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        wish = request.POST.get("do")
        if wish not in ("permit", "stop"):
            raise NotHere
        permit_proposals(assembly, wish == "permit")
        if wish == "permit":
            messages.success(request, _("From now on programs with a token for it may propose."))
        else:
            messages.success(request, _("Programs may propose nothing any more. What they proposed stays as it is."))  # fmt: skip
        return see_other("facilitator:machine_proposals", slug=slug)


class OneProposal(View):
    """One proposal. To open it is to hold it while it waits, so that another moderator sees who has it."""

    page = "facilitator/machine_proposal.html"

    def get(self, request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
        bench = bench_of(request, slug)
        proposal = proposal_of(bench.assembly, proposal_id)
        open_to_decide(bench, Item(Thing.PROPOSAL, proposal.pk))
        context = {"form": ProposalForm(bench.assembly), **around(bench, proposal)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
        bench = bench_of(request, slug)
        proposal = proposal_of(bench.assembly, proposal_id)
        if request.POST.get("do") == "erase":
            proposing.take_back_proposal(proposal, "facilitator")
            messages.success(request, _("Taken back: its words are erased."))
            return see_other("facilitator:machine_proposals", slug=slug)
        form = ProposalForm(bench.assembly, request.POST)
        decision = form.attempt(lambda: form.decide(bench, proposal))
        if decision is None:
            return again(request, self.page, form, around(bench, proposal))
        messages.success(request, DONE[K(decision.kind)])
        return SeeOther(f"{reverse('facilitator:queue', args=[slug])}?kind={Thing.PROPOSAL}")


def proposal_of(assembly: Assembly, proposal_id: UUID) -> MachineProposal:
    """A proposal made in this assembly. Raises NotHere."""
    here = assembly.machine_proposals.select_related("agent", "inquiry")
    if found := here.filter(pk=proposal_id).first():
        return found
    raise NotHere


def around(bench: Bench, proposal: MachineProposal) -> dict[str, Any]:
    """The proposal, who holds it, and what was decided."""
    item = Item(Thing.PROPOSAL, proposal.pk)
    return {
        **frame(bench.assembly),
        "proposal": proposal,
        "waits": proposal.state == MachineProposal.State.WAITING,
        "holder": waiting.holder(bench, item),
        "key": f"{item.kind}:{item.thing}:{item.version}",
        "decided": proposal.decisions.living().select_related("grounds").last(),
    }
