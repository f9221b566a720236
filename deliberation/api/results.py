"""What an assembly's votes come to: opinion groups and the graph of values, as they were last computed."""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.values import TurnoutShape
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import counts_are_public, turnout
from deliberation.opinion.reading import Reader, Seen
from deliberation.opinion.snapshots import Subject


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
    stale = serializers.BooleanField(help_text="Votes have changed since; another is on its way")
    result = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField())
    def get_result(self, shown: Seen) -> Mapping[str, Any]:
        """Its shape is docs/decisions/0021-results.md; what fewer than five people said is told to nobody but facilitators."""
        return shown.result


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
        """Opinion groups, profiles of values and the graph: once weighing is over; until then nobody sees more than turnout."""
        who = reading.reader(slug, request.user)
        told = {
            "hidden": not counts_are_public(who.assembly),
            "turnout": turnout(who.assembly),
            "inquiries": [
                {"id": one.pk, "question": one.question, "results": [*_newest(who, one)]}
                for one in who.assembly.inquiries.order_by("agenda_item__position")
            ],
            "conversations": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "attribution": one.attribution,
                    "results": [*_newest(who, one)],
                }
                for one in who.assembly.conversations.all()
            ],
        }
        return Response(ResultsShape(told).data)


def _newest(who: Reader, subject: Subject) -> Iterator[Seen]:
    for kind in Analysis.Kind:
        if found := reading.seen(who, subject, kind):
            yield found
