"""The worker's to-do list: what is put on it, put off, and taken from it by people."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from elicitation.extraction.actions.keeping import lose_open
from elicitation.extraction.models import (
    Candidate,
    NormCandidate,
    Reading,
    ReadingRequest,
    ReadingSwitch,
)
from elicitation.interview.models import Inquiry, Response, Revision
from elicitation.interview.queries import thread_ids
from elicitation.record.actions import append, recorded

RING_AGAIN = timedelta(seconds=30)
MOST_TRIES = 6
SPREAD = 2.0  # seconds over which answers come back to an endpoint that rested
OFF = "switched_off"
State = ReadingRequest.State


@recorded
def request_readings(revisions: Iterable[Revision]) -> list[ReadingRequest]:
    """Put `revisions` on the list, in the transaction that wrote them; with people where machine reading is off."""
    now, asked = timezone.now(), list(revisions)
    inquiries = {r.response.prompt.inquiry_id for r in asked}
    off = set(ReadingSwitch.objects.filter(pk__in=inquiries).values_list("pk", flat=True))
    requests = ReadingRequest.objects.bulk_create(
        (
            ReadingRequest(revision=r, state=State.NEEDS_PERSON, why=OFF)
            if r.response.prompt.inquiry_id in off
            else ReadingRequest(revision=r, ring_at=now)
            for r in asked
        ),
        ignore_conflicts=True,
    )
    append("readings.requested", revisions=[str(r.revision_id) for r in requests])
    return requests


@recorded
def set_aside_older(revision: Revision) -> None:
    """New words have come: what was proposed from the older ones, and not yet owned, stands no more."""
    older = Revision.objects.filter(response=revision.response_id, number__lt=revision.number)
    ReadingRequest.objects.filter(revision__in=older).update(state=State.SET_ASIDE, why="")
    supersede(list(older))
    append("readings.set_aside", response=str(revision.response_id), before=revision.number)


@recorded
def put_off(revisions: Sequence[UUID], until: datetime) -> None:
    """Let answers wait until `until`, at the cost of no try: their endpoint rests."""
    later = until + timedelta(seconds=random.uniform(0, SPREAD))  # noqa: S311  no secret  # nosec B311
    ReadingRequest.objects.filter(pk__in=revisions, state=State.WAITING).update(ring_at=later)
    append("readings.put_off", revisions=[str(revision) for revision in revisions])


@recorded
def ring_due(most: int) -> list[UUID]:
    """Take up to `most` answers that are due, and put off their next ring. Returns revision ids.

    Those a worker died over come first, while the reply it lost is still known. An answer whose readings never came back, MOST_TRIES
    times over, goes to a person instead.
    """
    now = timezone.now()
    stuck = ReadingRequest.objects.filter(
        state=State.WAITING, ring_at__lte=now, tries__gte=MOST_TRIES
    )
    if ids := list(stuck.values_list("pk", flat=True)):
        lose_open(ids)
        stuck.update(
            state=State.NEEDS_PERSON, why="never_came_back", leased_until=None, ring_at=None
        )
    due = ReadingRequest.objects.select_for_update(skip_locked=True).filter(
        state=State.WAITING, ring_at__lte=now
    )
    lost = due.filter(leased_until__lte=now).order_by("leased_until")[:most]
    ids = [request.pk for request in lost]
    asked = due.filter(leased_until=None).order_by("ring_at")[: most - len(ids)]
    ids += [request.pk for request in asked]
    ReadingRequest.objects.filter(pk__in=ids).update(ring_at=now + RING_AGAIN)
    append("readings.rung", count=len(ids))
    return ids


@recorded
def read_again(requests: Sequence[ReadingRequest]) -> int:
    """Let the engine try answers that were waiting for a person once more. Returns how many."""
    again = (
        ReadingRequest.objects.filter(pk__in=[r.pk for r in requests], state=State.NEEDS_PERSON)
        .exclude(why=OFF)
        .update(
            state=State.WAITING,
            why="",
            tries=0,
            round=F("round") + 1,
            leased_until=None,
            ring_at=timezone.now(),
        )
    )
    append("readings.requested_again", count=again)
    return again


@recorded
def nothing_to_find(request: ReadingRequest) -> None:
    """A person has looked at an answer and found no value in it."""
    ReadingRequest.objects.filter(pk=request.pk, state=State.NEEDS_PERSON).update(
        state=State.NOTHING_FOUND, why="", leased_until=None, ring_at=None
    )
    append("reading.nothing_by_hand", revision=str(request.pk))


@recorded
def go_on_without(root_id: UUID) -> None:
    """Nobody is asked beneath an answer any more: its thread ends with the cards read in it, or with nothing found."""
    thread = thread_ids(root_id)
    read = Q(reading__revision__response__in=thread)
    gone = [Candidate.State.REJECTED, Candidate.State.SUPERSEDED]
    found = any(
        proposals.filter(read).exclude(state__in=gone).exists()
        for proposals in (Candidate.objects, NormCandidate.objects)
    )
    ReadingRequest.objects.filter(revision__response__in=thread, state=State.NOT_YET).update(
        state=State.READ if found else State.NOTHING_FOUND
    )
    append("reading.went_on_without", response=str(root_id))


@recorded
def switch_off(inquiry: Inquiry) -> int:
    """No machine reads answers of this inquiry from now on; those that wait go to people. Returns how many.

    A reading under way keeps nothing: its answer no longer waits for it.
    """
    ReadingSwitch.objects.get_or_create(inquiry=inquiry)
    waiting = _of(inquiry).filter(state=State.WAITING)
    lose_open(list(waiting.values_list("pk", flat=True)))
    taken = waiting.update(state=State.NEEDS_PERSON, why=OFF, leased_until=None, ring_at=None)
    append("reading.switched_off", inquiry=str(inquiry.pk), answers=taken)
    return taken


@recorded
def switch_on(inquiry: Inquiry) -> int:
    """Machine reading goes on, with the answers nobody has written a card for meanwhile. Returns how many."""
    ReadingSwitch.objects.filter(inquiry=inquiry).delete()
    back = (
        _of(inquiry)
        .filter(state=State.NEEDS_PERSON, why=OFF)
        .update(state=State.WAITING, why="", tries=0, leased_until=None, ring_at=timezone.now())
    )
    append("reading.switched_on", inquiry=str(inquiry.pk), answers=back)
    return back


@recorded
def read_thread_again(root: Response) -> list[UUID]:
    """The words of an answer have changed: what its author said more is read once more, together with the new words.

    Returns the revisions that wait for it: the newest reply's, whose reading covers the thread.
    """
    replies = Response.objects.standing().filter(follows__root=root).order_by("-follows__number")
    newest = replies.first()
    request = newest and ReadingRequest.objects.filter(revision=newest.latest).first()
    again = ReadingRequest.objects.filter(pk=request.pk if request else None).exclude(why=OFF)
    again.update(state=State.WAITING, why="", tries=0, leased_until=None, ring_at=timezone.now())
    append("readings.requested_again", count=1 if request else 0)
    return [request.pk] if request else []


@recorded
def supersede(revisions: Sequence[Revision], by: Reading | None = None) -> None:
    """Proposals that were read in `revisions`, or rest on them, and are not yet owned, stand no more; those of `by` do."""
    for proposals, quotes in (
        (Candidate.objects, "policies__quotes__revision__in"),
        (NormCandidate.objects, "quotes__revision__in"),
    ):
        read = set(proposals.filter(reading__revision__in=revisions).values_list("pk", flat=True))
        resting = set(proposals.filter(**{quotes: revisions}).values_list("pk", flat=True))
        older = proposals.filter(pk__in=read | resting, state=Candidate.State.PROPOSED)
        if by:
            older = older.exclude(reading=by)
        older.update(state=Candidate.State.SUPERSEDED, version=F("version") + 1)
    append("proposals.superseded", revisions=[str(r.pk) for r in revisions])


def _of(inquiry: Inquiry) -> QuerySet[ReadingRequest]:
    return ReadingRequest.objects.filter(revision__response__prompt__inquiry=inquiry)
