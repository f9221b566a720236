"""What waits for a worker: files to be made, clauses a model is to be asked about."""

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from deliberation.artifacts.models import Phrasing, Rendition
from elicitation.record.models import Entry

MOST_TRIES = 5  # of a file, before it is given up


def files_due() -> QuerySet[Rendition]:
    """Files to be made now: the entry of their version is sealed, so that they can carry a head over it."""
    waiting = Rendition.objects.filter(_free(), made_at=None, erased_at=None, tries__lt=MOST_TRIES)
    sealed = Entry.objects.filter(index__isnull=False).values("pk")
    return waiting.filter(version__entry_id__in=sealed)


def to_print() -> QuerySet[Rendition, UUID]:
    """The versions files are due of."""
    return files_due().order_by().values_list(F("version"), flat=True).distinct()


def phrasings_due() -> QuerySet[Phrasing]:
    """Clauses that wait for a model, or whose worker is gone."""
    waiting = Phrasing.objects.filter(_free(), state=Phrasing.State.WAITING)
    return waiting.filter(ring_at__lte=timezone.now())


def _free() -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=timezone.now())
