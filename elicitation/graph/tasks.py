"""The worker's doors. What needs an encoder is imported inside, for the web process rings these bells too."""

from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings

from elicitation.extraction import at_work
from elicitation.graph import chores, queries
from elicitation.graph.actions import tellings
from elicitation.interview.models import Inquiry


@shared_task(base=DjangoTask, ignore_result=True)
def find_likenesses(candidate_id: str) -> None:
    """Look for values close to a card its author has just owned, for its author and for moderators. Ringing twice is harmless."""
    from elicitation.graph import comparing, suggesting

    comparing.compare(UUID(candidate_id))
    suggesting.suggest([UUID(candidate_id)])


@shared_task(base=DjangoTask, ignore_result=True)
def pair_values(inquiry_id: str) -> None:
    """Pair the values of one inquiry. Ringing twice is harmless: a claimed inquiry is left to its worker."""
    from elicitation.graph import pairing

    pairing.pair_if_free(Inquiry.objects.get(pk=inquiry_id))


@shared_task(base=DjangoTask, ignore_result=True)
def tell_stories(telling_id: str) -> None:
    """Ask a model about one value, where there is a model. Ringing twice is harmless."""
    from elicitation.graph import telling

    if teller := at_work.storyteller():
        telling.tell_if_free(UUID(telling_id), teller)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_pairings() -> None:
    """Ring for every inquiry whose values are to be paired."""
    for inquiry in chores.to_pair():
        pair_values.delay(str(inquiry.pk))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_tellings() -> None:
    """Put what no model was asked about on the list, and ring for what is due; nothing with the offline engine."""
    if at_work.storyteller() and chores.untold().exists():
        tellings.request_tellings(settings.SWEEP_BATCH)
    if at_work.storyteller() and chores.tellings_due().exists():
        for telling_id in tellings.ring_tellings(settings.SWEEP_BATCH):
            tell_stories.delay(str(telling_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_likenesses() -> None:
    """Ring for owned cards that were not compared as they stand, whatever became of their message. The ring ends with the next one."""
    for candidate_id in queries.cards_to_compare(settings.SWEEP_BATCH):
        find_likenesses.apply_async((str(candidate_id),), expires=10)


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
