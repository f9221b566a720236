"""The worker's doors. What needs numerics is imported inside, for the scheduler's sweep does without."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from deliberation.opinion import snapshots
from deliberation.opinion.models import Bringing


@shared_task(base=DjangoTask, ignore_result=True)
def analyse(pk: str) -> None:
    """Compute the results of an inquiry or conversation. Ringing twice is harmless: what is fresh is passed over."""
    from deliberation.opinion import analysing

    analysing.analyse_if_due(UUID(pk))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_results() -> None:
    """Ring for everything whose votes have moved on since its last result: once for many votes, never once a vote."""
    for subject in snapshots.due():
        analyse.delay(str(subject.pk))


@shared_task(base=DjangoTask, ignore_result=True)
def look_for_twins() -> None:
    """Look in every assembly for seats that seem to be one person's."""
    from deliberation.opinion import finding_twins

    finding_twins.look_everywhere()


@shared_task(base=DjangoTask, ignore_result=True)
def look_for_twins_in(pk: str) -> None:
    """The same in one assembly, now."""
    from deliberation.opinion import finding_twins

    finding_twins.look_in(int(pk))


@shared_task(base=DjangoTask, ignore_result=True)
def take_in_upload(pk: str) -> None:
    """Read and keep what somebody uploaded. Ringing twice is harmless: one worker gets it."""
    from deliberation.opinion import taking_in

    taking_in.take_in(UUID(pk))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_uploads() -> None:
    """Ring for every upload no worker is at."""
    for pk in Bringing.objects.to_read().values_list("pk", flat=True):
        take_in_upload.apply_async((str(pk),), expires=10)
