"""Votes from the database as arrays. PostgreSQL packs those on one thing into rows of fixed width, which become arrays as they are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from deliberation.opinion.logs import Lines, Log, log
from deliberation.opinion.models import Conversation
from deliberation.opinion.voices import Read, Structured, standing
from deliberation.opinion.votes import gather
from elicitation.graph.models import Fold
from elicitation.interview.models import Inquiry, Respondent

COUNTED = """
    FROM graph_endorsement e
    JOIN graph_value w ON w.id = e.value_id AND w.inquiry_id = %(inquiry)s
    JOIN graph_value v ON v.id = w.root_id AND v.retired_at IS NULL
    JOIN interview_respondent r ON r.id = e.respondent_id AND r.kind <> %(ai)s AND r.id <> ALL(%(without)s::uuid[])
"""
STANDING = f"""
    SELECT v.id, string_agg(uuid_send(e.respondent_id) || int2send(e.says), ''::bytea)
    {COUNTED} WHERE e.replaced_at IS NULL AND NOT e.covered GROUP BY v.id
"""
UPHELD = """
    SELECT n.id, string_agg(uuid_send(e.respondent_id) || int2send(e.says), ''::bytea)
    FROM graph_normendorsement e
    JOIN graph_norm n ON n.id = e.norm_id AND n.inquiry_id = %(inquiry)s AND n.retired_at IS NULL
    JOIN interview_respondent r ON r.id = e.respondent_id AND r.kind <> %(ai)s AND r.id <> ALL(%(without)s::uuid[])
    WHERE e.replaced_at IS NULL GROUP BY n.id
"""
LOG = f"""
    SELECT v.id, string_agg(
        uuid_send(e.respondent_id) || int2send(e.says) || timestamptz_send(e.at)
            || timestamptz_send(coalesce(e.replaced_at, 'infinity')), ''::bytea
    ) {COUNTED} GROUP BY v.id
"""
SAID = """
    SELECT s.number, string_agg(
        int8send(v.voter) || int2send(v.says) || timestamptz_send(coalesce(v.at, 'epoch')) || int8send(v.id), ''::bytea
    ) FROM opinion_statementvote v JOIN opinion_statement s ON s.id = v.statement_id
    WHERE s.conversation_id = %(conversation)s GROUP BY s.number
"""
BY_RESPONDENT = np.dtype([("person", "V16"), ("says", ">i2")])
BY_VOTER = np.dtype([("person", ">i8"), ("says", ">i2")])
LINE = [("at", ">i8"), ("id", ">i8")]
STOOD = [("at", ">i8"), ("until", ">i8")]
ROOM = "128MB"  # so that PostgreSQL packs in memory, for this query alone


def of_inquiry(inquiry: Inquiry, without: Sequence[UUID] = ()) -> Read:
    """What people and institutions say now to the values of an inquiry that stand. AI agents are left out, and respondents `without` whom."""
    return _standing(STANDING, inquiry, without)


def norms_of_inquiry(inquiry: Inquiry, without: Sequence[UUID] = ()) -> Read:
    """The same of its norms."""
    return _standing(UPHELD, inquiry, without)


def _standing(query: str, inquiry: Inquiry, without: Sequence[UUID]) -> Read:
    ids, place, rows = _packed(query, _asked(inquiry, without), BY_RESPONDENT)
    return standing(ids, place, rows["person"], rows["says"].astype(np.int8))


def log_of_inquiry(inquiry: Inquiry, without: Sequence[UUID] = ()) -> Log:
    """What people and institutions ever said to the values of an inquiry that stand. Who took it back is left out from the first."""
    asked = _asked(inquiry, without)
    ids, place, rows = _packed(LOG, asked, np.dtype([*BY_RESPONDENT.descr, *STOOD]))
    at, until = (rows[when].astype(np.int64) for when in ("at", "until"))
    lines = Lines(ids, place, rows["person"], at, until, rows["says"].astype(np.int8))
    return log(lines, folded=Fold.objects.living().filter(parent__inquiry=inquiry).exists())


def of_conversation(conversation: Conversation) -> Read:
    """The last vote of each pair of a conversation held elsewhere; of two at one time, the later line."""
    asked = {"conversation": conversation.pk}
    ids, place, rows = _packed(SAID, asked, np.dtype([*BY_VOTER.descr, *LINE]))
    order = np.argsort(rows["id"].astype(np.int64), kind="stable")
    rows, number = rows[order], np.array(ids, dtype=np.int64)[place[order]]
    votes = gather(
        rows["person"].astype(np.int64),
        number,
        rows["at"].astype(np.int64),
        rows["says"].astype(np.int8),
    )
    return Read(votes, [str(i) for i in votes.people], [str(i) for i in votes.statements])


def _asked(inquiry: Inquiry, without: Sequence[UUID]) -> dict[str, Any]:
    ai = Respondent.Kind.AI_AGENT.value
    return {"inquiry": inquiry.pk, "ai": ai, "without": list(without)}


def _packed(
    query: str, asked: dict[str, Any], row: np.dtype[Any]
) -> tuple[list[str], NDArray[np.int64], Structured]:
    """Of rows (thing, votes packed as `row`): the things' ids, sorted, for each vote the place of its thing, and the votes, (l,)."""
    found: list[tuple[UUID | int, Structured]] = []
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('work_mem', %s, true)", [ROOM])
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", asked) as copy:
            copy.set_types(["uuid" if row["person"].kind == "V" else "int8", "bytea"])
            found += ((thing, np.frombuffer(votes, dtype=row)) for thing, votes in copy.rows())
    found.sort(key=lambda pair: pair[0])
    parts = [votes for _, votes in found]
    place = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    votes = np.concatenate(parts) if parts else np.empty(0, dtype=row)
    return [str(thing) for thing, _ in found], place, votes
