"""Assemblies as everybody may see them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.artifacts.statuses import funnel
from deliberation.assemblies import gates, queries
from deliberation.opinion import reading

BY_SLUG = Order(("slug",))


class PhaseShape(serializers.Serializer[object]):
    kind = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    is_open = serializers.BooleanField()


class InquiryShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    question = serializers.DictField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())


class AssemblyShape(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    title = serializers.DictField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    zone = serializers.CharField()
    is_sample = serializers.BooleanField()
    phases = PhaseShape(many=True, source="phases.all")
    inquiries = InquiryShape(many=True, source="inquiries.all")


class StepShape(serializers.Serializer[object]):
    key = serializers.CharField()
    name = serializers.CharField(source="label")
    count = serializers.IntegerField()
    among = serializers.CharField(allow_null=True)


class Assemblies(APIView):
    """All public assemblies."""

    @lists("assemblies", AssemblyShape)
    def get(self, request: Request) -> Response:
        """List the public assemblies, by the name in their addresses."""
        found = queries.everybodys().prefetch_related("phases", "inquiries")
        return listed(request, found, BY_SLUG, AssemblyShape)


class AssemblyDetail(APIView):
    """One assembly: a public one, or one that who asks runs."""

    @extend_schema(responses=AssemblyShape)
    def get(self, request: Request, slug: str) -> Response:
        """What an assembly is about."""
        return Response(AssemblyShape(reading.reader(slug, request.user).assembly).data)


class Became(APIView):
    """What became of the answers."""

    @extend_schema(responses=StepShape(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Count the answers from received to used."""
        return Response(StepShape(funnel(gates.public(slug)), many=True).data)
