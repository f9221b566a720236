"""The worker's doors. What needs an encoder is imported inside, for the web process loads this file too."""

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from deliberation.moderation import queries


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_suggestions() -> None:
    """Look at cards nothing is suggested of yet, whatever became of their message, and at those newer values have overtaken.

    Not at those a moderator has decided on: they wait for nobody.
    """
    from elicitation.graph import suggesting

    suggesting.sweep(queries.decided_cards())
