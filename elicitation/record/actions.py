"""Append to the record; and the rule that no action goes unrecorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from elicitation.record.leaves import leaf, new_salt
from elicitation.record.models import Entry

P = ParamSpec("P")
R = TypeVar("R")
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class Unrecorded(RuntimeError):
    """An action committed nothing to the record: a mistake in our code, never the user's."""


def append(kind: str, **body: Any) -> Entry:
    """Add one entry, inside the caller's transaction. Ids and counts only, never a person's words."""
    salt = new_salt()
    entry = Entry.objects.create(kind=kind, body=body, salt=salt, leaf=leaf(kind, body, salt))
    written = _written.get()
    if written is not None:
        written.append(kind)
    return entry


def recorded(act: Callable[P, R]) -> Callable[P, R]:
    """Make `act` one transaction that rolls back unless it appended to the record."""
    return _in_transaction(act, durable=False)


def recorded_at_once(act: Callable[P, R]) -> Callable[P, R]:
    """As recorded, and committed when `act` returns: it may not be called inside another transaction."""
    return _in_transaction(act, durable=True)


def _in_transaction(act: Callable[P, R], durable: bool) -> Callable[P, R]:
    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(durable=durable), _collect() as entries:
            result = act(*args, **kwargs)
            if not entries:
                raise Unrecorded(act.__qualname__)
        return result

    return run


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
