"""People who came, each at a time one can reckon with."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Consent
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from tests.conftest import TEXT, Told, card, newcomer


@pytest.fixture
def start():
    return timezone.now() - timedelta(hours=20)


@pytest.fixture
def comer(invitation, start):
    """Make somebody who agreed when the clock started."""

    def made():
        member = newcomer(invitation)
        Consent.objects.filter(membership=member).update(given_at=start)
        return member

    return made


@pytest.fixture
def sends(start):
    """Let a member answer a prompt, received so many seconds after the start."""

    def sent(member, prompt, seconds=60):
        response = taking_part.answer(member, prompt, Words(TEXT, "en", uuid4().hex))
        at = start + timedelta(seconds=seconds)
        Response.objects.filter(pk=response.pk).update(received_at=at)
        return response

    return sent


@pytest.fixture
def carded(comer, sends, prompt):
    """Make a card of one more voice."""

    def made(title="Open doors"):
        response = sends(comer(), prompt)
        (found,) = read(response.latest.pk, Told(card(title)))
        return found

    return made


@pytest.fixture
def prompts(assembly):
    return list(assembly.inquiries.get().prompts.all())
