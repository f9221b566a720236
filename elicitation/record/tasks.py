"""The worker's door to the sequencer."""

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from elicitation.record import sealing


@shared_task(base=DjangoTask, ignore_result=True)
def seal() -> None:
    """Seal what was committed since the last time."""
    sealing.seal()
