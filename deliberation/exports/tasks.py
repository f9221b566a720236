"""The worker's doors."""

from pathlib import Path

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings

from deliberation.exports.withdrawals import Notebook

NOTEBOOK = Notebook(Path(settings.WITHDRAWALS_FILE))


@shared_task(base=DjangoTask, ignore_result=True)
def note_withdrawals() -> None:
    """Write down outside the database what people took back since the last time."""
    NOTEBOOK.write()
