"""The public record for programs: signed heads, and proofs that one continues another. No entry is among it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.assemblies.errors import NotHere
from elicitation.record import queries
from elicitation.record.models import TreeHead

MOST = 1000


class HeadShape(serializers.Serializer[Any]):
    size = serializers.IntegerField()
    note = serializers.CharField(help_text="The checkpoint as it was signed (C2SP)")
    key = serializers.CharField(help_text="The public key to verify it with")
    sealed_at = serializers.DateTimeField()


class ConsistencyShape(serializers.Serializer[Any]):
    first = serializers.IntegerField()
    second = serializers.IntegerField()
    steps = serializers.ListField(child=serializers.CharField(), help_text="Hashes, hexadecimal")


class SinceForm(serializers.Serializer[Any]):
    since = serializers.IntegerField(default=0, min_value=0, max_value=2**53)


class PairForm(serializers.Serializer[Any]):
    first = serializers.IntegerField(min_value=1, max_value=2**53)
    second = serializers.IntegerField(min_value=1, max_value=2**53)


class Heads(APIView):
    """Signed heads of the record."""

    @extend_schema(parameters=[SinceForm], responses=HeadShape(many=True))
    def get(self, request: Request) -> Response:
        """List the heads over more than `since` entries, oldest first, a thousand at most."""
        asked = SinceForm(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = TreeHead.objects.filter(size__gt=asked.validated_data["since"]).order_by("size")
        return Response(HeadShape(found[:MOST], many=True).data)


class Consistency(APIView):
    """That the record only ever grew."""

    @extend_schema(
        parameters=[
            OpenApiParameter("first", int, required=True),
            OpenApiParameter("second", int, required=True),
        ],
        responses=ConsistencyShape,
    )
    def get(self, request: Request) -> Response:
        """Prove that the record of `second` entries continues that of `first` (RFC 9162, 2.1.4)."""
        asked = PairForm(data=request.query_params)
        asked.is_valid(raise_exception=True)
        first, second = asked.validated_data["first"], asked.validated_data["second"]
        head = queries.latest_head()
        if head is None or not first <= second <= head.size:
            raise NotHere
        steps = [step.hex() for step in queries.consistency(first, second)]
        return Response({"first": first, "second": second, "steps": steps})
