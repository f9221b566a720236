"""What waits for a worker: files to be made, clauses a model is to be asked about."""

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from deliberation.artifacts.models import Phrasing, Rendition
from deliberation.assemblies.models import Rehearsal
from elicitation.extraction.at_work import host
from elicitation.extraction.queries import askings_due
from elicitation.graph.models import Norm, Value
from elicitation.graph.queries import may_leave
from elicitation.record.models import Entry

MOST_TRIES = 5  # of a file, before it is given up


def files_due() -> QuerySet[Rendition]:
    """Files to be made now: the entry of their version is sealed, so that they can carry a head over it."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    waiting = Rendition.objects.filter(free, made_at=None, erased_at=None, tries__lt=MOST_TRIES)
    sealed = Entry.objects.filter(index__isnull=False).values("pk")
    return waiting.filter(version__entry_id__in=sealed)


def rehearsals_due() -> QuerySet[Rehearsal]:
    """Rehearsals to be filled now that no worker is at."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Rehearsal.objects.filter(free, filled_at=None, ring_at__lte=now)


def to_print() -> QuerySet[Rendition, UUID]:
    """The versions files are due of."""
    return files_due().order_by().values_list(F("version"), flat=True).distinct()


def phrasings_due() -> QuerySet[Phrasing]:
    """Clauses a model is to be asked about now, where machine reading is on and the words of all they rest on may leave."""
    waiting: QuerySet[Phrasing] = askings_due(Phrasing)
    on = waiting.exclude(clause__values__inquiry__reading_switched_off__isnull=False)
    values, norms = (
        Value.objects.exclude(may_leave(host())),
        Norm.objects.exclude(may_leave(host())),
    )
    return on.exclude(clause__values__in=values).exclude(clause__norms__in=norms)
