"""The values of an assembly and what people say to them, and saying so oneself."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import Asked, asked, listed, lists
from deliberation.api.paging import Order
from deliberation.artifacts.queries import released
from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.actions.done_keeping import once
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Phase
from deliberation.assemblies.queries import inquiries_of
from deliberation.assemblies.sent import LONGEST, as_member
from deliberation.assemblies.sent import sent as sent_with
from deliberation.opinion import reading
from deliberation.opinion.queries import counts_are_public, counts_of, support, turnout
from elicitation.graph.models import Endorsement, Value
from elicitation.graph.norms import serving

SAYS = {says.name.lower(): says for says in Endorsement.Says}
NOTHING = "nothing"
MOST_QUOTES = 10
BY_ADMISSION = Order(("admitted_at", "id"), within="inquiry_id")


class CountsShape(serializers.Serializer[object]):
    agrees = serializers.IntegerField()
    disagrees = serializers.IntegerField()
    passes = serializers.IntegerField()


class ValueShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    inquiry = serializers.UUIDField(source="inquiry_id")
    title = serializers.CharField()
    when = serializers.CharField(source="context")
    policies = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField()
    counts = serializers.SerializerMethodField()

    @extend_schema_field(CountsShape(allow_null=True))
    def get_counts(self, value: Value) -> dict[str, int] | None:
        """Null until weighing is over, and where fewer than five people said something."""
        counts = counts_of(value) if self.context["counts_are_public"] else None
        return CountsShape(counts).data if counts else None


class QuoteShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()


class ValueWholeShape(ValueShape):
    voices = serializers.SerializerMethodField(help_text="People and institutions behind it")
    contexts = serializers.SerializerMethodField(help_text="Ids of contexts it holds in")
    norms = serializers.SerializerMethodField(help_text="Ids of rules that serve it")
    quotes = QuoteShape(many=True, source="words", help_text=f"Words their authors released, {MOST_QUOTES} at most")  # fmt: skip

    def get_voices(self, value: Value) -> int:
        """Distinct voices; AI agents are none."""
        return support([value.pk]).voices

    def get_contexts(self, value: Value) -> list[int]:
        """The contexts of its inquiry it holds in."""
        return [held.context_id for held in value.held_in.all()]

    def get_norms(self, value: Value) -> list[UUID]:
        """The shared rules that serve it."""
        return [norm.pk for norm in serving([value]).get(value.pk, [])]


class WantedValues(Asked):
    inquiry = serializers.UUIDField(required=False, help_text="Of this question alone")
    context = serializers.IntegerField(  # type: ignore[assignment]  # a field, by a name serializers use too
        required=False,
        min_value=1,
        max_value=2**53,
        help_text="That hold in this context, by its id",
    )
    language = serializers.CharField(required=False, allow_blank=True, max_length=12)


class TurnoutShape(serializers.Serializer[object]):
    people = serializers.IntegerField()
    votes = serializers.IntegerField()
    values = serializers.IntegerField()


class WeighingShape(serializers.Serializer[object]):
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    is_open = serializers.BooleanField()
    counts_are_public = serializers.BooleanField()
    turnout = TurnoutShape()


class SayingShape(serializers.Serializer[object]):
    value = serializers.UUIDField()
    says = serializers.ChoiceField(
        choices=[*SAYS, NOTHING], help_text="`nothing` takes back what was said before"
    )


def questions(assembly: Assembly, inquiry_id: UUID | None) -> list[UUID]:
    """The keys of an assembly's questions; of one of them, where it was asked for."""
    return [key for key in inquiries_of(assembly) if inquiry_id in (None, key)]


class Values(APIView):
    """The values people stand behind."""

    @lists("values", ValueShape, WantedValues)
    def get(self, request: Request, slug: str) -> Response:
        """List the values, by question and then in the order they were admitted; what people say to them is told once weighing is over, from five people on."""
        assembly = reading.reader(slug, request.user).assembly
        wanted = asked(request, WantedValues).wanted()
        parts = questions(assembly, wanted.pop("inquiry", None))
        if "context" in wanted:
            wanted["held_in__context"] = wanted.pop("context")
        found = Value.objects.standing().filter(**wanted).select_related("tally")
        known = {"parts": parts, "counts_are_public": counts_are_public(assembly)}
        return listed(request, found, BY_ADMISSION, ValueShape, known)


class ValueDetail(APIView):
    """One value."""

    @extend_schema(responses=ValueWholeShape)
    def get(self, request: Request, slug: str, value_id: UUID) -> Response:
        """Read a value with the words released behind it; of one that was folded, what it goes on in."""
        assembly = reading.reader(slug, request.user).assembly
        value: Any = gates.value(assembly, value_id).root
        if value.retired_at:
            raise NotHere
        quotes = {quote.text: quote for quote in released(value).order_by("pk")}
        value.words = [*quotes.values()][:MOST_QUOTES]
        known = {"counts_are_public": counts_are_public(assembly)}
        return Response(ValueWholeShape(value, context=known).data)


class Weighing(APIView):
    """Whether people can say what they think of the values, and how many do."""

    @extend_schema(responses=WeighingShape)
    def get(self, request: Request, slug: str) -> Response:
        """Tell when weighing is open and how many take part."""
        assembly = gates.public(slug)
        phase = assembly.phases.filter(kind=Phase.Kind.WEIGHING).first()
        told = {
            "starts_at": phase.starts_at if phase else None,
            "ends_at": phase.ends_at if phase else None,
            "is_open": assembly.weighing_is_open,
            "counts_are_public": counts_are_public(assembly),
            "turnout": turnout(assembly),
        }
        return Response(WeighingShape(told).data)

    @extend_schema(
        request=SayingShape,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                str,
                OpenApiParameter.HEADER,
                description="Sent again with the same key, the same is done once; something else is refused. Kept for 30 days.",
            )
        ],
        responses={200: SayingShape, (409, "application/problem+json"): OpenApiTypes.OBJECT},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Say agree, disagree or pass to a value, with the session and the CSRF token of a member's browser."""
        SessionAuthentication().enforce_csrf(request)  # guests hold a session, and no account
        member = gates.seat(slug, request.session)
        sent = SayingShape(data=request.data)
        sent.is_valid(raise_exception=True)
        value = gates.value(member.assembly, sent.validated_data["value"])
        says = sent.validated_data["says"]

        def say() -> bool:
            if says == NOTHING:
                weighing.take_back(member, value)
            else:
                weighing.weigh(member, value, SAYS[says])
            return True

        if key := request.headers.get("Idempotency-Key", "")[:LONGEST]:
            content = f"{slug}\0{value.pk}\0{says}".encode()
            asked = sent_with(key, "api:weighing", as_member(member.pk), content)
            once(asked, say, lambda _: request.path)
        else:
            say()
        return Response(sent.data)
