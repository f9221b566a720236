"""The releases of an assembly, for everybody; and the next one, which a program asks for and watches."""

from typing import Any
from uuid import UUID

from django.urls import resolve, reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.keyed import KEY, keyed
from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.api.throttles import ExportPace, Pace
from deliberation.api.tokens import RELEASING
from deliberation.assemblies import gates
from deliberation.assemblies.actions.done_keeping import Before
from deliberation.assemblies.models import Token
from deliberation.exports import publishing
from deliberation.exports.actions import releasing
from deliberation.exports.models import Release, ReleaseRequest
from deliberation.exports.why_not import why_not

NEWEST_FIRST = Order(("asked_at", "id"), newest_first=True)
BOTH = {"GET": Token.Scope.READ, "POST": Token.Scope.RELEASE}


class ReleaseShape(serializers.ModelSerializer[Release]):
    file = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = ("number", "made_at", "file")

    def get_file(self, release: Release) -> str:
        """Where its ZIP is, on this site."""
        return reverse("public:release", args=[release.assembly.slug, release.number])


class ReleaseRequestShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ReleaseRequest.State.values)
    step = serializers.CharField(help_text="What the worker is at; empty while it is at nothing")
    failure = serializers.SerializerMethodField(
        help_text="Why it could not be made, for programs; empty unless it failed"
    )
    why = serializers.SerializerMethodField(help_text="The same for people")
    asked_at = serializers.DateTimeField()
    release = serializers.SerializerMethodField(help_text="The release, once it is public")

    def get_failure(self, asked: ReleaseRequest) -> str:
        """What the worker noted; not that of a try that is made again."""
        return asked.failure if asked.state == ReleaseRequest.State.FAILED else ""

    def get_why(self, asked: ReleaseRequest) -> str:
        """In the language of who asks."""
        return why_not(asked.failure) if asked.state == ReleaseRequest.State.FAILED else ""

    @extend_schema_field(ReleaseShape(allow_null=True))
    def get_release(self, asked: ReleaseRequest) -> dict[str, Any] | None:
        """Its number and where its ZIP is."""
        return ReleaseShape(asked.release).data if asked.release else None


class Releases(APIView):
    """Counts that everybody may take along."""

    scopes = BOTH
    everybody = ("GET",)
    throttle_classes = [Pace, ExportPace]

    @extend_schema(responses=ReleaseShape(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The releases there are, each with where its ZIP is. What it holds, and how small counts are kept back: docs/researchers/releases.md."""
        found: Any = gates.public(slug).releases.select_related("assembly").defer("rows", "remembered")  # fmt: skip
        return Response(ReleaseShape(found, many=True, context={"request": request}).data)

    @extend_schema(
        operation_id="ask_for_release",
        request=None,
        responses={202: ReleaseRequestShape},
        parameters=[KEY],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Ask for the next release, once weighing is over; where one is under way, that one. `Location` is where to look how far it is. It cannot be taken back from who has it."""
        assembly = gates.facilitator(slug, request.user)
        done = keyed(request, b"", lambda: releasing.ask(assembly), _address)
        if isinstance(done, Before):
            done = publishing.asked(assembly, resolve(done.reply).kwargs["request_id"])
        return Response(ReleaseRequestShape(done).data, status=202, headers={"Location": _address(done)})  # fmt: skip


class ReleaseRequests(APIView):
    """The releases of an assembly that were asked for."""

    scopes = RELEASING
    everybody = False

    @lists("release_requests", ReleaseRequestShape)
    def get(self, request: Request, slug: str) -> Response:
        """List the releases that were asked for, newest first, those that could not be made too."""
        assembly = gates.facilitator(slug, request.user)
        return listed(request, publishing.all_asked(assembly), NEWEST_FIRST, ReleaseRequestShape)


class OneReleaseRequest(APIView):
    """One release that was asked for."""

    scopes = RELEASING
    everybody = False

    @extend_schema(operation_id="read_release_request", responses=ReleaseRequestShape)
    def get(self, request: Request, slug: str, request_id: UUID) -> Response:
        """Tell how far a release is, where it is once it is public, and why where it could not be made."""
        assembly = gates.facilitator(slug, request.user)
        return Response(ReleaseRequestShape(publishing.asked(assembly, request_id)).data)


def _address(asked: ReleaseRequest) -> str:
    return reverse("api:release_request", args=[asked.assembly.slug, asked.pk])
