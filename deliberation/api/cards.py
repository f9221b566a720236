"""Cards that wait for a moderator, and decisions on them, in the name of whoever a token speaks for."""

import json
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.keyed import KEY, keyed
from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.api.tokens import MODERATING
from deliberation.assemblies import gates
from deliberation.assemblies.actions.done_keeping import Before
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import cards
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.why import FITS, Why
from elicitation.extraction.models import Candidate

BY_PROPOSAL = Order(("proposed_at", "id"))
Kind = Decision.Kind
KINDS = [Kind.ACCEPT, Kind.MERGE, Kind.SEND_BACK, Kind.REJECT]


class CardShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    seen = serializers.IntegerField(source="version", help_text="To be sent back with a decision")
    title = serializers.CharField()
    when = serializers.CharField(source="context")
    policies = serializers.SerializerMethodField()
    language = serializers.CharField()
    state = serializers.CharField(help_text="proposed, confirmed or edited by its author")
    proposed_at = serializers.DateTimeField()

    def get_policies(self, card: Candidate) -> list[str]:
        """What is attended to."""
        return [policy.text for policy in card.policies.all()]


class DecidingShape(serializers.Serializer[Any]):
    """A decision on a card as it was seen, with its reason: a code of the assembly's list, own words, or both."""

    decision = serializers.ChoiceField(choices=KINDS)
    seen = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    value = serializers.UUIDField(required=False, help_text="To join the card to, for `merge`")
    reason = serializers.CharField(required=False, allow_blank=True, max_length=40, default="", help_text="A code of the list")  # fmt: skip
    words = serializers.CharField(required=False, allow_blank=True, max_length=600, default="", help_text="Its author can read them; for `send_back`, the question")  # fmt: skip

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        """Refuse a reason that is not on the list, and `merge` with nothing to join."""
        codes = dict(queries.reasons_for(self.context["assembly"], [told["decision"]], "en"))
        if told["reason"] and told["reason"] not in codes:
            raise ValidationError({"reason": [_("Not a reason for this. There are: %(known)s.") % {"known": ", ".join(codes)}]})  # fmt: skip
        if told["decision"] == Kind.MERGE and "value" not in told:
            raise ValidationError({"value": [_("Choose the value this card belongs to.")]})
        return told


class DecidedShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    decision = serializers.CharField(source="kind")
    card = serializers.UUIDField(source="candidate_id")
    value = serializers.UUIDField(source="value_id", allow_null=True)
    at = serializers.DateTimeField()


class Cards(APIView):
    """Cards that wait for a decision."""

    scopes = MODERATING
    everybody = False

    @lists("cards", CardShape)
    def get(self, request: Request, slug: str) -> Response:
        """List the cards that wait for a moderator, those that have waited longest first."""
        found = queries.queue(gates.facilitator(slug, request.user)).prefetch_related("policies")
        return listed(request, found, BY_PROPOSAL, CardShape)


class OneCard(APIView):
    """One card."""

    scopes = MODERATING
    everybody = False

    @extend_schema(responses=CardShape)
    def get(self, request: Request, slug: str, candidate_id: UUID) -> Response:
        """Read a card as it stands."""
        assembly = gates.facilitator(slug, request.user)
        return Response(CardShape(gates.card(assembly, candidate_id)).data)

    @extend_schema(request=DecidingShape, responses=DecidedShape, parameters=[KEY])
    def post(self, request: Request, slug: str, candidate_id: UUID) -> Response:
        """Decide on a card as it was seen: accept it as a new value, merge it into one, send it back with a question, or reject it."""
        account: Any = request.user
        bench = Bench(gates.facilitator(slug, account), account)
        card = gates.card(bench.assembly, candidate_id)
        sent = DecidingShape(data=request.data, context={"assembly": bench.assembly})
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        waiting.ensure_free(bench, Item(Thing.CARD, card.pk, told["seen"]))
        content = json.dumps(told, default=str, sort_keys=True).encode()
        done = keyed(request, content, lambda: _decide(bench, card, told), _address)
        if isinstance(done, Before):
            pk = done.reply.rpartition("#")[2]
            done = bench.assembly.decisions.get(pk=pk)
        return Response(DecidedShape(done).data)


def _decide(bench: Bench, card: Candidate, told: dict[str, Any]) -> Decision:
    """Carry it out. Raises what the actions of moderation raise."""
    kind, seen, why = told["decision"], told["seen"], Why(told["words"], told["reason"])
    if kind == Kind.MERGE:
        value = gates.value(bench.assembly, told["value"])
        return cards.merge(bench, card, seen, value, why if why.is_given else FITS)
    if kind == Kind.SEND_BACK:
        return cards.send_back(bench, card, seen, why.words)
    if kind == Kind.REJECT:
        return cards.reject(bench, card, seen, why)
    return cards.accept(bench, card, seen, why if why.is_given else FITS)


def _address(decision: Decision) -> str:
    card = decision.candidate_id
    return reverse("api:card", args=[decision.assembly.slug, card]) + f"#{decision.pk}"
