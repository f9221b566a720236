"""What machines cost an assembly: spent so far, and forecast for what waits."""

from django.conf import settings
from django.db.models import Count, Sum

from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import readings_of, requests_of
from elicitation.extraction.forecast import Forecast, forecast
from elicitation.extraction.models import ReadingRequest, Spend


def money_of(assembly: Assembly) -> Forecast | None:
    """Spent on all its questions, for reading and whatever else models were asked, and what answers that wait will cost. None where nothing has a price."""
    if not (settings.OPENAI_PRICE_IN or settings.OPENAI_PRICE_OUT):
        return None
    keys = [str(pk) for pk in assembly.inquiries.values_list("pk", flat=True)]
    spent = Spend.objects.filter(scope=Spend.Scope.INQUIRY, key__in=keys)
    paid = readings_of(assembly).filter(cost__gt=0)
    told = paid.aggregate(cost=Sum("cost"), answers=Count("revision", distinct=True))
    waiting = requests_of(assembly).filter(state=ReadingRequest.State.WAITING).count()
    cap = settings.READING_BUDGETS["inquiry"]
    return forecast(
        spent.aggregate(all=Sum("spent"))["all"] or 0,
        (told["cost"] or 0, told["answers"]),
        waiting,
        None if cap is None else cap * len(keys),
    )
