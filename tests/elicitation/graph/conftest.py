"""Values, people and comparisons of one inquiry, made directly."""

import pytest

from elicitation.extraction.models import Candidate, Policy, Reading
from elicitation.graph.actions.tellings import request_tellings
from elicitation.graph.actions.transitions import put
from elicitation.graph.models import Evidence, Story, Telling, Transition, Value
from elicitation.interview.models import Inquiry, Respondent, Response, Revision
from tests.elicitation.graph._votes import make_value
from tests.model_server import ModelServer


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def context(inquiry):
    return inquiry.contexts.get()


def a_value(inquiry, title="Open doors", *policies, language="en"):
    return Value.objects.create(
        inquiry=inquiry, title=title, policies=list(policies), language=language
    )


def a_person(kind="person"):
    return Respondent.objects.create(kind=kind)


def a_transition(one, other, context=None, **more):
    made = {"source": "pairing", **more}
    ends = {"from_value": one, "to_value": other}
    return Transition.objects.create(inquiry=one.inquiry, context=context, **ends, **made)


def a_story(transition, towards=None, **more):
    told = {"text": "Somebody looks at the water, then at a door.", "language": "en", **more}
    return Story.objects.create(
        transition=transition, towards=towards or transition.to_value, **told
    )


def here(inquiry):
    return Inquiry.objects.filter(pk=inquiry.pk)


def shown(inquiry, respondent=None, language="en"):
    return put(respondent or a_person(), here(inquiry), language)


def stands_in(value, respondent):
    """A card of this respondent's in a value."""
    prompt = value.inquiry.prompts.first()
    response = Response.objects.create(
        prompt=prompt,
        respondent=respondent,
        key=value.pk.hex + respondent.pk.hex,
        channel="imported",
    )
    revision = Revision.objects.create(response=response, text=value.title, language="en")
    reading = Reading.objects.create(revision=revision, engine="person", state="done")
    card = Candidate.objects.create(
        reading=reading, title=value.title, language="en", state="confirmed"
    )
    Policy.objects.create(candidate=card, position=0, text=value.title)
    Evidence.objects.create(value=value, candidate=card)
    return card


@pytest.fixture
def ring(inquiry, context):
    """Six values in a ring of six transitions."""
    values = [a_value(inquiry, f"Value {n}") for n in range(6)]
    return [a_transition(values[n], values[(n + 1) % 6], context) for n in range(6)]


@pytest.fixture
def value(inquiry):
    return make_value(inquiry)


@pytest.fixture
def ada(db):
    return Respondent.objects.create()


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def asked(transactional_db, inquiry, context):
    """A telling that waits: of one value beside another in a context."""
    one = a_value(inquiry, "Dry cellars", "SANDBAGS that are where the water comes")
    other = a_value(inquiry, "Open doors", "NEIGHBOURS nobody has asked yet")
    a_transition(one, other, context, likeness=0.4)
    request_tellings(10)
    return Telling.objects.get()
