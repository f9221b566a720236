"""What the worker has to do about transitions: inquiries to pair, stories to ask for."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce
from django.utils import timezone

from elicitation.extraction.at_work import host
from elicitation.extraction.queries import askings_due
from elicitation.graph.models import Telling, Transition, Value
from elicitation.graph.queries import may_leave
from elicitation.interview.models import Inquiry

PAIRED_FOR = timedelta(hours=24)  # after that all values are looked at once more


def to_pair() -> QuerySet[Inquiry]:
    """Inquiries with two standing values that were never paired, or whose pairing misses a value or is a day old; none a worker is at."""
    now = timezone.now()
    values = Value.objects.standing().filter(inquiry=OuterRef("pk")).order_by()
    enough = values.values("inquiry").annotate(n=Count("pk")).filter(n__gte=2)
    newer = values.filter(admitted_at__gt=OuterRef("pairing__paired_at"))
    due = Q(pairing=None) | Q(pairing__paired_at=None) | Q(pairing__paired_at__lt=now - PAIRED_FOR)
    free = Q(pairing__leased_until=None) | Q(pairing__leased_until__lt=now)
    return Inquiry.objects.filter(free, Exists(enough)).filter(due | Exists(newer))


def untold() -> QuerySet[Transition]:
    """Open transitions one of whose values no model was asked about in that context, where machine reading is on and the words of both
    values may leave."""
    nowhere = Constant(0)
    asked = Telling.objects.annotate(place=Coalesce("context", nowhere)).filter(
        value=OuterRef("from_value"), place=Coalesce(OuterRef("context"), nowhere)
    )
    there = Transition.objects.filter(
        closed_at=None, from_value__retired_at=None, to_value__retired_at=None
    )
    leave = Value.objects.filter(may_leave(host()))
    there = there.filter(from_value__in=leave, to_value__in=leave)
    on = there.filter(inquiry__reading_switched_off=None)
    return on.filter(~Exists(asked))


def tellings_due() -> QuerySet[Telling]:
    """Tellings that wait, or whose worker is gone, where machine reading is on."""
    waiting: QuerySet[Telling] = askings_due(Telling)
    leave = Value.objects.filter(may_leave(host()))
    on = waiting.filter(value__inquiry__reading_switched_off=None, value__retired_at=None)
    return on.filter(value__in=leave)


def beside(telling: Telling) -> list[Value]:
    """The values a telling's value is compared with in its context, the closest first."""
    here = Transition.objects.filter(closed_at=None, context=telling.context).filter(
        Q(from_value=telling.value) | Q(to_value=telling.value)
    )
    leave = Value.objects.filter(may_leave(host()))
    here = here.filter(from_value__in=leave, to_value__in=leave)
    related = here.select_related("from_value", "to_value")
    ordered = related.order_by(F("likeness").desc(nulls_last=True), "id")
    ends = [t.to_value if t.from_value_id == telling.value_id else t.from_value for t in ordered]
    return [value for value in ends if value.retired_at is None]
