"""Whether a version may be put to the vote, signed and published."""

from deliberation.artifacts import contests, queries
from deliberation.artifacts.errors import (
    ClauseRejectable,
    ClauseUnread,
    ClauseWithoutValue,
    NothingToPublish,
    ObjectionsOpen,
)
from deliberation.artifacts.models import Clause, Version


def ready(held: Version) -> list[Clause]:
    """The clauses of a version that could be published.

    Raises NothingToPublish; and of the first clause that fails: ClauseUnread (proposed, and no person took it), ClauseWithoutValue,
    ObjectionsOpen (nobody answered yet), ClauseRejectable. Objections were judged when a vote was opened, and are not judged again after it.
    """
    clauses = list(held.clauses.prefetch_related("values"))
    if not clauses:
        raise NothingToPublish
    judged = {} if held.frozen_at else contests.standing_of(held)
    for number, clause in enumerate(clauses, start=1):
        if clause.is_unread:
            raise ClauseUnread(number=number)
        if not queries.stands(clause):
            raise ClauseWithoutValue(number=number)
        contested = judged.get(clause.pk, contests.Judged())
        if contested.waiting:
            raise ObjectionsOpen(number=number)
        if not contested.passes:
            raise ClauseRejectable(number=number)
    return clauses
