"""Published documents: clauses, values, voices, and the quotes their authors released."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.artifacts.grounds import justified
from deliberation.artifacts.models import Version
from deliberation.artifacts.polls import minority_of, result_of
from deliberation.artifacts.queries import decided_on, published
from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading

NEWEST_FIRST = Order(("published_at", "id"), newest_first=True)


class VersionShape(serializers.Serializer[Any]):
    artifact = serializers.UUIDField(source="artifact_id")
    number = serializers.IntegerField()
    title = serializers.CharField(source="artifact.title")
    kind = serializers.CharField(source="artifact.kind")
    language = serializers.CharField(source="artifact.language")
    published_at = serializers.DateTimeField()
    record_entry = serializers.IntegerField(source="entry_id")
    changed = serializers.CharField(help_text="What is other than before, as people said it")
    corrected = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="What was taken back of the version before, where that is all that changed",
    )


class PublicQuoteShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    text = serializers.CharField()


class GroundShape(serializers.Serializer[object]):
    value = serializers.UUIDField(source="value.id")
    title = serializers.CharField(source="value.title")
    when = serializers.CharField(source="value.context")
    voices = serializers.IntegerField(source="support.voices")
    quotes = PublicQuoteShape(many=True)
    taken_back = serializers.IntegerField()


class WeakestShape(serializers.Serializer[object]):
    value = serializers.UUIDField()
    group = serializers.CharField(help_text="Label of the opinion group that supports it least")
    share = serializers.FloatField(help_text="Who agrees of all who answered, from 0 to 1")
    low = serializers.FloatField(help_text="Of its 95 % interval")
    high = serializers.FloatField()


class ObjectionShape(serializers.Serializer[object]):
    language = serializers.CharField()
    reason = serializers.CharField()
    rewording = serializers.CharField(help_text="Empty where no other words were offered")
    as_it_read = serializers.CharField(help_text="What the clause said when it was made")
    state = serializers.CharField(help_text="open, sustained or answered")
    answer = serializers.CharField()
    satisfied = serializers.BooleanField(allow_null=True)
    stands = serializers.BooleanField()
    seconded = serializers.IntegerField(help_text="How many others share it")


class NormShape(serializers.Serializer[object]):
    norm = serializers.UUIDField(source="norm.id")
    text = serializers.CharField(source="words")
    language = serializers.CharField(source="norm.language")
    voices = serializers.IntegerField(source="behind.authors")
    holds = serializers.CharField(
        source="sentence", help_text="How widely it holds, in words; empty where not known"
    )


class ClauseShape(serializers.Serializer[object]):
    id = serializers.UUIDField(source="clause.id")
    number = serializers.IntegerField()
    section = serializers.CharField(source="clause.section", help_text="Empty for none")
    text = serializers.CharField(source="clause.text")
    written = serializers.CharField(source="clause.origin", help_text="person, template or model")
    voices = serializers.IntegerField(source="view.support.voices")
    confirmed_by_authors = serializers.IntegerField(source="view.support.owned")
    values = GroundShape(many=True, source="view.grounds")
    norms = NormShape(many=True, help_text="Shared rules it upholds")
    weakest = WeakestShape(allow_null=True, help_text="As on the day of publication")
    objections = ObjectionShape(many=True)


class MinorityShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    clause = serializers.UUIDField(
        source="clause_id", allow_null=True, help_text="Null: against the document as a whole"
    )
    language = serializers.CharField()
    text = serializers.CharField()
    signed = serializers.IntegerField(help_text="How many signed it")


class DocumentShape(VersionShape):
    clauses = serializers.SerializerMethodField()
    vote = serializers.SerializerMethodField()
    minority = serializers.SerializerMethodField()

    @extend_schema_field(ClauseShape(many=True))
    def get_clauses(self, version: Version) -> list[dict[str, object]]:
        """The clauses in order."""
        return list(ClauseShape(justified(version), many=True).data)

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_vote(self, version: Version) -> Mapping[str, Any] | None:
        """How the assembly voted on it, as docs/decisions/0026-secret-ballots.md has it; null where it did not vote."""
        result = result_of(decided_on(version))
        return result.told if result else None

    @extend_schema_field(MinorityShape(many=True))
    def get_minority(self, version: Version) -> list[dict[str, object]]:
        """What some hold against it, with how many signed."""
        return list(MinorityShape(minority_of(decided_on(version)), many=True).data)


class Documents(APIView):
    """The published versions of an assembly's documents."""

    @lists("documents", VersionShape)
    def get(self, request: Request, slug: str) -> Response:
        """List what is published, newest first."""
        return listed(
            request,
            published(reading.reader(slug, request.user).assembly),
            NEWEST_FIRST,
            VersionShape,
        )


class Document(APIView):
    """One published version."""

    @extend_schema(responses=DocumentShape)
    def get(self, request: Request, slug: str, artifact_id: UUID, number: int) -> Response:
        """Read a published version with all its clauses rest on."""
        versions = (
            published(reading.reader(slug, request.user).assembly)
            .filter(artifact=artifact_id, number=number)
            .select_related("artifact__assembly")
        )
        if version := versions.first():
            return Response(DocumentShape(version).data)
        raise NotHere


class ClauseOfVersionShape(ClauseShape):
    version = VersionShape(source="view.clause.version")


class OneClause(APIView):
    """One clause of a published document."""

    @extend_schema(responses=ClauseOfVersionShape)
    def get(self, request: Request, slug: str, clause_id: UUID) -> Response:
        """Read a clause with all it rests on: values, rules, released words, objections, and the version it stands in."""
        here = published(reading.reader(slug, request.user).assembly).filter(clauses=clause_id)
        version = here.select_related("artifact__assembly").first()
        found = justified(version) if version else []
        for one in found:
            if one.clause.pk == clause_id:
                return Response(ClauseOfVersionShape(one).data)
        raise NotHere
