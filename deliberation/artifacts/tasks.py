"""The worker's doors."""

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from deliberation.artifacts import polls
from deliberation.artifacts.actions import ratifying


@shared_task(base=DjangoTask, ignore_result=True)
def count_ballots() -> None:
    """Count what is over. Ringing twice is harmless: what is counted stays so."""
    for version in polls.to_count():
        ratifying.count(version)
