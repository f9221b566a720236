"""What reaches the arrays: the standing votes of people and institutions on standing values, each pair once."""

from datetime import UTC, datetime
from uuid import UUID

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from deliberation.opinion import rows
from elicitation.graph.actions.endorsing import endorse, take_back
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Respondent

Says = Endorsement.Says


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def values(inquiry):
    return [Value.objects.create(inquiry=inquiry, title=t, language="en") for t in ("A", "B", "C")]


def voices(number, kind=Respondent.Kind.PERSON):
    return [Respondent.objects.create(kind=kind) for _ in range(number)]


def told(read):
    """{(person, statement): sign}, from the arrays."""
    row = np.repeat(np.arange(len(read.people)), np.diff(read.votes.starts))
    cells = zip(row, read.votes.columns, read.votes.signs, strict=True)
    return {(read.people[i], read.statements[j]): int(sign) for i, j, sign in cells}


def test_the_arrays_hold_what_each_says_now(inquiry, values):
    one, other = voices(2)
    endorse(one, values[0], Says.AGREE)
    endorse(one, values[0], Says.DISAGREE)
    endorse(other, values[2], Says.PASS)
    assert told(rows.of_inquiry(inquiry)) == {
        (str(one.pk), str(values[0].pk)): -1,
        (str(other.pk), str(values[2].pk)): 0,
    }


def test_who_took_a_vote_back_says_nothing(inquiry, values):
    (one,) = voices(1)
    endorse(one, values[0], Says.AGREE)
    take_back(one, values[0])
    assert told(rows.of_inquiry(inquiry)) == {}


def test_an_ai_agent_is_never_counted_and_an_institution_is(inquiry, values):
    (agent,) = voices(1, Respondent.Kind.AI_AGENT)
    (hall,) = voices(1, Respondent.Kind.INSTITUTION)
    for voice in (agent, hall):
        endorse(voice, values[0], Says.AGREE)
    assert rows.of_inquiry(inquiry).people == [str(hall.pk)]
    assert len(rows.log_of_inquiry(inquiry).says) == 1


def test_a_retired_value_is_left_out(inquiry, values):
    (one,) = voices(1)
    endorse(one, values[0], Says.AGREE)
    endorse(one, values[1], Says.AGREE)
    Value.objects.filter(pk=values[0].pk).update(retired_at=timezone.now())
    assert rows.of_inquiry(inquiry).statements == [str(values[1].pk)]


def test_another_inquiry_is_left_out(inquiry, values, other_assembly):
    elsewhere = Value.objects.create(
        inquiry=other_assembly.inquiries.get(), title="D", language="en"
    )
    (one,) = voices(1)
    endorse(one, elsewhere, Says.AGREE)
    assert told(rows.of_inquiry(inquiry)) == {}


def test_people_and_statements_come_sorted_by_their_ids(inquiry, values):
    for voice in voices(9):
        for value in values:
            endorse(voice, value, Says.AGREE)
    read = rows.of_inquiry(inquiry)
    assert read.people == sorted(read.people)
    assert read.statements == sorted(str(v.pk) for v in values)


def test_a_person_keeps_their_number_when_others_come(inquiry, values):
    first = voices(3)
    for voice in first:
        endorse(voice, values[0], Says.AGREE)
    before = rows.of_inquiry(inquiry)
    for voice in voices(5):
        endorse(voice, values[0], Says.PASS)
    after = rows.of_inquiry(inquiry)
    number = dict(zip(after.people, after.votes.people.tolist(), strict=True))
    assert [number[p] for p in before.people] == before.votes.people.tolist()


def test_ids_that_share_their_first_half_are_still_told_apart(inquiry, values):
    for tail in range(3):
        twin = Respondent.objects.create(pk=UUID(int=(7 << 64) + tail))
        endorse(twin, values[tail], Says.AGREE)
    assert sorted(told(rows.of_inquiry(inquiry)).values()) == [1, 1, 1]


def test_the_log_holds_every_vote_with_when_it_stood(inquiry, values):
    (one,) = voices(1)
    begun = datetime.now(UTC)
    for says in (Says.AGREE, Says.PASS, Says.DISAGREE):
        endorse(one, values[0], says)
    log = rows.log_of_inquiry(inquiry)
    (first, until, a), (second, then, b), (third, never, c) = sorted(
        zip(log.at.tolist(), log.until.tolist(), log.says.tolist(), strict=True)
    )
    assert [a, b, c] == [1, 0, -1]
    assert first < until <= second < then <= third < never == 2**63 - 1
    since = first / 1e6 - (begun - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds()
    assert -1 < since < 60


def test_the_log_holds_nothing_of_a_vote_that_was_taken_back(inquiry, values):
    one, other = voices(2)
    for person in (one, other):
        endorse(person, values[0], Says.AGREE)
    take_back(one, values[0])
    assert len(rows.log_of_inquiry(inquiry).says) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    votes=some.lists(
        some.tuples(some.integers(0, 4), some.integers(0, 2), some.sampled_from(list(Says))),
        max_size=12,
    )
)
def test_the_arrays_always_hold_the_last_vote_of_each_pair(inquiry, values, votes):
    Endorsement.objects.all().delete()
    people = voices(5)
    last = {}
    for person, value, says in votes:
        endorse(people[person], values[value], says)
        last[str(people[person].pk), str(values[value].pk)] = int(says)
    assert told(rows.of_inquiry(inquiry)) == last
