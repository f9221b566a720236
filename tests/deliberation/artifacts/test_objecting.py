"""Objections: made while a draft is reviewed, answered in public, and counted by opinion group against the threshold set beforehand."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from deliberation.artifacts import contests
from deliberation.artifacts.actions import drafting, objecting, ratifying
from deliberation.artifacts.errors import (
    AlreadyObjected,
    BallotOpened,
    ClauseChanged,
    ClauseRejectable,
    NotUnderReview,
    ObjectionFaulty,
    ObjectionGone,
    ObjectionsOpen,
    ThresholdsFrozen,
)
from deliberation.artifacts.models import Artifact, Clause, Objection, Version
from deliberation.artifacts.tally import Rules
from deliberation.assemblies.errors import NotHere, PhaseClosed
from tests._publishing import sign_off, signed_and_published
from tests.deliberation.artifacts.conftest import counted, set_ratifying, set_reviewing, vote


@pytest.fixture
def put(assembly, draft, voters):
    """A draft of one clause before an assembly of seven."""
    set_reviewing(assembly)
    return drafting.put_before(draft)


@pytest.fixture
def clause(put):
    return put.clauses.get()


@pytest.fixture
def objection(clause, voters):
    return objecting.object_to(voters[0], clause, "It leaves out shift workers.")


def judged(version):
    return contests.standing_of(version)[version.clauses.get().pk]


def test_an_objection_waits_for_an_answer_before_anything_is_signed(put, objection, account):
    assert judged(put).waiting == 1
    with pytest.raises(ObjectionsOpen):
        sign_off(put)
    objecting.answer(objection, account, "We looked at it.", sustain=False)
    assert judged(put).waiting == 0
    sign_off(put)


def test_objections_are_taken_only_while_a_draft_is_put_before_people(
    assembly, draft, voters, account
):
    clause = draft.clauses.get()
    with pytest.raises(PhaseClosed):
        objecting.object_to(voters[0], clause, "No.")
    set_reviewing(assembly)
    with pytest.raises(NotUnderReview):
        objecting.object_to(voters[0], clause, "No.")
    drafting.put_before(draft)
    made = objecting.object_to(voters[0], clause, "No.")
    objecting.answer(made, account, "Thank you.", sustain=False)
    set_ratifying(assembly)
    ratifying.open_ballot(draft)
    with pytest.raises(NotUnderReview):
        objecting.object_to(voters[1], clause, "No.")
    with pytest.raises(BallotOpened):
        objecting.say_satisfied(voters[0], made, satisfied=True)


def test_one_objection_a_person_and_clause_until_it_is_taken_back(clause, voters, objection):
    with pytest.raises(AlreadyObjected):
        objecting.object_to(voters[0], clause, "Again.")
    objecting.take_back(voters[0], objection)
    kept = Objection.objects.get()
    assert (kept.reason, kept.rewording) == ("", "")
    objecting.object_to(voters[0], clause, "Anew.")


@pytest.mark.parametrize("reason", ["", "  ", "a\x00b", "x" * 2001])
def test_an_objection_needs_words_of_a_sound_kind(clause, voters, reason):
    with pytest.raises(ObjectionFaulty):
        objecting.object_to(voters[0], clause, reason)


def test_nobody_touches_what_is_somebody_elses(objection, voters, account):
    with pytest.raises(NotHere):
        objecting.take_back(voters[1], objection)
    objecting.answer(objection, account, "So.", sustain=False)
    with pytest.raises(NotHere):
        objecting.say_satisfied(voters[1], objection, satisfied=True)


def test_sharing_an_objection_twice_is_once_and_ones_own_is_ones_own(objection, voters):
    for member in (voters[0], voters[1], voters[1]):
        objecting.second(member, objection)
    assert objection.secondings.count() == 1
    objecting.unsecond(voters[1], objection)
    assert not objection.secondings.exists()


def test_a_sustained_objection_of_too_many_bars_the_clause_until_it_reads_otherwise(
    put, objection, voters, account, value
):
    """Seven people and no opinion groups: 10 % is less than one person."""
    objecting.answer(objection, account, "You are right.", sustain=True)
    assert not judged(put).passes
    with pytest.raises(ClauseRejectable):
        sign_off(put)
    drafting.rewrite_clause(put.clauses.get(), 1, "Nobody, at night neither.", [value])
    assert judged(put).passes
    objecting.say_satisfied(voters[0], objection, satisfied=False)
    assert not judged(put).passes
    objecting.say_satisfied(voters[0], objection, satisfied=True)
    sign_off(put)


def test_few_who_are_not_satisfied_do_not_bar_it_and_their_objection_is_published(
    put, voters, account
):
    Artifact.objects.update(objecting_share=0.3)
    made = objecting.object_to(voters[0], put.clauses.get(), "It leaves out shift workers.")
    objecting.second(voters[1], made)
    objecting.answer(made, account, "We could not agree.", sustain=False)
    objecting.say_satisfied(voters[0], made, satisfied=False)
    put.refresh_from_db()
    told = judged(put)
    assert (told.standing, told.passes) == (1, True)
    published = signed_and_published(put)
    (shown,) = contests.objections_to(published)
    assert shown.stands
    assert shown.seconded == 1


def test_the_share_is_above_the_threshold_not_at_it(put, voters, account):
    """Two of seven stand behind it: 2/7 is not above 2/7."""
    made = objecting.object_to(voters[0], put.clauses.get(), "No.")
    objecting.second(voters[1], made)
    objecting.answer(made, account, "So.", sustain=True)
    Artifact.objects.update(objecting_share=2 / 7 - 1e-9)
    put.artifact.refresh_from_db()
    (against,) = judged(put).against
    assert (against.behind, against.of) == (2, 7)
    Artifact.objects.update(objecting_share=2 / 7 + 1e-9)
    put.artifact.refresh_from_db()
    assert judged(put).passes


def test_taking_the_words_of_an_objection_changes_the_clause_and_keeps_its_grounds(
    put, voters, account, value
):
    clause = put.clauses.get()
    made = objecting.object_to(voters[0], clause, "Nights.", "Nobody, at night neither.")
    objecting.adopt(made, account, "Thank you: these are better words.", seen=1)
    changed = Clause.objects.get()
    assert changed.text == "Nobody, at night neither."
    assert list(changed.values.all()) == [value]
    kept = Objection.objects.get()
    assert (kept.state, kept.as_it_read) == ("sustained", "Nobody is left without a door.")
    assert judged(put).passes


def test_words_are_not_taken_over_what_somebody_saved_meanwhile(put, voters, account, value):
    clause = put.clauses.get()
    made = objecting.object_to(voters[0], clause, "Nights.", "Nobody, at night neither.")
    drafting.rewrite_clause(clause, 1, "Saved meanwhile.", [value])
    with pytest.raises(ClauseChanged):
        objecting.adopt(made, account, "Thank you.", seen=1)
    assert Clause.objects.get().text == "Saved meanwhile."
    assert Objection.objects.get().state == "open"


def test_an_objection_without_other_words_cannot_be_adopted(objection, account):
    with pytest.raises(ObjectionFaulty):
        objecting.adopt(objection, account, "Thank you.", seen=1)
    assert Objection.objects.get().state == "open"


def test_the_threshold_of_objections_stays_once_people_were_asked(put):
    with pytest.raises(ThresholdsFrozen):
        ratifying.set_thresholds(put.artifact, Rules(0.5, 0.5, 0), 0.9)
    ratifying.set_thresholds(put.artifact, Rules(0.6, 0.5, 0), put.artifact.objecting_share)


def test_what_a_member_said_against_clauses_is_erased_with_it(objection, clause, voters):
    other = objecting.object_to(voters[1], clause, "Mine, too.")
    objecting.second(voters[0], other)
    objecting.forget(voters[0])
    assert Objection.objects.get(pk=objection.pk).reason == ""
    assert Objection.objects.get(pk=objection.pk).respondent is None
    assert not other.secondings.exists()


def test_what_was_taken_back_is_answered_by_nobody(objection, voters, account):
    objecting.take_back(voters[0], objection)
    with pytest.raises(ObjectionGone):
        objecting.answer(objection, account, "So.", sustain=True)


def test_objections_are_judged_when_a_vote_opens_and_not_again_after_it(
    put, objection, voters, account, assembly
):
    """Whoever leaves or joins another group later, what was adopted can be published."""
    Artifact.objects.update(objecting_share=0.2)
    objecting.answer(objection, account, "So.", sustain=True)
    put.artifact.refresh_from_db()
    set_ratifying(assembly)
    ratifying.open_ballot(put)
    for member in voters:
        vote(member, put)
    over = counted(put)
    Artifact.objects.update(objecting_share=0.0)
    assert not judged(Version.objects.get()).passes
    assert signed_and_published(over).published_at


def test_nobody_objects_while_a_vote_is_being_opened(put, voters):
    """Objecting waits for the lock of the version, and then finds it fixed."""
    clause = put.clauses.get()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Version.objects.select_for_update().get(pk=put.pk)
            late = other.submit(_object, voters[0], clause)
            with pytest.raises(TimeoutError):
                late.result(timeout=0.5)
            Version.objects.filter(pk=put.pk).update(frozen_at=timezone.now())
        with pytest.raises(NotUnderReview):
            late.result(timeout=10)
    assert not Objection.objects.exists()


def _object(member, clause):
    try:
        return objecting.object_to(member, clause, "Too late.")
    finally:
        connection.close()
