"""Threads: an answer, and what its author said when asked once more."""

from uuid import UUID

from elicitation.interview.models import FollowUp, Response, Revision

MOST_RUNGS = 3


def may_ask(root: Response) -> bool:
    """Whether the author of an answer may be asked what lies beneath it.

    Only somebody who is here can be asked: who typed the answer. Three times at most, one at a time, and no more once skipped.
    """
    if root.channel != Response.Channel.TYPED or root.latest is None:
        return False
    asked = list(root.follow_ups.all())
    stands_since = root.latest.written_at
    skipped = any(f.state == FollowUp.State.SKIPPED and f.asked_at >= stands_since for f in asked)
    waits = any(f.state == FollowUp.State.ASKED for f in asked)
    return len(asked) < MOST_RUNGS and not skipped and not waits


def before(revision: Revision) -> list[tuple[str, Revision]]:
    """What the same author wrote before in the thread of `revision`, oldest first, each with the question it answers."""
    follows = revision.response.follows
    if follows is None:
        return []
    root = follows.root
    turns = [(root.prompt.asked_in(revision.language), root.latest)]
    replied = root.follow_ups.filter(number__lt=follows.number, reply__isnull=False)
    turns += [(earlier.asked, earlier.reply.latest) for earlier in replied]
    return [(question, words) for question, words in turns if words]


def question_of(revision: Revision) -> str:
    """The question `revision` answers, in its language."""
    response = revision.response
    return (
        response.follows.asked if response.follows else response.prompt.asked_in(revision.language)
    )


def thread_ids(root_id: UUID) -> list[UUID]:
    """An answer and the replies that follow it."""
    replies = Response.objects.filter(follows__root=root_id).values_list("pk", flat=True)
    return [root_id, *replies]
