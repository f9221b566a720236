"""The worker's doors. What sets files, or knows languages, is imported inside: the web process loads this module too."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings

from deliberation.artifacts import chores, polls, queries, reminding
from deliberation.artifacts.actions import correcting, phrasings, picture_keeping, ratifying
from deliberation.artifacts.actions import printing as files
from deliberation.artifacts.models import Picture
from elicitation.extraction import at_work


@shared_task(base=DjangoTask, ignore_result=True)
def count_ballots() -> None:
    """Count what is over. Ringing twice is harmless: what is counted stays so."""
    for version in polls.to_count():
        ratifying.count(version)


@shared_task(base=DjangoTask, ignore_result=True)
def put_letters() -> None:
    """Put on the list what there is to write, where this site can write letters."""
    if settings.MAIL_FROM:
        reminding.put_what_is_new()


@shared_task(base=DjangoTask, ignore_result=True)
def print_version(version_id: str) -> None:
    """Make the files of a version. Ringing twice is harmless: a claimed file is left to its worker."""
    from deliberation.artifacts import printing

    printing.make_files(UUID(version_id))


@shared_task(base=DjangoTask, ignore_result=True)
def word_clause(phrasing_id: str) -> None:
    """Ask a model for words of one clause, where there is a model. Ringing twice is harmless."""
    from deliberation.artifacts import phrasing

    if writer := at_work.clause_writer():
        phrasing.phrase_if_free(UUID(phrasing_id), writer)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_phrasings() -> None:
    """Ring for clauses a model is to be asked about; nothing with the offline engine."""
    if at_work.clause_writer() and chores.phrasings_due().exists():
        for phrasing_id in phrasings.ring(settings.SWEEP_BATCH):
            word_clause.delay(str(phrasing_id))


@shared_task(base=DjangoTask, ignore_result=True)
def fill_rehearsal(rehearsal_id: str) -> None:
    """Fill a rehearsal. Ringing twice is harmless: a claimed one is left to its worker."""
    from deliberation.artifacts import rehearsing

    rehearsing.fill(UUID(rehearsal_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_rehearsals() -> None:
    """Ring for every rehearsal that is to be filled. The ring ends with the next one."""
    for rehearsal_id in chores.rehearsals_due().values_list("pk", flat=True):
        fill_rehearsal.apply_async((str(rehearsal_id),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_files() -> None:
    """Ring for every version files are due of. The ring ends with the next one."""
    for version_id in chores.to_print():
        print_version.apply_async((str(version_id),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def paint() -> None:
    """Make the pictures that wait. Ringing twice is harmless: a claimed one is left to its worker."""
    from deliberation.artifacts import painting

    painting.paint()


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_pictures() -> None:
    """Erase pictures whose words have moved, and ring where some wait. The ring ends with the next one."""
    picture_keeping.let_go()
    if Picture.objects.filter(content=None).exists():
        paint.apply_async(expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_corrections() -> None:
    """Erase files that hold words taken back, and publish what is left of their versions."""
    for version in queries.to_erase():
        files.erase_files(version)
    for version in queries.to_correct():
        correcting.correct(version)
