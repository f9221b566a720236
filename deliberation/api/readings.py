"""How the answers of an assembly were read, for those who run it. No words, no pseudonyms."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.assemblies import gates
from deliberation.assemblies.queries import readings_of

STATES = ["open", "done", "failed", "lost"]


class ReadingShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    revision = serializers.UUIDField(source="revision_id")
    engine = serializers.CharField()
    model = serializers.CharField()
    prompt_version = serializers.CharField()
    parameters = serializers.DictField()
    state = serializers.ChoiceField(choices=STATES)
    failure = serializers.CharField()
    refusals = serializers.DictField(child=serializers.IntegerField())
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    calls = serializers.IntegerField()
    cost = serializers.IntegerField(help_text="Millionths of the currency unit prices are set in")
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class Wanted(serializers.Serializer[object]):
    """Which readings are asked for; a field that is empty asks for all."""

    state = serializers.ChoiceField(STATES, required=False, allow_blank=True)
    failure = serializers.CharField(required=False, allow_blank=True, max_length=40)


class ReadingPage(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReadingShape(many=True)


class ByStart(CursorPagination):
    page_size = 100
    ordering = ("-started_at", "id")


class Readings(APIView):
    """The readings of an assembly, newest first, a hundred a page."""

    @extend_schema(
        responses=ReadingPage,
        parameters=[
            OpenApiParameter("state", str, enum=STATES),
            OpenApiParameter("failure", str),
            OpenApiParameter("cursor", str),
        ],
    )
    def get(self, request: Request, slug: str) -> Response:
        """List readings with engine, model, prompt version, parameters, tokens, cost, time and outcome."""
        found = readings_of(gates.facilitator(slug, request.user))
        wanted = Wanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        found = found.filter(**{name: asked for name, asked in wanted.data.items() if asked})
        pages = ByStart()
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(ReadingShape(page, many=True).data)
