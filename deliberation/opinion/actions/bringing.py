"""Keep a conversation that was held elsewhere, whole or not at all; and erase it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from django.db import connection

from deliberation.assemblies.models import Assembly
from deliberation.opinion import conversation as elsewhere
from deliberation.opinion.errors import ConversationThere, NameTaken
from deliberation.opinion.models import Conversation, Statement
from elicitation.record.actions import append, recorded

MOST_FINDINGS = 10_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Line = tuple[int, int, int, datetime | None]


@recorded
def bring(
    assembly: Assembly, name: str, read: elsewhere.Conversation, content_hash: str, attribution: str
) -> Conversation:
    """Keep a conversation's statements and its whole log of votes. Raises ConversationThere, NameTaken."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if same := assembly.conversations.filter(content_hash=content_hash).first():
        raise ConversationThere(name=same.name)
    if assembly.conversations.filter(name=name).exists():
        raise NameTaken(name=name)
    kept = Conversation.objects.create(
        assembly=assembly,
        name=name,
        about=dict(read.summary),
        attribution=attribution,
        findings=[asdict(one) for one in read.mismatches[:MOST_FINDINGS]],
        grouped={str(voter): group for voter, group in read.published.items()},
        content_hash=content_hash,
    )
    _copy(read.log, _keep_statements(kept, read))
    append(
        "conversation.brought",
        assembly=assembly.slug,
        conversation=str(kept.pk),
        votes=len(read.log),
        findings=len(read.mismatches),
    )
    return kept


@recorded
def erase(conversation: Conversation) -> None:
    """Erase a conversation with its statements, votes and results; nothing of it is left but that it was here."""
    was = str(conversation.pk)
    conversation.delete()
    append("conversation.erased", assembly=conversation.assembly.slug, conversation=was)


def _moment(time: int) -> datetime:
    """A time in milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=time)


def _keep_statements(kept: Conversation, read: elsewhere.Conversation) -> Mapping[int, int]:
    """Every statement, those only the votes know of too. Returns number -> primary key."""
    unknown = set(read.log.statements) - set(read.statements)
    rows = [
        Statement(
            conversation=kept,
            number=one.id,
            text=one.text,
            moderated=one.moderated,
            is_meta=one.is_meta,
            is_seed=one.is_seed,
            author=one.author,
            written_at=None if one.time is None else _moment(one.time),
        )
        for one in read.statements.values()
    ]
    rows += [Statement(conversation=kept, number=number) for number in sorted(unknown)]
    return {row.number: row.pk for row in Statement.objects.bulk_create(rows, batch_size=1000)}


def _copy(log: elsewhere.Log, keys: Mapping[int, int]) -> None:
    into = "COPY opinion_statementvote (statement_id, voter, says, at) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.set_types(["int8", "int8", "int2", "timestamptz"])
        for line in _lines(log, keys):
            copy.write_row(line)


def _lines(log: elsewhere.Log, keys: Mapping[int, int]) -> Iterator[Line]:
    """The log, without times where it knows none."""
    timed = any(log.times)
    for voter, number, time, says in zip(
        log.people, log.statements, log.times, log.signs, strict=True
    ):
        yield keys[number], voter, says, _moment(time) if timed else None
