"""The worker's doors. What needs an encoder is imported inside, for the web process rings these bells too."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from elicitation.graph import queries


@shared_task(base=DjangoTask, ignore_result=True)
def find_likenesses(candidate_id: str) -> None:
    """Look for values close to a card its author has just owned, for its author and for moderators. Ringing twice is harmless."""
    from elicitation.graph import comparing, suggesting

    comparing.compare(UUID(candidate_id))
    suggesting.suggest([UUID(candidate_id)])


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_suggestions() -> None:
    """Look at cards nothing is suggested of yet, whatever became of their message, and at those newer values have overtaken."""
    from elicitation.graph import suggesting

    suggesting.sweep()


@shared_task(base=DjangoTask, ignore_result=True)
def regroup_inquiry(inquiry_id: str) -> None:
    """Look at all values of one inquiry at once."""
    from elicitation.graph import regrouping

    regrouping.regroup_inquiry(UUID(inquiry_id))


@shared_task(base=DjangoTask, ignore_result=True)
def regroup_all() -> None:
    """Ring for every inquiry that has values."""
    for inquiry in queries.inquiries_with_values():
        regroup_inquiry.delay(str(inquiry.pk))
