"""Data packages for programs: ask for one, look how far it is, take it along."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.api.throttles import ExportPace, Pace
from deliberation.api.tokens import EXPORTING
from deliberation.assemblies import gates
from deliberation.exports import packages, resuming
from deliberation.exports.actions import packing
from deliberation.exports.models import Bundle

NEWEST_FIRST = Order(("asked_at", "id"), newest_first=True)


class PackageShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Bundle.State.values)
    step = serializers.CharField(help_text="What the worker is at; empty while it is at nothing")
    rows = serializers.IntegerField(help_text="How many rows that step has seen")
    size = serializers.IntegerField(help_text="In bytes, once it is ready")
    sha256 = serializers.CharField(help_text="Of the whole file, once it is ready")
    as_of = serializers.DateTimeField(allow_null=True, help_text="The moment it is of")
    asked_at = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text="How long it is offered")


class Packages(APIView):
    """The packages of an assembly's data."""

    scopes = EXPORTING
    everybody = False

    @lists("packages", PackageShape)
    def get(self, request: Request, slug: str) -> Response:
        """List the packages that were asked for, newest first."""
        assembly = gates.researcher(slug, request.user)
        return listed(request, assembly.bundles.all(), NEWEST_FIRST, PackageShape)

    @extend_schema(request=None, responses={202: PackageShape})
    def post(self, request: Request, slug: str) -> Response:
        """Ask for a package; where one is under way, that one. `Location` is where to look how far it is."""
        held = gates.taking(slug, request.user)
        made = packing.ask(held.assembly, held)
        there = reverse("api:package", args=[slug, made.pk])
        return Response(PackageShape(made).data, status=202, headers={"Location": there})


class OnePackage(APIView):
    """One package."""

    scopes = EXPORTING
    everybody = False

    @extend_schema(responses=PackageShape)
    def get(self, request: Request, slug: str, package_id: UUID) -> Response:
        """Tell how far a package is."""
        assembly = gates.researcher(slug, request.user)
        return Response(PackageShape(packages.package(assembly, package_id)).data)


class PackageFile(APIView):
    """The file of a package."""

    throttle_classes = [Pace, ExportPace]
    scopes = EXPORTING
    everybody = False

    @extend_schema(
        parameters=[
            OpenApiParameter("Range", str, "header", description="Where to go on: `bytes=1000-`, of one range."),
            OpenApiParameter("If-Range", str, "header", description="The ETag of the file that is gone on with; where it is another by now, all of it comes."),
        ],
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            (206, "application/zip"): OpenApiTypes.BINARY,
        },
    )  # fmt: skip
    def get(self, request: Request, slug: str, package_id: UUID) -> FileResponse:
        """Take a package along while it is offered, or go on where a download broke off."""
        held = gates.taking(slug, request.user)
        bundle = packages.package(held.assembly, package_id)
        path, etag = packages.offered(bundle), f'"{bundle.sha256}"'
        taken = resuming.taken(request.method, request.headers, path, etag)
        if taken.begins:  # noted once a download
            packing.note_taken(bundle, held)
        return FileResponse(taken.file, as_attachment=True, filename=f"{slug}.zip", status=taken.status, headers=taken.headers)  # fmt: skip
