"""What there is to write to those who left an address: read from what stands, so that nothing is missed, and put once by what it is of."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from deliberation.artifacts.queries import published
from deliberation.assemblies.actions import letters
from deliberation.assemblies.models import Address, Assembly, Letter, Membership, Phase
from deliberation.assemblies.queries import next_prompt
from deliberation.moderation.queries import waiting_for_author
from deliberation.opinion.queries import counts_are_public
from elicitation.extraction.models import Candidate

TEN = 10
Kind, Wish = Letter.Kind, Address.Wish


def put_what_is_new() -> None:
    """Put every letter there is to write that was not put before."""
    new = [letter for address in confirmed() for letter in about(address)]
    there = set(Letter.objects.filter(address__in=[one.address_id for one in new]).values_list("address", "of"))  # fmt: skip
    if new := [one for one in new if (one.address_id, one.of) not in there]:
        letters.put(new)


def confirmed(assembly: Assembly | None = None) -> QuerySet[Address]:
    """Addresses that may be written to."""
    here = Address.objects.exclude(confirmed_at=None).select_related("membership__assembly")
    return here.filter(membership__assembly=assembly) if assembly else here


def about(address: Address) -> Iterator[Letter]:
    """What one address is to be told, by its wishes."""
    member, since = address.membership, address.confirmed_at
    assembly, now = member.assembly, timezone.now()
    if since is None:
        return
    if Wish.READ in address.wishes and (card := _waiting(member).order_by("-reading").first()):
        yield Letter(address=address, kind=Kind.READ, of=f"read {card.reading_id}")
    if Wish.PHASE in address.wishes:
        for phase in assembly.phases.filter(starts_at__gt=since, starts_at__lte=now, ends_at__gt=now):  # fmt: skip
            yield Letter(address=address, kind=Kind.PHASE, of=f"phase {phase.pk} {phase.starts_at.isoformat()}")  # fmt: skip
    if Wish.RESULT in address.wishes:
        yield from _results(address, assembly, since)


def unfinished(assembly: Assembly) -> list[Address]:
    """Addresses of those who wish to be reminded, and left something: a card that waits, or a question while answering is open."""
    wishing = confirmed(assembly).filter(wishes__contains=[Wish.REMIND])
    return [one for one in wishing if _left_something(one.membership)]


def remind(assembly: Assembly) -> None:
    """Put a reminder for everybody who left something unfinished: once a week, however often it is pressed."""
    now = timezone.now()
    week = f"{now.isocalendar().year}-{now.isocalendar().week}"
    letters.put([Letter(address=one, kind=Kind.REMIND, of=f"remind {week}") for one in unfinished(assembly)])  # fmt: skip


def in_tens(number: int) -> int | None:
    """A number of people that tells nobody: whole tens; None for fewer than ten."""
    return number // TEN * TEN or None


def _results(address: Address, assembly: Assembly, since: datetime) -> Iterator[Letter]:
    if counts_are_public(assembly):
        over = assembly.phases.filter(kind=Phase.Kind.WEIGHING, ends_at__gt=since).first()
        if over is not None:
            yield Letter(address=address, kind=Kind.RESULT, of=f"result {over.ends_at.isoformat()}")
    for version in published(assembly).filter(published_at__gt=since):
        yield Letter(address=address, kind=Kind.RESULT, of=f"document {version.pk}")


def _waiting(member: Membership) -> QuerySet[Candidate]:
    mine = {"reading__revision__response__respondent": member.respondent_id}
    return waiting_for_author(member.assembly).filter(**mine)


def _left_something(member: Membership) -> bool:
    answering = member.assembly.is_open_for(Phase.Kind.ANSWERING)
    return _waiting(member).exists() or (answering and next_prompt(member) is not None)
