"""Do what was sent with a key once, however often it is sent. Its row is written in the transaction of the act itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from deliberation.assemblies.errors import OtherContentSameKey
from deliberation.assemblies.models import Done, Membership
from deliberation.assemblies.sent import Sent, digest_of_member
from deliberation.assemblies.ways import HOLDS
from elicitation.record.actions import patiently

R = TypeVar("R")
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Before:
    """It was done before; there lies its answer."""

    reply: str


def once(sent: Sent, act: Callable[[], R], answer: Callable[[R], str | None]) -> R | Before:
    """Do `act`, or tell where the answer lies of the first time it was sent. Of two at the same moment the second waits for the first.

    `answer` tells where the answer of what `act` returned lies; None says that nothing was done, and the key is free again. So it is where
    `act` raises. Raises OtherContentSameKey, and what `act` raises.
    """
    return patiently(lambda: _once(sent, act, answer), sent.act)


@transaction.atomic
def _once(sent: Sent, act: Callable[[], R], answer: Callable[[R], str | None]) -> R | Before:
    ours = {"content": sent.content, "act": sent.act, "actor": sent.actor, "on": _today()}
    done, new = Done.objects.get_or_create(key=sent.key, defaults=ours)
    if not new:
        if done.content != sent.content:
            raise OtherContentSameKey
        return Before(done.reply)
    result = act()
    reply = answer(result)
    row = Done.objects.filter(pk=sent.key)
    if reply is None:
        row.delete()
    else:
        row.update(reply=reply)
    return result


def forget_done_by(member: Membership) -> None:
    """Erase what tells that this member did something."""
    Done.objects.filter(actor=digest_of_member(member)).delete()


def forget_old() -> None:
    """Erase what nobody sends again after so long, and by which way seats were taken, once it gives nobody a seat back any more."""
    Done.objects.filter(on__lt=_today() - KEPT).delete()
    over = Membership.objects.filter(joined_at__lt=timezone.now() - HOLDS)
    over.exclude(came_by="").update(came_by="")


def _today() -> date:
    return timezone.now().date()
