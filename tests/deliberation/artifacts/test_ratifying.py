"""A version is put to the vote, its words fixed; members vote and change their minds; it is counted and published, or not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from deliberation.artifacts import polls
from deliberation.artifacts.actions import drafting, publishing, ratifying
from deliberation.artifacts.actions.erasing_said import erase_said
from deliberation.artifacts.errors import (
    BallotIncomplete,
    BallotOpened,
    ClauseWithoutValue,
    NotAdopted,
    NothingToPublish,
    NotOnRoll,
    RatifyingNotSet,
    ThresholdsFrozen,
    ThresholdsUnreasonable,
    VoteInterrupted,
    VoteUnderWay,
)
from deliberation.artifacts.models import Ballot, Poll, Roll
from deliberation.artifacts.slips import seal
from deliberation.artifacts.tally import Rules
from deliberation.artifacts.tasks import count_ballots
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import ConsentMissing, PhaseClosed
from deliberation.assemblies.models import Membership, Phase
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests._publishing import signed_and_published
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import counted, set_ratifying, vote


def test_once_a_vote_is_opened_neither_words_nor_thresholds_change(opened, value):
    clause = opened.clauses.first()
    for act in (
        lambda: drafting.write_clause(opened, "More.", [value]),
        lambda: drafting.rewrite_clause(clause, 1, "Other.", [value]),
        lambda: drafting.strike_clause(clause),
        lambda: ratifying.open_ballot(opened),
    ):
        with pytest.raises(BallotOpened):
            act()
    with pytest.raises(ThresholdsFrozen):
        ratifying.set_thresholds(opened.artifact, Rules(0.1, 0.1, 0), 0.1)
    with pytest.raises(VoteUnderWay):
        signed_and_published(opened)
    with pytest.raises(VoteUnderWay):
        publishing.next_version(opened)


def test_thresholds_are_shares_and_what_was_set_is_what_is_counted_by(
    assembly, two_clauses, voters
):
    with pytest.raises(ThresholdsUnreasonable):
        ratifying.set_thresholds(two_clauses.artifact, Rules(1.2, 0.5, 0), 0.1)
    with pytest.raises(ThresholdsUnreasonable):
        ratifying.set_thresholds(two_clauses.artifact, Rules(0.5, 0.5, -1), 0.1)
    ratifying.set_thresholds(two_clauses.artifact, Rules(0.75, 0.5, 6), 0.1)
    set_ratifying(assembly)
    ratifying.open_ballot(two_clauses)
    for place, member in enumerate(voters):
        vote(member, two_clauses, c2="object" if place < 2 else "approve")
    result = polls.result_of(counted(two_clauses))
    assert result.adopted
    assert [one.number for one in result.left_out] == [2]  # 4 of 6 are less than three in four
    assert result.told["rules"] == {"approve_share": 0.75, "group_share": 0.5, "quorum": 6}


def test_a_vote_needs_a_time_clauses_and_values_somebody_stands_behind(
    assembly, draft, voters, read_answer
):
    with pytest.raises(RatifyingNotSet):
        ratifying.open_ballot(draft)
    set_ratifying(assembly, -2, -1)
    with pytest.raises(RatifyingNotSet):
        ratifying.open_ballot(draft)
    set_ratifying(assembly, 1, 2)
    with pytest.raises(NothingToPublish):
        ratifying.open_ballot(drafting.draft(assembly, "brief", "Empty", "en"))
    taking_part.disown_card(read_answer)
    with pytest.raises(ClauseWithoutValue):
        ratifying.open_ballot(draft)
    assert not Poll.objects.exists()


def test_ballots_are_taken_from_the_start_of_the_phase_to_its_end(assembly, two_clauses, voters):
    set_ratifying(assembly, 1, 2)
    ratifying.open_ballot(two_clauses)
    with pytest.raises(PhaseClosed):
        vote(voters[0], two_clauses)
    set_ratifying(assembly, -1, 1)
    vote(voters[0], two_clauses)
    set_ratifying(assembly, -2, -0.001)
    for act in (
        lambda: vote(voters[1], two_clauses),
        lambda: ratifying.take_back(voters[0], two_clauses),
    ):
        with pytest.raises(PhaseClosed):
            act()
    assert polls.turnout(two_clauses) == polls.Turnout(1, 7)


def test_who_joins_after_the_opening_a_program_and_a_stranger_have_no_vote(
    opened, invitation, other_assembly
):
    with pytest.raises(NotOnRoll):
        vote(newcomer(invitation), opened)
    elsewhere = taking_part.open_door(other_assembly, Respondent.objects.create(), "en")
    with pytest.raises(PhaseClosed):
        vote(elsewhere, opened)
    set_ratifying(other_assembly)
    with pytest.raises(NotOnRoll):
        vote(elsewhere, opened)


def test_a_program_is_not_on_the_roll(assembly, two_clauses, voters):
    agent = Respondent.objects.create(kind=Respondent.Kind.AI_AGENT)
    taking_part.open_door(assembly, agent, "en")
    set_ratifying(assembly)
    ratifying.open_ballot(two_clauses)
    assert polls.turnout(two_clauses).roll == 7


def test_who_has_not_agreed_to_how_words_are_used_casts_no_ballot(
    assembly, two_clauses, invitation
):
    silent = taking_part.join(invitation, "en")
    set_ratifying(assembly)
    ratifying.open_ballot(two_clauses)
    with pytest.raises(ConsentMissing):
        vote(silent, two_clauses)


def test_a_ballot_says_one_known_thing_to_every_clause_and_to_the_whole(opened, voters):
    first, second = (str(clause.pk) for clause in opened.clauses.all())
    for whole, lines in (
        ("approve", {first: "approve"}),
        ("approve", {first: "approve", second: "perhaps"}),
        ("", {first: "approve", second: "approve"}),
        ("approve", {first: "approve", second: "aside", "x": "object"}),
    ):
        with pytest.raises(BallotIncomplete):
            ratifying.cast(voters[0], opened, whole, lines)
    assert not Ballot.objects.exists()


def test_a_mind_can_be_changed_until_the_close_and_the_last_ballot_counts(opened, voters):
    slips = {vote(voters[0], opened, said) for said in ("approve", "object", "aside", "object")}
    assert len(slips) == 1
    for member in voters[1:]:
        vote(member, opened)
    result = polls.result_of(counted(opened))
    assert (result.told["whole"]["approve"], result.told["whole"]["object"]) == (5, 1)


def test_a_ballot_taken_back_is_not_counted(opened, voters):
    for member in voters:
        vote(member, opened)
    ratifying.take_back(voters[0], opened)
    ratifying.take_back(voters[0], opened)
    assert polls.turnout(opened) == polls.Turnout(5, 7)
    assert polls.result_of(counted(opened)).told["ballots"] == 5


@pytest.mark.django_db(transaction=True)
def test_one_ballot_a_seat_however_many_are_sent_at_the_same_moment(opened, voters):
    said = ("approve", "aside", "object", "approve")
    acts = [lambda m=m, s=s: vote(m, opened, s) for m in voters for s in said]
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        slips = {done.result() for done in [pool.submit(run, act) for act in acts]}
    assert len(slips) == len(voters) == Ballot.objects.count()
    assert polls.result_of(counted(opened)).told["ballots"] == len(voters)


def test_a_vote_is_counted_once_it_is_over_and_never_opened_again(opened, voters, assembly):
    for member in voters:
        vote(member, opened)
    with pytest.raises(VoteUnderWay):
        ratifying.count(opened)
    count_ballots()
    assert polls.result_of(opened) is None
    set_ratifying(assembly, -2, -0.001)
    count_ballots()
    told = polls.result_of(opened).told
    assert (told["ballots"], told["roll"]) == (6, 7)
    set_ratifying(assembly, -2, 5)
    with pytest.raises(PhaseClosed):
        vote(voters[0], opened, "object")
    ratifying.count(opened)
    assert polls.result_of(opened).told == told


def test_an_adopted_version_is_published_with_the_clauses_that_failed_named(opened, voters):
    for member in voters:
        vote(member, opened, c1="object")
    over = counted(opened)
    signed_and_published(over)
    assert [one.number for one in polls.result_of(over).left_out] == [1]
    assert publishing.next_version(over).number == 2


def test_a_rejected_version_is_not_published_and_the_next_begins_with_its_words(opened, voters):
    for member in voters:
        vote(member, opened, "object")
    over = counted(opened)
    with pytest.raises(NotAdopted):
        signed_and_published(over)
    following = publishing.next_version(over)
    assert [c.text for c in following.clauses.all()] == [c.text for c in over.clauses.all()]
    drafting.strike_clause(following.clauses.last())
    set_ratifying(over.artifact.assembly)
    ratifying.open_ballot(following)
    vote(voters[0], following)
    assert polls.result_of(over).told["ballots"] == 6


def test_with_another_key_nobody_gets_a_second_ballot(opened, voters, settings):
    vote(voters[0], opened)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    with pytest.raises(VoteInterrupted):
        vote(voters[0], opened, "object")
    assert Ballot.objects.get().whole == "approve"


def test_who_is_forgotten_before_the_close_leaves_no_ballot_and_after_it_the_count_stays(
    opened, voters
):
    poll = Poll.objects.get()
    poll.places = {str(voters[0].respondent_id): "A"}
    poll.save()
    for member in voters:
        vote(member, opened)
    ratifying.forget(voters[0])
    assert polls.turnout(opened) == polls.Turnout(5, 6)
    assert Poll.objects.get().places == {}
    over = counted(opened)
    ratifying.forget(voters[1])
    Membership.objects.filter(pk=voters[1].pk).delete()
    assert polls.result_of(over).told["ballots"] == 5
    assert Ballot.objects.count() == 5


def test_who_erases_what_they_said_to_values_is_in_no_group_of_a_vote_under_way(opened, voters):
    gone, stays = (str(member.respondent_id) for member in voters[:2])
    Poll.objects.update(places={gone: "A", stays: "A"})
    erase_said(voters[0])
    assert Poll.objects.get().places == {stays: "A"}
    vote(voters[0], opened)
    assert Ballot.objects.get().group == ""


def test_the_record_keeps_the_count_and_a_digest_of_the_ballots_counted(opened, voters):
    for member in voters:
        vote(member, opened, c2="object")
    counted(opened)
    body = Entry.objects.get(kind="ballot.counted").body
    ballots = [(b.slip_digest, b.whole, b.lines) for b in Ballot.objects.all()]
    assert body["ballots"] == seal(ballots)
    assert body["result"]["whole"]["approve"] == 6
    ballots[0] = (ballots[0][0], "object", ballots[0][2])
    assert body["ballots"] != seal(ballots)


def test_two_votes_of_one_assembly_are_counted_apart(opened, voters, assembly, value):
    other = drafting.draft(assembly, "brief", "Brief of the river", "en")
    drafting.write_clause(other, "Trees stay.", [value])
    ratifying.open_ballot(other)
    assert vote(voters[0], opened) != vote(voters[0], other, "object")
    assert list(polls.to_vote_on(assembly)) == [opened, other]
    set_ratifying(assembly, 1, 2)
    assert not polls.to_vote_on(assembly).exists()
    assert Roll.objects.count() == 14
    assert assembly.phases.filter(kind=Phase.Kind.RATIFYING).count() == 1
