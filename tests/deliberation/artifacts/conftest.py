"""What tests of documents share: an accepted value, a draft with clauses, the phase in which people vote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.artifacts.actions import drafting, ratifying
from deliberation.artifacts.models import Version
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Phase
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from tests.conftest import newcomer


def set_ratifying(assembly, starts=-1.0, ends=24.0):
    """Set when people vote, in hours from now."""
    return _set(assembly, Phase.Kind.RATIFYING, starts, ends)


def set_reviewing(assembly, starts=-1.0, ends=24.0):
    """Set when people object to drafts, in hours from now."""
    return _set(assembly, Phase.Kind.REVIEWING, starts, ends)


def _set(assembly, kind, starts, ends):
    now = timezone.now()
    span = (now + timedelta(hours=starts), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, kind, *span)


def counted(version):
    """End the vote, count it, and read the version anew."""
    set_ratifying(version.artifact.assembly, -2, -1)
    ratifying.count(version)
    return Version.objects.get(pk=version.pk)


def vote(member, version, whole="approve", **by_number):
    """Cast a ballot that says `whole` to everything but the clauses named: c2="object"."""
    lines = {
        str(clause.pk): by_number.get(f"c{number}", whole)
        for number, clause in enumerate(version.clauses.all(), start=1)
    }
    return ratifying.cast(member, version, whole, lines)


@pytest.fixture
def value(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    return moderation.accept(Bench(assembly, account), owned, owned.version).value


@pytest.fixture
def draft(assembly, value):
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    drafting.write_clause(version, "Nobody is left without a door.", [value])
    return version


@pytest.fixture
def two_clauses(draft, value):
    drafting.write_clause(draft, "Nights are quiet.", [value])
    return draft


@pytest.fixture
def voters(invitation):
    return [newcomer(invitation) for _ in range(6)]


@pytest.fixture
def opened(assembly, two_clauses, voters):
    """A version of two clauses put to the vote, with six voters and the author of its words on the roll."""
    set_ratifying(assembly)
    ratifying.open_ballot(two_clauses)
    return Version.objects.select_related("artifact").get(pk=two_clauses.pk)
