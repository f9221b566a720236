"""An answer that is read, and a prompt of an inquiry's own on trial."""

import pytest

from elicitation.extraction.models import ReadingRequest

DOOR = "who is left without a door to knock on"


@pytest.fixture
def revision(transactional_db, answered):
    return answered.latest


def request_of(revision):
    return ReadingRequest.objects.get(revision=revision)
