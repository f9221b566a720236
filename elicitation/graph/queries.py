"""The values of an inquiry."""

from django.db.models import Count, QuerySet

from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry


def values_of(inquiry: Inquiry) -> QuerySet[Value]:
    """Standing values with `cards`, the number of cards behind each; most first."""
    return (
        Value.objects.standing()
        .filter(inquiry=inquiry)
        .annotate(cards=Count("evidence"))
        .order_by("-cards", "admitted_at")
    )
