"""What was there before a change of the tables is there after it, in its new place."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from deliberation.artifacts.models import Clause, ClauseNorm
from deliberation.assemblies.models import ConsentText
from elicitation.extraction.models import NormCandidate
from elicitation.graph.models import Norm
from elicitation.interview.models import Respondent
from tests import rules
from tests._publishing import signed_and_published

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("artifacts", "0005_words_as_published"), ("assemblies", "0005_colleagues")]


@pytest.fixture
def moved_back():
    """Let the tables be as they were; afterwards they are as they should be, whatever happens."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    call_command("migrate", verbosity=0)


def test_an_update_loses_nothing_and_makes_nothing_up(draft, assembly, member, prompt, request):
    """Rules that clauses upheld become norms, members are asked before words leave, the present words of consent are kept as their version."""
    rule = rules.owned(member, prompt.inquiry.prompts.exclude(pk=prompt.pk).first())
    published = signed_and_published(draft)
    clause = published.clauses.get()
    Respondent.objects.update(asks_first=False)
    assembly.consent, assembly.consent_version = {"en": "We keep your words."}, 3
    assembly.save()
    apps = request.getfixturevalue("moved_back")
    apps.get_model("artifacts", "Clause").objects.get(pk=clause.pk).norms.add(rule.pk)
    call_command("migrate", verbosity=0)
    norm = Norm.objects.get()
    assert (norm.aim, norm.worded_from_id, norm.inquiry_id) == (
        rule.aim,
        rule.pk,
        prompt.inquiry_id,
    )
    assert norm.evidence.get().candidate == NormCandidate.objects.get(pk=rule.pk)
    assert list(Clause.objects.get(pk=clause.pk).norms.all()) == [norm]
    assert ClauseNorm.objects.get().card == rule.pk
    assert Respondent.objects.get(pk=member.respondent_id).asks_first
    [kept] = ConsentText.objects.filter(assembly=assembly)
    assert (kept.version, kept.text, kept.since) == (3, {"en": "We keep your words."}, None)
