"""The values of an assembly and what people say to them, and saying so oneself."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.actions.done_keeping import once
from deliberation.assemblies.models import Phase
from deliberation.assemblies.sent import LONGEST, as_member
from deliberation.assemblies.sent import sent as sent_with
from deliberation.opinion.queries import counts_are_public, counts_of, turnout
from elicitation.graph.models import Endorsement, Value

SAYS = {says.name.lower(): says for says in Endorsement.Says}
NOTHING = "nothing"


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


class ValuePage(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ValueShape(many=True)


class ByAdmission(CursorPagination):
    page_size = 100
    ordering = ("admitted_at", "id")


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


class Values(APIView):
    """The values people stand behind."""

    @extend_schema(responses=ValuePage, parameters=[OpenApiParameter("cursor", str)])
    def get(self, request: Request, slug: str) -> Response:
        """List the values; what people say to them is told once weighing is over, from five people on."""
        assembly = gates.public(slug)
        found = Value.objects.standing().filter(inquiry__assemblies=assembly)
        pages = ByAdmission()
        page = pages.paginate_queryset(found.select_related("tally"), request, view=self)
        context = {"counts_are_public": counts_are_public(assembly)}
        return pages.get_paginated_response(ValueShape(page, many=True, context=context).data)


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
