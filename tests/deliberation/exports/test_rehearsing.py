"""A rehearsal is a copy in which made-up people take part by the real acts; nothing of it crosses over, and wiped it leaves nothing behind."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from deliberation.artifacts import chores, rehearsing
from deliberation.assemblies import made_up
from deliberation.assemblies.actions import rehearsing as acts
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.errors import RehearsalBusy, RehearsalThere, RehearsalTooLate
from deliberation.assemblies.models import Assembly, Phase, Rehearsal
from deliberation.exports.actions import packing
from deliberation.exports.wiping import wipe
from deliberation.moderation.queries import queue
from elicitation.extraction.models import Reading
from elicitation.graph.models import Endorsement, Judgement, Value
from elicitation.interview.models import Response, Revision
from elicitation.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
OF_THE_RECORD = {"record"}


def counts():
    """How many rows every table has, but the record's."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label not in OF_THE_RECORD and model._meta.managed
    }


@pytest.fixture
def few(monkeypatch):
    """A rehearsal of a few people, for speed."""
    monkeypatch.setattr(made_up, "PEOPLE", 4)


@pytest.fixture
def rehearsal(assembly, account):
    return acts.rehearse(assembly, account)


@pytest.fixture
def filled(rehearsal):
    assert rehearsing.fill(rehearsal.pk)
    rehearsal.refresh_from_db()
    return rehearsal


def test_a_rehearsal_is_a_copy_marked_as_a_sample_where_everything_is_open(rehearsal, assembly):
    copy = rehearsal.copy
    assert (copy.slug, copy.is_sample) == ("water-rehearsal", True)
    assert (copy.title, copy.languages) == (assembly.title, assembly.languages)
    ours, theirs = copy.inquiries.get(), assembly.inquiries.get()
    assert ours.pk != theirs.pk
    assert [p.wording for p in ours.prompts.all()] == [p.wording for p in theirs.prompts.all()]
    assert {phase.kind for phase in copy.phases.all() if phase.is_open} == set(Phase.Kind.values)
    assert copy.roles.count() == assembly.roles.count()
    assert not assembly.memberships.exists()


def test_made_up_people_come_answer_own_weigh_and_compare_and_nothing_crosses_over(
    filled, assembly
):
    copy = filled.copy
    assert filled.filled_at
    assert copy.memberships.count() == made_up.PEOPLE
    assert Response.objects.filter(prompt__inquiry__assemblies=copy).count() >= made_up.PEOPLE
    assert Value.objects.filter(inquiry__assemblies=copy).count() >= 5
    assert queue(copy).count() == rehearsing.IN_THE_QUEUE
    assert Endorsement.objects.filter(value__inquiry__assemblies=copy).count() >= 50
    assert Judgement.objects.exists()
    version = copy.artifacts.get().versions.get()
    assert version.put_at
    assert version.clauses.count() == 5
    assert Reading.objects.values_list("engine", flat=True).distinct().get() == "offline"
    inquiry = assembly.inquiries.get()
    assert not assembly.memberships.exists()
    assert not Response.objects.filter(prompt__inquiry=inquiry).exists()
    assert not inquiry.values.exists()
    assert not assembly.artifacts.exists()
    assert not assembly.is_sample


def test_wiped_it_leaves_every_table_as_it_was_and_the_record_says_only_that_it_was(
    few, assembly, account
):
    before, last = counts(), Entry.objects.latest("pk").pk
    rehearsal = acts.rehearse(assembly, account)
    assert rehearsing.fill(rehearsal.pk)
    rehearsal.refresh_from_db()
    bundle = packing.ask(rehearsal.copy)
    bundle.path.parent.mkdir(parents=True, exist_ok=True)
    bundle.path.write_bytes(b"PK")
    assert counts() != before
    words = set(Revision.objects.values_list("text", flat=True))
    wipe(rehearsal)
    assert counts() == before
    assert not bundle.path.exists()
    assert words
    since = Entry.objects.filter(pk__gt=last)
    assert set(since.filter(erased_at=None).values_list("kind", flat=True)) == {
        "rehearsal.begun", "rehearsal.wiped", "record.erased",
    }  # fmt: skip
    assert not since.exclude(erased_at=None).exclude(body=None, salt=None).exists()


def test_wiping_takes_a_real_visitor_of_the_rehearsal_with_it_and_leaves_other_assemblies_alone(
    few, filled, assembly
):
    setting_up.invite(assembly)
    other = taking_part.join(assembly.invitations.get(), "en")
    guest = taking_part.join(filled.copy.invitations.get(), "en")
    wipe(filled)
    assert list(assembly.memberships.all()) == [other]
    other.respondent.refresh_from_db()
    assert not type(guest).objects.filter(pk=guest.pk).exists()
    kept = Entry.objects.filter(kind="membership.made", erased_at=None)
    assert [e.body["respondent"] for e in kept] == [str(other.respondent_id)]
    assert Assembly.objects.get() == assembly


def test_it_is_refused_once_real_people_have_joined_and_there_is_one_at_a_time(
    assembly, account, rehearsal
):
    with pytest.raises(RehearsalThere):
        acts.rehearse(assembly, account)
    with pytest.raises(RehearsalTooLate):
        acts.rehearse(rehearsal.copy, account)
    wipe(rehearsal)
    setting_up.invite(assembly)
    member = taking_part.join(assembly.invitations.get(), "en")
    wipe(acts.rehearse(assembly, account))  # nobody has agreed yet
    taking_part.agree(member)
    with pytest.raises(RehearsalTooLate):
        acts.rehearse(assembly, account)


def test_a_worker_that_died_is_followed_by_another_which_does_nothing_twice(few, rehearsal):
    claimed = acts.claim(rehearsal.pk)
    for nth in range(2):
        acts.arrive(claimed, nth)
    assert not rehearsing.fill(rehearsal.pk)  # held still
    with pytest.raises(RehearsalBusy):
        wipe(rehearsal)
    Rehearsal.objects.update(leased_until=timezone.now() - timedelta(1), ring_at=timezone.now())
    assert chores.rehearsals_due().get() == rehearsal
    assert rehearsing.fill(rehearsal.pk)
    assert not rehearsing.fill(rehearsal.pk)
    assert rehearsal.copy.memberships.count() == made_up.PEOPLE
    assert not chores.rehearsals_due().exists()


def test_no_word_of_a_rehearsal_is_for_a_model_elsewhere(few, rehearsal, settings):
    settings.GROUNDWORK_ENGINE = "openai"
    settings.OPENAI_BASE_URL = "http://model.example/v1"
    assert rehearsing.fill(rehearsal.pk)
    assert not chores.phrasings_due().exists()
    assert Reading.objects.values_list("engine", flat=True).distinct().get() == "offline"


def test_a_real_assembly_is_never_wiped(rehearsal):
    Assembly.objects.filter(pk=rehearsal.copy_id).update(is_sample=False)
    with pytest.raises(RehearsalTooLate):
        wipe(rehearsal)
    assert Assembly.objects.count() == 2
