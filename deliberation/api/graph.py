"""The rules of an assembly, the situations its questions speak of, and the comparisons of values."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.lists import Asked, asked, listed, lists
from deliberation.api.paging import Order
from deliberation.api.values import CountsShape, QuoteShape, questions
from deliberation.artifacts import plain
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading
from deliberation.opinion.queries import counts_are_public, counts_of
from elicitation.graph.models import Norm, Transition
from elicitation.graph.norms import behind, holding_in, quotes_of, served_by
from elicitation.interview.models import Context

BY_ADMISSION = Order(("admitted_at", "id"), within="inquiry_id")
BY_NUMBER = Order(("id",), within="inquiry_id")
BY_PLACE = Order(("position",), within="inquiry_id")


class ContextShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    inquiry = serializers.UUIDField(source="inquiry_id")
    when = serializers.DictField(
        child=serializers.CharField(), source="phrase", help_text="By language, to follow “when”"
    )


class RuleShape(serializers.Serializer[Any]):
    """A rule in the parts of institutional grammar; a part that is not said is empty."""

    id = serializers.UUIDField()
    inquiry = serializers.UUIDField(source="inquiry_id")
    text = serializers.SerializerMethodField(help_text="The whole rule as a sentence")
    attribute = serializers.CharField(help_text="Who")
    deontic = serializers.CharField(help_text="must, must not, may, or should")
    aim = serializers.CharField(help_text="Does what")
    acted_on = serializers.CharField(help_text="What a passive speaks of")
    conditions = serializers.CharField(help_text="When")
    or_else = serializers.CharField(help_text="Or what")
    language = serializers.CharField()
    counts = serializers.SerializerMethodField()

    def get_text(self, norm: Norm) -> str:
        """As its author said it, put together from its parts."""
        return plain.of_norm(norm, norm.language)

    @extend_schema_field(CountsShape(allow_null=True))
    def get_counts(self, norm: Norm) -> dict[str, int] | None:
        """Null until weighing is over, and where fewer than five people said something."""
        counts = counts_of(norm) if self.context["counts_are_public"] else None
        return CountsShape(counts).data if counts else None


class RuleWholeShape(RuleShape):
    voices = serializers.IntegerField(source="people", help_text="Authors behind it; AI agents are none")  # fmt: skip
    values = serializers.ListField(child=serializers.UUIDField(), source="serves", help_text="Ids of values it serves")  # fmt: skip
    quotes = QuoteShape(many=True, source="words", help_text="Words their authors released")


class TransitionShape(serializers.Serializer[Any]):
    """The question whether, in a context, one value is wiser than another. What people answered is in the results, once weighing is over."""

    id = serializers.IntegerField()
    inquiry = serializers.UUIDField(source="inquiry_id")
    from_value = serializers.UUIDField(source="from_value_id")
    to_value = serializers.UUIDField(source="to_value_id")
    context = serializers.IntegerField(source="context_id", allow_null=True)  # type: ignore[assignment]  # a field, by a name serializers use too
    source = serializers.ChoiceField(choices=Transition.Source.values)  # type: ignore[assignment]  # as above


class Wanted(Asked):
    inquiry = serializers.UUIDField(required=False, help_text="Of this question alone")


class WantedInContext(Wanted):
    context = serializers.IntegerField(  # type: ignore[assignment]  # as above
        required=False, min_value=1, max_value=2**53, help_text="In this context, by its id"
    )


class WantedNorms(WantedInContext):
    language = serializers.CharField(required=False, allow_blank=True, max_length=12)


class Contexts(APIView):
    """The situations values apply in."""

    @lists("contexts", ContextShape, Wanted)
    def get(self, request: Request, slug: str) -> Response:
        """List the situations the questions of an assembly speak of."""
        assembly = reading.reader(slug, request.user).assembly
        parts = questions(assembly, asked(request, Wanted).wanted().get("inquiry"))
        return listed(request, Context.objects.all(), BY_PLACE, ContextShape, {"parts": parts})


class Norms(APIView):
    """The rules people share."""

    @lists("norms", RuleShape, WantedNorms)
    def get(self, request: Request, slug: str) -> Response:
        """List the shared rules, by question and then in the order they were admitted; by context those that serve a value which holds in it. What people say to them is told once weighing is over, from five people on."""
        assembly = reading.reader(slug, request.user).assembly
        wanted = asked(request, WantedNorms).wanted()
        parts = questions(assembly, wanted.pop("inquiry", None))
        context = wanted.pop("context", None)
        here = holding_in(context) if context else Norm.objects.standing()
        found = here.filter(**wanted).select_related("tally")
        known = {"parts": parts, "counts_are_public": counts_are_public(assembly)}
        return listed(request, found, BY_ADMISSION, RuleShape, known)


class NormDetail(APIView):
    """One shared rule."""

    @extend_schema(responses=RuleWholeShape)
    def get(self, request: Request, slug: str, norm_id: UUID) -> Response:
        """Read a rule with the values it serves and the words released behind it."""
        assembly = reading.reader(slug, request.user).assembly
        norm: Any = gates.norm(assembly, norm_id)
        if norm.retired_at:
            raise NotHere
        people = behind([norm.pk]).get(norm.pk)
        norm.people = people.authors if people else 0
        norm.serves = [value.pk for value in served_by([norm]).get(norm.pk, [])]
        norm.words = quotes_of([norm.pk]).get(norm.pk, [])
        known = {"counts_are_public": counts_are_public(assembly)}
        return Response(RuleWholeShape(norm, context=known).data)


class Transitions(APIView):
    """The comparisons of values."""

    @lists("transitions", TransitionShape, WantedInContext)
    def get(self, request: Request, slug: str) -> Response:
        """List the comparisons between values people stand behind, without what anybody answered."""
        assembly = reading.reader(slug, request.user).assembly
        wanted = asked(request, WantedInContext).wanted()
        parts = questions(assembly, wanted.pop("inquiry", None))
        here = Transition.objects.filter(from_value__retired_at=None, to_value__retired_at=None)
        return listed(request, here.filter(**wanted), BY_NUMBER, TransitionShape, {"parts": parts})
