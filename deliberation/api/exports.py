"""The export tables and the files of Polis, for researchers signed in."""

from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from deliberation.api.throttles import ExportPace, Pace
from deliberation.api.tokens import EXPORTING
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.exports import building, polis_csv, polis_rows
from deliberation.exports.actions.noting import note_export
from deliberation.exports.tables import TABLES
from deliberation.opinion import reading


class Export(APIView):
    """One table of an assembly as JSON Lines."""

    throttle_classes = [Pace, ExportPace]
    scopes = EXPORTING
    everybody = False

    @extend_schema(
        parameters=[OpenApiParameter("table", str, "path", enum=list(TABLES))],
        responses={
            (200, "application/jsonl"): OpenApiTypes.STR,
            (403, "application/problem+json"): OpenApiTypes.OBJECT,
            (409, "application/problem+json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, slug: str, table: str) -> StreamingHttpResponse:
        """Stream a table; the columns are those of docs/researchers/data.md. What people say is told once weighing is over."""
        held = gates.taking(slug, request.user)
        assembly = held.assembly
        if table not in TABLES:
            raise NotHere
        lines = building.lines(assembly, table)
        note_export(assembly, [f"{table}.jsonl"], held)
        return StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")


class Polis(APIView):
    """One file of an inquiry, or of a conversation held elsewhere, as Polis exports it."""

    throttle_classes = [Pace, ExportPace]

    @extend_schema(
        parameters=[
            OpenApiParameter("subject_id", OpenApiTypes.UUID, "path"),
            OpenApiParameter("file", str, "path", enum=list(polis_csv.FILES)),
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (403, "application/problem+json"): OpenApiTypes.OBJECT,
            (409, "application/problem+json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, slug: str, subject_id: UUID, file: str) -> StreamingHttpResponse:  # fmt: skip
        """Stream a file; what it holds, and what not, is told in docs/researchers/polis.md. What people say is told once weighing is over."""
        held = gates.taking(slug, request.user)
        assembly = held.assembly
        lines = polis_rows.lines(assembly, reading.subject(assembly, subject_id), file)
        note_export(assembly, [f"{subject_id}/{file}"], held)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
