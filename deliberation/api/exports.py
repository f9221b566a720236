"""The export tables, for researchers signed in."""

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from deliberation.api.throttles import ExportPace, Pace
from deliberation.api.tokens import EXPORTING
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.exports import building
from deliberation.exports.actions.noting import note_export
from deliberation.exports.tables import TABLES


class Export(APIView):
    """One table of an assembly as JSON Lines."""

    throttle_classes = [Pace, ExportPace]
    scopes = EXPORTING
    everybody = False

    @extend_schema(
        parameters=[OpenApiParameter("table", str, "path", enum=list(TABLES))],
        responses={
            (200, "application/jsonl"): OpenApiTypes.STR,
            (409, "application/problem+json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, slug: str, table: str) -> StreamingHttpResponse:
        """Stream a table; the columns are those of docs/researchers/data.md. What people say is told once weighing is over."""
        assembly = gates.researcher(slug, request.user)
        if table not in TABLES:
            raise NotHere
        lines = building.lines(assembly, table)
        note_export(assembly, [f"{table}.jsonl"])
        return StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
