"""A sign of life means: answers are read. A worker that only seals the record gives none."""

from types import SimpleNamespace

import pytest
from celery import Celery

from deliberation.project.celery import SignOfLife


@pytest.mark.parametrize(
    ("queues", "gives"), [(["record"], False), (["reading", "record"], True), ([], True)]
)
def test_only_who_takes_more_than_the_record_gives_a_sign(queues, gives):
    app = Celery("of its own", set_as_current=False)
    app.amqp.queues.select(queues)
    step = object.__new__(SignOfLife)
    assert step.include_if(SimpleNamespace(app=app)) is gives
