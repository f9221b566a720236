"""A person's rule that waits: it becomes a shared rule, joins one, or is left out with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation import waiting
from deliberation.moderation.actions import rules
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.why import RULE_FITS, SAME_RULE
from deliberation.web.facilitator.bench import bench_of, open_to_decide
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import SeeOther, again, looked_for
from elicitation.extraction.models import NormCandidate
from elicitation.graph.models import Norm
from elicitation.graph.norms import closest_first, norms_of

K = Decision.Kind
SHOWN = 50
DONE = {
    K.ACCEPT_RULE: gettext_lazy("Accepted as a shared rule."),
    K.JOIN_RULE: gettext_lazy("Joined to the shared rule. Its author is asked whether it still says what they meant."),
    K.DROP_RULE: gettext_lazy("Left out, with your reason."),
    K.REMOVE_RULE: gettext_lazy("Taken out of the shared rules, with your reason."),
}  # fmt: skip

LEFT_OUT = {K.DROP_RULE: rules.drop_rule, K.REMOVE_RULE: rules.remove_rule}


class RuleForm(WhyForm):
    """A decision on a rule as it stood at version `seen`."""

    kinds = tuple(DONE)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(one.value, one.label) for one in DONE])
    norm = forms.ModelChoiceField(queryset=Norm.objects.none(), required=False)

    def __init__(self, assembly: Assembly, rule: NormCandidate, data: Any = None) -> None:
        super().__init__(assembly, data, initial={"seen": rule.version})
        choice: Any = self.fields["norm"]
        choice.queryset = norms_of([rule.revision.response.prompt.inquiry])

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("kind") == K.JOIN_RULE and not got.get("norm"):
            self.add_error("norm", gettext_lazy("Choose the shared rule it belongs to."))
        return got

    def decide(self, bench: Bench, rule: NormCandidate) -> Decision:
        """Carry out what was chosen. Raises HeldByOther and what the actions of moderation raise."""
        got, why = self.cleaned_data, self.why
        waiting.ensure_free(bench, Item(Thing.RULE, rule.pk, got["seen"]))
        if got["kind"] == K.JOIN_RULE:
            why = why if why.is_given else SAME_RULE
            return rules.join_rule(bench, rule, got["seen"], got["norm"], why)
        if got["kind"] in LEFT_OUT:
            return LEFT_OUT[got["kind"]](bench, rule, got["seen"], why)
        return rules.accept_rule(bench, rule, got["seen"], why if why.is_given else RULE_FITS)


class Ruling(View):
    page = "facilitator/ruling.html"

    def get(self, request: HttpRequest, slug: str, rule_id: UUID) -> HttpResponse:
        """Show the rule. To open it is to hold it while it waits, so that another moderator sees who has it."""
        bench = bench_of(request, slug)
        rule = gates.rule(bench.assembly, rule_id)
        open_to_decide(bench, Item(Thing.RULE, rule.pk, rule.version))
        context = {"form": RuleForm(bench.assembly, rule), **around(request, bench, rule)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, rule_id: UUID) -> HttpResponse:
        bench = bench_of(request, slug)
        rule = gates.rule(bench.assembly, rule_id)
        form = RuleForm(bench.assembly, rule, request.POST)
        decision = form.attempt(lambda: form.decide(bench, rule))
        if decision is None:
            return again(request, self.page, form, around(request, bench, rule))
        messages.success(request, DONE[K(decision.kind)])
        return SeeOther(f"{reverse('facilitator:queue', args=[slug])}?kind={Thing.RULE}")


def around(request: HttpRequest, bench: Bench, rule: NormCandidate) -> dict[str, Any]:
    """The rule with the answer it was read in, who holds it, and the shared rules it may be joined to."""
    search, item = looked_for(request), Item(Thing.RULE, rule.pk, rule.version)
    shared = norms_of([rule.revision.response.prompt.inquiry])
    found = shared.filter(aim__icontains=search) if search else shared
    return {
        **frame(bench.assembly),
        "norm": rule,
        "quotes": list(rule.quotes.all()),
        "revision": rule.revision,
        "asked": rule.revision.response.prompt,
        "norms": closest_first(rule, found)[:SHOWN],
        "search": search,
        "holder": waiting.holder(bench, item),
        "key": f"{item.kind}:{item.thing}:{item.version}",
        "shared": Norm.objects.filter(evidence__candidate=rule).first(),
        "decided": rule.decisions.settling_rules().filter(card_version=rule.version).first(),
        "author_present": hasattr(rule.revision.response.respondent, "membership"),
    }
