"""The values of an inquiry."""

from django.db.models import Count, QuerySet

from elicitation.extraction.models import Candidate
from elicitation.graph.models import Likeness, Value
from elicitation.interview.models import Inquiry


def values_of(inquiry: Inquiry) -> QuerySet[Value]:
    """Standing values with `cards`, the number of cards behind each; most first."""
    return (
        Value.objects.standing()
        .filter(inquiry=inquiry)
        .annotate(cards=Count("evidence"))
        .order_by("-cards", "admitted_at")
    )


def to_compare(candidate: Candidate) -> QuerySet[Value]:
    """Standing values of the card's inquiry whose author has not said yet whether they are the same."""
    inquiry = candidate.reading.revision.response.prompt.inquiry_id
    answered = Likeness.objects.filter(candidate=candidate).exclude(wish="")
    standing = Value.objects.filter(inquiry=inquiry, retired_at=None)
    return standing.exclude(pk__in=answered.values("value"))


def open_likenesses(candidate: Candidate) -> QuerySet[Likeness]:
    """Values offered to the author of an owned card that still stand and were not answered."""
    offered = Likeness.objects.filter(candidate=candidate, wish="", value__retired_at=None)
    return offered.select_related("value")
