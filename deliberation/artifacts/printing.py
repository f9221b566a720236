"""Make the files of a published version: claim one, make it with no transaction open, keep it."""

import logging
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from deliberation.artifacts.actions import printing
from deliberation.artifacts.formats import FILES
from deliberation.artifacts.models import Rendition, Version
from deliberation.artifacts.told import told
from elicitation.record.models import Entry

log = logging.getLogger(__name__)


def due() -> QuerySet[Rendition]:
    """Files to be made now: the entry of their version is sealed, so that they can carry a head over it."""
    free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    waiting = Rendition.objects.filter(free, made_at=None, erased_at=None, tries__lt=printing.MOST_TRIES)  # fmt: skip
    sealed = Entry.objects.filter(index__isnull=False).values("pk")
    return waiting.filter(version__entry_id__in=sealed)


def make_files(version_id: UUID) -> int:
    """Make what is due of a version, one file after the other. Returns how many were made. A fault in one leaves the others."""
    version = Version.objects.select_related("artifact__assembly").get(pk=version_id)
    claimed = [one for one in due().filter(version=version) if printing.claim(one)]
    document = told(version) if claimed else {}
    return sum(_made(one, document) for one in claimed)


def _made(rendition: Rendition, document: dict[str, object]) -> bool:
    try:
        content = FILES[rendition.format](document)
    except (
        Exception
    ) as fault:  # whatever a library does: the file is tried again, and the others go on
        log.exception("a file of %s could not be made", rendition.version_id)
        printing.give_up(rendition, type(fault).__name__)
        return False
    return printing.keep(rendition, content)


def to_print() -> QuerySet[Rendition, UUID]:
    """The versions files are due of."""
    return due().order_by().values_list(F("version"), flat=True).distinct()
