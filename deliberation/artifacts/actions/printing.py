"""Claim a file of a published version, keep it whole or keep why it could not be made, and erase those that hold words taken back."""

import hashlib
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from deliberation.artifacts import queries
from deliberation.artifacts.chores import MOST_TRIES
from deliberation.artifacts.models import Rendition, Version
from elicitation.record.actions import append, recorded

LEASE = timedelta(seconds=120)


@recorded
def claim(rendition: Rendition) -> bool:
    """Take a file to make it; False where it is made, erased, given up, or another worker is at it."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Rendition.objects.filter(free, pk=rendition.pk, made_at=None, erased_at=None)
    taken = due.filter(tries__lt=MOST_TRIES).update(
        leased_until=now + LEASE, tries=F("tries") + 1, failure=""
    )
    append("file.claimed", file=str(rendition.pk), taken=bool(taken))
    return bool(taken)


@recorded
def keep(rendition: Rendition, content: bytes) -> bool:
    """Offer a file, made whole. Not where words of its version were taken back while it was made: then it is erased instead."""
    held = Rendition.objects.select_for_update(of=("self",)).select_related("version")
    mine = held.get(pk=rendition.pk)
    if mine.erased_at or queries.taken_back(mine.version):
        mine.erased_at, mine.leased_until = mine.erased_at or timezone.now(), None
        mine.save(update_fields=["erased_at", "leased_until"])
        append("file.erased", file=str(mine.pk))
        return False
    mine.content, mine.sha256 = content, hashlib.sha256(content).hexdigest()
    mine.made_at, mine.leased_until = timezone.now(), None
    mine.save(update_fields=["content", "sha256", "made_at", "leased_until"])
    append("file.made", file=str(mine.pk), format=mine.format, sha256=mine.sha256)
    return True


@recorded
def give_up(rendition: Rendition, why: str) -> None:
    """Note why a file could not be made. It is tried again, MOST_TRIES times in all."""
    Rendition.objects.filter(pk=rendition.pk).update(
        failure=why[:200], leased_until=timezone.now() + LEASE / 4
    )
    append("file.failed", file=str(rendition.pk))


@recorded
def try_again(version: Version) -> int:
    """Let the files of a version that were given up be tried anew. Returns how many."""
    given_up = version.renditions.filter(made_at=None, erased_at=None, tries__gte=MOST_TRIES)
    number = given_up.update(tries=0, failure="", leased_until=None)
    append("files.asked_again", version=str(version.pk), files=number)
    return number


@recorded
def erase_files(version: Version) -> int:
    """Erase the files of a version in which words stand that were taken back, and such words of values. Returns how many files."""
    held = Version.objects.select_for_update().get(pk=version.pk)
    number = 0
    if queries.taken_back(held):
        queries.lost_values(held).update(title="", context="", policies=[])
        number = held.renditions.filter(erased_at=None).update(
            content=None, sha256="", leased_until=None, erased_at=timezone.now()
        )
    append("files.erased", version=str(held.pk), files=number)
    return number
