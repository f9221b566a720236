"""How an assembly went, in figures: for who studies it. No words, no pseudonyms."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.assemblies import gates
from deliberation.measures.figure import Measure, Unit
from deliberation.measures.sheet import sheet


class FigureShape(serializers.Serializer[Any]):
    measure = serializers.ChoiceField(choices=[one.value for one in Measure])
    key = serializers.CharField(help_text="What it is of, for programs")
    of = serializers.CharField(help_text="The same as people know it; may be empty")
    part = serializers.CharField(help_text="What of it: docs/researchers/measures.md")
    n = serializers.IntegerField(help_text="Of how many")
    unit = serializers.ChoiceField(choices=[one.value for one in Unit])
    count = serializers.IntegerField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Lower end at 95 %")
    high = serializers.FloatField(allow_null=True, help_text="Upper end at 95 %")


class Measures(APIView):
    """All measures of an assembly."""

    everybody = False

    @extend_schema(responses=FigureShape(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """How far people came and how long it took, how authors see the reading, whether moderators agree, how it was for people: each with n and interval."""
        assembly = gates.researcher(slug, request.user)
        return Response(FigureShape(sheet(assembly, assembly.languages[0]), many=True).data)
