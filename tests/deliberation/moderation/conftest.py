"""A moderator at work, and values with the cards of others in them."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards
from deliberation.moderation.bench import Bench
from elicitation.extraction.reading import read
from elicitation.graph.models import Value
from elicitation.interview.drafts import Words
from tests.conftest import TEXT, Told, card, newcomer


@pytest.fixture(autouse=True)
def english():
    """Refusals are read in English, whatever language the visitor of an earlier test spoke."""
    with translation.override("en"):
        yield


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def colleague(assembly):
    return Bench(assembly, get_user_model().objects.create_user("bo-of-the-hall"))


@pytest.fixture
def another(invitation, prompt):
    """Make a card of one more voice, owned by its author."""

    def made(title="Shelter", public=False):
        author = newcomer(invitation)
        response = taking_part.answer(author, prompt, Words(TEXT, "en", uuid4().hex))
        (candidate,) = read(response.latest.pk, Told(card(title)))
        return taking_part.own_card(candidate, public=public)

    return made


@pytest.fixture
def accepted(bench, another):
    """Make a value of somebody's card."""

    def made(title="Shelter"):
        candidate = another(title)
        return Value.objects.get(pk=cards.accept(bench, candidate, candidate.version).value_id)

    return made
