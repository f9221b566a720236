"""What tests share: an assembly open for answers, a member, a facilitator, an answer that was read."""

from datetime import timedelta
from functools import cache
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client, TransactionTestCase
from django.utils import timezone, translation

from deliberation.assemblies.actions import organising, setting_up, taking_part
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Colleague, Phase
from elicitation.extraction.engines.base import PolicyProposal, Reply, ValueProposal
from elicitation.extraction.reading import read
from elicitation.interview.actions import permit_reading, permit_research
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Words
from tests import stage
from tests.database import Schema, empty
from tests.houses import house

# How long an example takes says something of the machine, nothing of the code.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")
TEXT = (
    "When the river floods I look at who is left without a door to knock on. I want quiet nights."
)


class Told:
    """An engine that says what it is told."""

    name, model, lane, window, parameters = "offline", "told", "", 0, {}

    def __init__(self, *values):
        self.values = values

    def prompt_version(self, ask):
        return ""

    def at_most(self, ask):
        return 0

    def cost(self, ask, usage):
        return 0

    def propose(self, ask):
        return Reply(self.values)


class Says(Told):
    """An engine that gives one whole reply."""

    def __init__(self, **parts):
        self.reply = Reply(**parts)

    def propose(self, ask):
        return self.reply


def card(title="Open doors", quote="who is left without a door to knock on"):
    return ValueProposal(title, (PolicyProposal(quote, (quote,)),), "the river floods")


class Quick(PBKDF2PasswordHasher):
    """Hashes of one round, which every hasher of this kind can check: hashing takes its time by design, and tests sign in some hundred times."""

    iterations = 1


@cache
def hashed():
    """A hash of one password."""
    return make_password("a long enough one")


def pytest_configure():
    TransactionTestCase._fixture_teardown = empty
    settings.PASSWORD_HASHERS = [f"{Quick.__module__}.{Quick.__qualname__}"]


@pytest.fixture(scope="session")
def schema(request):
    """The database as migrations leave it; None where the server is not ours to make another in."""
    cache = getattr(request.config, "cache", None)
    return Schema(cache.mkdir("schema")) if stage.servers and cache else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, schema, django_db_blocker):
    if schema:
        with django_db_blocker.unblock():
            schema.before()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, schema):
    if schema:
        schema.after()


@pytest.fixture(autouse=True)
def in_english():
    """No test speaks the language an earlier one left behind."""
    translation.activate("en")


@pytest.fixture
def account(db):
    return get_user_model().objects.create(username="ada-of-the-hall", password=hashed())


@pytest.fixture
def stranger(db):
    return get_user_model().objects.create(username="eve-from-outside", password=hashed())


def found(slug, facilitator=None, organisation=None):
    now = timezone.now()
    span = (now - timedelta(hours=1), now + timedelta(days=1))
    inquiry = InquiryDraft(
        question={"en": "What matters by the river?", "fr": "Qu'est-ce qui compte ?"},
        languages=("en", "fr"),
        prompts=(
            PromptDraft({"en": "Think of a flood. What did you look at?"}, "story"),
            PromptDraft({"en": "What should stay?"}),
        ),
        contexts=({"en": "the river floods"},),
    )
    draft = AssemblyDraft(
        slug=slug,
        title={"en": f"Assembly {slug}", "fr": f"Assemblée {slug}"},
        welcome={"en": "Ten minutes about the river."},
        consent={"en": "We keep your words."},
        languages=("en", "fr"),
        zone="Europe/Madrid",
        inquiries=(inquiry,),
        phases={Phase.Kind.ANSWERING: span},
    )
    return setting_up.found(draft, facilitator, organisation or house())


@pytest.fixture
def assembly(db, account):
    return found("water", account)


@pytest.fixture
def other_assembly(db, stranger):
    return found("fire", stranger)


@pytest.fixture
def prompt(assembly):
    return assembly.inquiries.get().prompts.first()


@pytest.fixture
def invitation(assembly):
    return setting_up.invite(assembly, "hall")


def newcomer(invitation):
    """One more voice that came in and agreed to everything."""
    joined = taking_part.join(invitation, "en")
    taking_part.agree(joined)
    permit_reading(joined.respondent, "127.0.0.1")  # where the models of tests are
    permit_research(joined.respondent, permitted=True)
    joined.respondent.refresh_from_db()
    return joined


@pytest.fixture
def member(invitation):
    return newcomer(invitation)


@pytest.fixture
def member_client(member):
    client = Client()
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    return client


@pytest.fixture
def steward(account, assembly):
    """Who runs the assembly looks after its organisation, too."""
    return organising.give_place(assembly.organisation, account, Colleague.Kind.STEWARD)


@pytest.fixture
def facilitator(account, assembly):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def answered(member, prompt):
    return taking_part.answer(member, prompt, Words(TEXT, "en", uuid4().hex))


@pytest.fixture
def read_answer(transactional_db, answered):
    """The card of an answer that was read."""
    (candidate,) = read(answered.latest.pk, Told(card()))
    return candidate
