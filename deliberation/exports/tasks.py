"""The worker's doors. What computes and packs is imported inside: the web process loads this module too."""

from pathlib import Path
from uuid import UUID

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.conf import settings

from deliberation.exports import announcing, packages, publishing
from deliberation.exports.withdrawals import Notebook

NOTEBOOK = Notebook(Path(settings.WITHDRAWALS_FILE))


@shared_task(base=DjangoTask, ignore_result=True)
def note_withdrawals() -> None:
    """Write down outside the database what people took back since the last time."""
    NOTEBOOK.write()


@shared_task(base=DjangoTask, ignore_result=True)
def make_package(package_id: str) -> None:
    """Make a package. Ringing twice is harmless: a claimed one is left to its worker."""
    from deliberation.exports import packing

    packing.make_if_due(UUID(package_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_packages() -> None:
    """Ring for every package no worker is at, whatever became of its message. The ring ends with the next one."""
    for package_id in packages.due().values_list("pk", flat=True):
        make_package.apply_async((str(package_id),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def make_release(request_id: str) -> None:
    """Make a release. Ringing twice is harmless: a claimed one is left to its worker."""
    publishing.make_if_due(UUID(request_id))


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_releases() -> None:
    """Ring for every release no worker is at, whatever became of its message. The ring ends with the next one."""
    for request_id in publishing.due().values_list("pk", flat=True):
        make_release.apply_async((str(request_id),), expires=10)


@shared_task(base=DjangoTask, ignore_result=True)
def announce() -> None:
    """Put what is new on the list of every address that is told of it."""
    announcing.announce_all()


@shared_task(base=DjangoTask, ignore_result=True)
def take_packages_away() -> None:
    """Erase packages that are old, and those that hold words taken back since."""
    from deliberation.exports import packing

    packing.take_away()
