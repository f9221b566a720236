"""How the answers of an assembly were read, for those who run it. No words, no pseudonyms."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import Asked, asked, listed, lists
from deliberation.api.paging import Order
from deliberation.assemblies import gates
from deliberation.assemblies.queries import readings_of
from elicitation.extraction.models import Reading

NEWEST_FIRST = Order(("started_at", "id"), newest_first=True)


class ReadingShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    revision = serializers.UUIDField(source="revision_id")
    engine = serializers.CharField()
    model = serializers.CharField()
    prompt_version = serializers.CharField()
    parameters = serializers.DictField()
    state = serializers.ChoiceField(choices=Reading.State.values)
    failure = serializers.CharField()
    refusals = serializers.DictField(child=serializers.IntegerField())
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    calls = serializers.IntegerField()
    cost = serializers.IntegerField(help_text="Millionths of the currency unit prices are set in")
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class WantedReadings(Asked):
    state = serializers.ChoiceField(Reading.State.values, required=False, allow_blank=True)
    failure = serializers.CharField(required=False, allow_blank=True, max_length=40)


class Readings(APIView):
    """The readings of an assembly, newest first."""

    everybody = False

    @lists("readings", ReadingShape, WantedReadings)
    def get(self, request: Request, slug: str) -> Response:
        """List readings with engine, model, prompt version, parameters, tokens, cost, time and outcome."""
        found = readings_of(gates.facilitator(slug, request.user))
        found = found.filter(**asked(request, WantedReadings).wanted())
        return listed(request, found, NEWEST_FIRST, ReadingShape)
