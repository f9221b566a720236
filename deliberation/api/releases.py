"""The releases of an assembly, for everybody."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.assemblies import gates
from deliberation.exports.models import Release


class ReleaseShape(serializers.ModelSerializer[Release]):
    file = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = ("number", "made_at", "file")

    def get_file(self, release: Release) -> str:
        """Where its ZIP is, on this site."""
        return reverse("public:release", args=[release.assembly.slug, release.number])


class Releases(APIView):
    """Counts that everybody may take along."""

    @extend_schema(responses=ReleaseShape(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The releases there are, each with where its ZIP is. What it holds, and how small counts are kept back: docs/researchers/releases.md."""
        found: Any = gates.public(slug).releases.select_related("assembly").defer("rows", "remembered")  # fmt: skip
        return Response(ReleaseShape(found, many=True, context={"request": request}).data)
