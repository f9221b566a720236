"""The clock of the site: it ticks, and what is due gets its turn."""

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from deliberation.assemblies.actions import turn_keeping
from deliberation.assemblies.clock import due
from deliberation.assemblies.tasks import (
    forget_addresses_left,
    forget_outlines_left,
    forget_pools_left,
    forget_what_is_over,
)
from deliberation.opinion.tasks import look_for_twins
from deliberation.project.schedule import EVERY, TURNS
from elicitation.extraction.tasks import purge_old_replies
from elicitation.graph.tasks import regroup_all

NIGHTLY = (
    regroup_all,
    look_for_twins,
    forget_what_is_over,
    forget_outlines_left,
    forget_pools_left,
    forget_addresses_left,
    purge_old_replies,
)
WORK = {task.name: task for task in NIGHTLY}


@shared_task(base=DjangoTask, ignore_result=True)
def tick() -> None:
    """Say that the clock goes, and ring for every turn that is due and that nobody is at. The ring ends with the next tick."""
    turn_keeping.tick(TURNS)
    for name in due():
        take_turn.apply_async((name,), expires=EVERY[tick.name])


@shared_task(base=DjangoTask, ignore_result=True)
def take_turn(name: str) -> None:
    """Do one turn to its end, then move its watermark. Ringing twice is harmless: one worker gets it."""
    if name in WORK and (began := turn_keeping.claim(name)):
        with turn_keeping.held(name, began):
            WORK[name]()
