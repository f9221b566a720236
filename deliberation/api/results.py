"""What an assembly's votes come to: opinion groups and the graph of values, as they were last computed."""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.values import TurnoutShape
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import counts_are_public, turnout
from deliberation.opinion.shown import for_everybody
from deliberation.opinion.snapshots import Snapshot, Subject, snapshot


class AnalysisShape(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="analysis.id")
    kind = serializers.ChoiceField(choices=Analysis.Kind.values, source="analysis.kind")
    rule = serializers.CharField(source="analysis.rule")
    rule_version = serializers.CharField(source="analysis.rule_version")
    seed = serializers.IntegerField(source="analysis.seed")
    wanted = serializers.IntegerField(
        source="analysis.wanted", allow_null=True, help_text="Number of groups somebody asked for"
    )
    input_hash = serializers.CharField(source="analysis.input_hash")
    seconds = serializers.FloatField(source="analysis.seconds")
    made_at = serializers.DateTimeField(source="analysis.made_at")
    age = serializers.SerializerMethodField(help_text="Seconds since it was made")
    stale = serializers.BooleanField(help_text="Votes have changed since; another is on its way")
    result = serializers.SerializerMethodField()

    def get_age(self, shown: Snapshot) -> int:
        """Seconds since it was made."""
        return int(shown.age.total_seconds())

    @extend_schema_field(serializers.DictField())
    def get_result(self, shown: Snapshot) -> Mapping[str, Any]:
        """Its shape is docs/decisions/0021-results.md; groups of fewer than five people are described to nobody but facilitators."""
        result: Mapping[str, Any] = shown.analysis.result
        return result if self.context["whole"] else for_everybody(result)


class InquiryResultsShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    question = serializers.DictField(child=serializers.CharField())
    results = AnalysisShape(many=True)


class ConversationResultsShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    attribution = serializers.CharField()
    results = AnalysisShape(many=True)


class ResultsShape(serializers.Serializer[object]):
    hidden = serializers.BooleanField(help_text="Only turnout is told until weighing is over")
    turnout = TurnoutShape()
    inquiries = InquiryResultsShape(many=True)
    conversations = ConversationResultsShape(many=True)


class Results(APIView):
    """The newest results of an assembly."""

    @extend_schema(responses=ResultsShape)
    def get(self, request: Request, slug: str) -> Response:
        """Opinion groups, profiles of values and the graph: for everybody once weighing is over, for facilitators always."""
        assembly, whole = _let_in(request, slug)
        hidden = not whole and not counts_are_public(assembly)
        told = {
            "hidden": hidden,
            "turnout": turnout(assembly),
            "inquiries": [
                {
                    "id": one.pk,
                    "question": one.question,
                    "results": [] if hidden else [*_newest(one)],
                }
                for one in assembly.inquiries.order_by("agenda_item__position")
            ],
            "conversations": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "attribution": one.attribution,
                    "results": [*_newest(one)],
                }
                for one in assembly.conversations.all()
            ],
        }
        return Response(ResultsShape(told, context={"whole": whole}).data)


def _let_in(request: Request, slug: str) -> tuple[Assembly, bool]:
    """The assembly, and whether all of it may be told. Raises NotHere."""
    try:
        return gates.facilitator(slug, request.user), True
    except NotHere:
        return gates.public(slug), False


def _newest(subject: Subject) -> Iterator[Snapshot]:
    for kind in Analysis.Kind:
        if found := snapshot(subject, kind):
            yield found
