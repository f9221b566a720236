"""Nothing that is kept ties a ballot to a person: no column, no order, no time, no entry of the record, and after the count no key either."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from deliberation.artifacts import polls
from deliberation.artifacts.actions import ratifying
from deliberation.artifacts.models import Ballot, Poll, Roll
from deliberation.artifacts.slips import Vote
from deliberation.assemblies import codes
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import Places, pack
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import counted, set_ratifying, vote


def stored(model):
    """Rows as they lie in the table: (id, transaction that wrote it), in physical order."""
    asked = sql.SQL("SELECT id, xmin::text FROM {} ORDER BY ctid")
    with connection.cursor() as cursor:
        cursor.execute(asked.format(sql.Identifier(model._meta.db_table)))
        return cursor.fetchall()


def test_a_ballot_has_no_column_that_names_a_seat_a_person_or_a_time():
    columns = {field.name: field for field in Ballot._meta.get_fields()}
    assert set(columns) == {"id", "version", "slip_digest", "whole", "lines", "group"}
    assert [f.name for f in columns.values() if f.is_relation] == ["version"]
    assert isinstance(columns["id"], models.UUIDField)
    assert {f.name for f in Roll._meta.get_fields()} == {"id", "version", "membership"}
    assert isinstance(Roll._meta.pk, models.UUIDField)


def test_no_table_refers_to_a_ballot():
    for model in apps.get_models():
        targets = [f.related_model for f in model._meta.concrete_fields if f.is_relation]
        assert Ballot not in targets, model


def test_casting_writes_a_ballot_and_an_entry_and_nothing_else(opened, voters):
    def written():
        """How many rows of each table were ever inserted, changed or deleted in this transaction."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            )
            return dict(cursor.fetchall())

    before = written()
    vote(voters[0], opened)
    changed = {table for table, n in written().items() if n != before.get(table, 0)}
    assert changed == {"artifacts_ballot", "record_entry"}


def test_the_record_has_that_a_ballot_was_cast_and_neither_whose_nor_which(opened, voters):
    vote(voters[0], opened)
    vote(voters[0], opened, "object")
    ratifying.take_back(voters[0], opened)
    entries = Entry.objects.filter(kind__startswith="ballot.").exclude(kind="ballot.opened")
    assert [e.kind for e in entries.order_by("pk")] == ["ballot.cast"] * 2 + ["ballot.taken_back"]
    assert all(e.body == {"version": str(opened.pk)} and e.about is None for e in entries)


@pytest.mark.django_db(transaction=True)
def test_neither_place_in_the_table_nor_transaction_tells_which_ballot_came_when(opened, voters):
    """Every order of arrival is as likely as any other: the place of the last ballot over many casts, and one transaction for all."""
    places = defaultdict(int)
    for turn in range(60):
        member = voters[turn % len(voters)]
        slip = vote(member, opened)
        rows = stored(Ballot)
        last = polls.ballot_of(slip, opened).pk
        assert len({xmin for _, xmin in rows}) == 1
        if len(rows) == len(voters):
            places[[pk for pk, _ in rows].index(last)] += 1
    assert len(places) == len(voters)  # it was found in every place


@pytest.mark.django_db(transaction=True)
def test_among_many_a_ballot_is_written_with_thirty_one_others_drawn_by_chance(
    opened, voters, monkeypatch
):
    assert ratifying.MIXED == 31
    monkeypatch.setattr(ratifying, "MIXED", 2)
    seen = set()
    for turn in range(24):
        vote(voters[turn % 6], opened)
        rows = stored(Ballot)
        newest = max(int(xmin) for _, xmin in rows)
        together = frozenset(pk for pk, xmin in rows if int(xmin) == newest)
        assert len(together) == min(3, len(rows))
        seen.add(together)
    assert len(seen) > 12


@pytest.mark.django_db(transaction=True)
def test_the_roll_is_written_once_and_voting_leaves_it_as_it_is(opened, voters):
    before = stored(Roll)
    assert before == sorted(before)
    assert len({xmin for _, xmin in before}) == 1
    for member in voters:
        vote(member, opened)
    ratifying.take_back(voters[0], opened)
    assert stored(Roll) == before


@pytest.mark.django_db(transaction=True)
def test_the_count_writes_all_anew_in_the_order_of_chance_and_erases_what_makes_slips(
    opened, voters
):
    secret, slips = Poll.objects.get().secret, {m: vote(m, opened) for m in voters}
    over = counted(opened)
    for rows in (stored(Ballot), stored(Roll)):
        assert rows == sorted(rows)
        assert len({xmin for _, xmin in rows}) == 1
    poll = Poll.objects.get()
    assert (poll.secret, poll.places) == ("", {})
    again = Vote("the key", str(over.pk), poll.secret).slip(voters[0].salt)
    assert polls.ballot_of(again, over) is None
    assert polls.slip_of(voters[0], poll) is None
    held = "".join(str(row) for model in apps.get_models() for row in model.objects.values())
    assert secret not in held
    for member, slip in slips.items():
        assert slip not in held
        assert codes.normal(slip) not in held
        assert polls.ballot_of(slip.lower(), over), member  # the voter still finds it


def test_an_opinion_group_is_on_a_ballot_only_with_five_of_it_on_the_roll(
    assembly, two_clauses, invitation, voters
):
    few = [newcomer(invitation) for _ in range(4)]
    placed = [*voters, *few]
    elsewhere = [str(Respondent.objects.create().pk) for _ in range(5)]
    people = [*(str(m.respondent_id) for m in placed), *elsewhere]
    Analysis.objects.create(
        inquiry=assembly.inquiries.get(), kind="groups", rule="stable", rule_version="1", seed=0,
        marker="m", input_hash="h", seconds=0,
        result={"groups": [{"name": "A", "size": 6}, {"name": "B", "size": 9}]},
        places=pack(Places(people, [0] * 6 + [1] * 9, [0] * 15)),
    )  # fmt: skip
    set_ratifying(assembly)
    ratifying.open_ballot(two_clauses)
    for member in placed:
        vote(member, two_clauses)
    groups = sorted(Ballot.objects.values_list("group", flat=True))
    assert groups == [""] * 4 + ["A"] * 6
    assert set(Poll.objects.get().places) == {str(m.respondent_id) for m in voters}
