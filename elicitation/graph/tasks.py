"""The worker's doors. What needs an encoder is imported inside, for the web process rings these bells too."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask


@shared_task(base=DjangoTask, ignore_result=True)
def find_likenesses(candidate_id: str) -> None:
    """Look for values close to a card its author has just owned. Ringing twice is harmless."""
    from elicitation.graph import comparing

    comparing.compare(UUID(candidate_id))
