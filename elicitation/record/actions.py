"""Append to the record, and the rule that no action goes unrecorded; seal it; erase from it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from elicitation.record.leaves import leaf, new_salt
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.queries import latest_head, read_tile
from elicitation.record.tiles import grow, top

if TYPE_CHECKING:  # who only appends needs no cryptography
    from elicitation.record.checkpoint import Signer

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
TRIES = 4  # of an action that meets a deadlock
ONE_SEQUENCER = 0x67726F756E64  # the number of a lock of the whole database, "ground" in ASCII
ERASED = "record.erased"
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class Unrecorded(RuntimeError):
    """An action committed nothing to the record: a mistake in our code, never the user's."""


class TreeBroken(RuntimeError):
    """What is stored of the tree is not what was signed last. Nothing is signed on top of it."""


def append(kind: str, **body: Any) -> Entry:
    """Add one entry, inside the caller's transaction. Ids, counts and digests only, never a person's words."""
    entry = _entry(kind, body)
    entry.save()
    _note([kind])
    return entry


def append_many(
    kind: str, bodies: Iterable[Mapping[str, Any]], about: Iterable[UUID] = ()
) -> list[Entry]:
    """Add an entry for each of `bodies`, in their order, inside the caller's transaction.

    `about` names the answer each is erased with, where bodies are shown and may not tell; for all of them or none.
    """
    made = [_entry(kind, body) for body in bodies]
    answers = list(about)
    for entry, answer in zip(made, answers, strict=True) if answers else ():
        entry.about = answer
    entries = Entry.objects.bulk_create(made)
    _note([kind] * len(entries))
    return entries


def recorded(act: Callable[P, R]) -> Callable[P, R]:
    """Make `act` one transaction that rolls back unless it appended to the record.

    Where the database ended it to break a deadlock, it is done again: nothing of it was kept, and no deadlock should reach a person.
    Inside another such act it is a part of that one, and fails with it; who goes on without it calls it inside transaction.atomic().
    """
    return _in_transaction(act, durable=False)


def recorded_at_once(act: Callable[P, R]) -> Callable[P, R]:
    """As recorded, and committed when `act` returns: it may not be called inside another transaction."""
    return _in_transaction(act, durable=True)


def _in_transaction(act: Callable[P, R], durable: bool) -> Callable[P, R]:
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = _written.get() is None
        with transaction.atomic(durable=durable, savepoint=outermost), _collect() as entries:
            result = act(*args, **kwargs)
            if not entries:
                raise Unrecorded(act.__qualname__)
        return result

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return patiently(lambda: once(*args, **kwargs), act.__qualname__)

    return run


def patiently(once: Callable[[], R], name: str) -> R:
    """Do `once`, a whole transaction, and do it again where the database ended it to break a deadlock. Inside another transaction it is done once."""
    tries = 1 if connection.in_atomic_block else TRIES
    for left in range(tries - 1, 0, -1):
        try:
            return once()
        except OperationalError as stopped:
            if not isinstance(stopped.__cause__, DeadlockDetected):
                raise
            log.info("%s met a deadlock; %d more tries", name, left)
    return once()


@contextmanager
def _collect() -> Iterator[list[str]]:
    outer = _written.get()
    entries: list[str] = []
    token = _written.set(entries)
    try:
        yield entries
    finally:
        _written.reset(token)
        if outer is not None:
            outer.extend(entries)


@recorded
def erase(ids: Iterable[int]) -> int:
    """Take salt and body from entries: their leaves stay and say nothing. Erased ones stay as they are.

    Returns how many were erased. Which they were is an entry itself, and that one cannot be erased.
    """
    wanted = Entry.objects.filter(pk__in=list(ids), erased_at=None).exclude(kind=ERASED)
    erased = [entry.pk for entry in wanted.order_by("pk").select_for_update().only("pk")]
    now = timezone.now()
    Entry.objects.filter(pk__in=erased).update(body=None, salt=None, about=None, erased_at=now)
    append(ERASED, entries=erased)
    return len(erased)


@transaction.atomic(durable=True)
def seal(signer: "Signer", most: int) -> int:
    """Give committed entries their places in the tree, at most so many, and sign its new head.

    Returns how many; 0 where none waits or another sequencer is at it. An entry committed late waits like any other, whatever
    its id: what counts is that it has no place yet. Raises TreeBroken.
    """
    if not _alone():
        return 0
    waiting = Entry.objects.filter(index=None).order_by("pk").only("pk", "leaf")
    entries = list(waiting.select_for_update(skip_locked=True)[:most])
    if not entries:
        return 0
    size = _ensure_whole(signer)
    _place(entries, size)
    changed = grow(size, [bytes(entry.leaf) for entry in entries], read_tile)
    Tile.objects.bulk_create(
        [Tile(level=level, number=n, hashes=hashes) for (level, n), hashes in changed.items()],
        update_conflicts=True,
        unique_fields=["level", "number"],
        update_fields=["hashes"],
    )
    size += len(entries)
    root = top(size, lambda place: changed.get(place) or read_tile(place))
    TreeHead.objects.create(
        size=size, root=root, note=signer.seal(size, root), key=signer.verifier.line
    )
    return len(entries)


def _alone() -> bool:
    """Whether no other sequencer is at work until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEQUENCER])
        return bool(cursor.fetchone()[0])


def _ensure_whole(signer: "Signer") -> int:
    """The size of the tree, once what is stored of it is what the last head says. Raises TreeBroken."""
    head = latest_head()
    if head is None:
        return 0
    if head.origin != signer.name:
        raise TreeBroken(f"The record is that of {head.origin}; this key is for {signer.name}.")
    try:
        whole = top(head.size, read_tile) == bytes(head.root)
    except LookupError:
        whole = False
    if not whole:
        raise TreeBroken(f"The stored tree is not that of {head}. See manage.py audit_record.")
    return head.size


def _place(entries: Sequence[Entry], size: int) -> None:
    """One statement for all of them: their places are size, size + 1, and so on."""
    ids = [entry.pk for entry in entries]
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE record_entry SET "index" = placed.at - 1 + %s '
            "FROM unnest(%s::bigint[]) WITH ORDINALITY AS placed (id, at) "
            "WHERE record_entry.id = placed.id",
            [size, ids],
        )


def _entry(kind: str, body: Mapping[str, Any]) -> Entry:
    salt, now = new_salt(), timezone.now()
    told = dict(body)
    return Entry(at=now, kind=kind, body=told, salt=salt, leaf=leaf(kind, now, told, salt))


def _note(kinds: list[str]) -> None:
    written = _written.get()
    if written is not None:
        written.extend(kinds)
