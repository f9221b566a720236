"""The worker's doors."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings
from django.utils import timezone

from elicitation.extraction import at_work, bell, queries, reading
from elicitation.extraction import trying as trials
from elicitation.extraction.actions import readings, spending, trying, waiting


@shared_task(base=DjangoTask, ignore_result=True)
def read_response(revision_id: str) -> None:
    """Read one answer; over the network, all that wait. Ringing twice is harmless: a claimed answer no longer waits."""
    engine = at_work.engine()
    if not engine.lane:
        reading.read_if_free(UUID(revision_id), engine)
    elif reading.read_waiting(engine, UUID(revision_id)):
        ring(revision_id)


def ring(revision_id: str) -> None:
    """Ring for an answer; over the network only where no bell lies unheard, for who hears it reads all that wait."""
    if not at_work.host() or bell.put_down():
        read_response.delay(revision_id)


@shared_task(base=DjangoTask, ignore_result=True)
def try_prompt(prompt_id: str) -> None:
    """Try one prompt. Ringing twice is harmless: a claimed prompt no longer waits."""
    trials.try_if_free(UUID(prompt_id), at_work.another_engine())


@shared_task(base=DjangoTask, ignore_result=True)
def sweep() -> None:
    """Ring for every answer that is due, whatever became of its message; over the network one bell is enough."""
    if queries.due().exists():
        most = 1 if at_work.engine().lane else settings.SWEEP_BATCH
        for revision_id in waiting.ring_due(most):
            ring(str(revision_id))
    if queries.lost_reservations().exists():
        spending.settle_lost(settings.SWEEP_BATCH)


@shared_task(base=DjangoTask, ignore_result=True)
def purge_old_replies() -> None:
    """Erase what engines replied, word for word, once it has been kept for as long as the settings say."""
    before = timezone.now() - timedelta(days=settings.KEEP_REPLIES_DAYS)
    while old := queries.old_replies(before, settings.SWEEP_BATCH):
        readings.purge_replies(old)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_trials() -> None:
    """Ring for every prompt whose trial is due, whatever became of its message."""
    if queries.trials_due().exists():
        for prompt_id in trying.ring_trials(settings.SWEEP_BATCH):
            try_prompt.delay(str(prompt_id))
