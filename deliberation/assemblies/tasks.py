"""The worker's doors."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from deliberation.assemblies import hooking, importing, posting, preparing, queries
from deliberation.assemblies import outlining as outlining_flow
from deliberation.assemblies.actions import (
    done_keeping,
    guarding,
    letters,
    outlining,
    pooling,
    signing_in,
    unsent_keeping,
)
from deliberation.assemblies.models import Outline
from elicitation.extraction import at_work
from elicitation.extraction.queries import askings_due


@shared_task(base=DjangoTask, ignore_result=True)
def take_in_file(import_id: str) -> None:
    """Take in a file that was looked at and released."""
    importing.take_in_by_id(import_id)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_imports() -> None:
    """Ring for every started import no worker is at, whatever became of its message."""
    for taken in queries.imports_to_take():
        take_in_file.delay(str(taken.pk))


@shared_task(base=DjangoTask, ignore_result=True, soft_time_limit=45)
def tell_hook(delivery_id: str) -> None:
    """Tell an address what happened. Ringing twice is harmless: one worker gets it."""
    hooking.send_if_due(UUID(delivery_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_deliveries() -> None:
    """Ring for what addresses are to be told now. The ring ends with the next one."""
    for pk in hooking.due().values_list("pk", flat=True)[: settings.SWEEP_BATCH]:
        tell_hook.apply_async((str(pk),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def forget_what_is_over() -> None:
    """Delete files nobody took in, keys nobody sends again, texts nobody went on with, and browsers' sessions that are over."""
    importing.forget_uploads_left(settings.KEEP_UPLOADS_DAYS)
    guarding.forget_old_failures()
    signing_in.forget_old_sign_ins()
    done_keeping.forget_old()
    unsent_keeping.forget_old_unsent()
    SessionStore.clear_expired()


@shared_task(base=DjangoTask, ignore_result=True)
def forget_outlines_left() -> None:
    """Erase sentences, and what was drafted from them, that nobody founded an assembly with."""
    outlining.forget_outlines(settings.KEEP_UPLOADS_DAYS)


@shared_task(base=DjangoTask, ignore_result=True)
def outline_assembly(outline_id: str) -> None:
    """Ask a model how one assembly may begin, where there is a model. Ringing twice is harmless."""
    if outliner := at_work.outliner():
        outlining_flow.outline_if_free(UUID(outline_id), outliner)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_outlines() -> None:
    """Ring for every sentence a model is to be asked about; nothing with the offline engine."""
    if at_work.outliner() and askings_due(Outline).exists():
        for outline_id in outlining.ring(settings.SWEEP_BATCH):
            outline_assembly.delay(str(outline_id))


@shared_task(base=DjangoTask, ignore_result=True)
def prepare_lot(lot_id: str) -> None:
    """Compute the lottery of one draw. Ringing twice is harmless: one worker gets it."""
    preparing.prepare_if_due(UUID(lot_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_lots() -> None:
    """Ring for every draw whose lottery is to be computed. The ring ends with the next one."""
    for pk in preparing.due().values_list("pk", flat=True):
        prepare_lot.apply_async((str(pk),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def forget_pools_left() -> None:
    """Erase lists of people to draw from that are old."""
    pooling.forget_pools()


@shared_task(base=DjangoTask, ignore_result=True, soft_time_limit=60)
def post_letters(address_id: int) -> None:
    """Send what waits for one address. Ringing twice is harmless: one worker gets it."""
    posting.post_if_due(address_id)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_letters() -> None:
    """Ring for every address something waits for, where this site can write letters. The ring ends with the next one."""
    if settings.MAIL_FROM:
        for pk in posting.due().values_list("pk", flat=True)[: settings.SWEEP_BATCH]:
            post_letters.apply_async((pk,), expires=30)


@shared_task(base=DjangoTask, ignore_result=True)
def forget_addresses_left() -> None:
    """Erase addresses nobody confirmed, and those of assemblies that are over."""
    letters.forget_old()
