"""Tell an address what happened: claim, send with nothing open, keep what became of it."""

import time
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.assemblies import reaching, signatures
from deliberation.assemblies.actions import hooks
from deliberation.assemblies.models import Delivery

OK = range(200, 300)


def due() -> QuerySet[Delivery]:
    """What is to be told now and no worker is at, the longest waiting first."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = Delivery.objects.filter(free, state=Delivery.State.WAITING, next_at__lte=now)
    return waiting.filter(hook__ended_at=None).order_by("next_at")


def send_if_due(delivery_id: UUID) -> None:
    """The worker's way in. What is over, or at another worker, is passed over."""
    found = Delivery.objects.select_related("hook").filter(pk=delivery_id).first()
    if found is None or not hooks.claim(found):
        return
    secret, body = signatures.secret_of(settings.SECRET_KEY, found.hook.salt), found.body.encode()
    headers = signatures.signed(secret, f"msg_{found.pk.hex}", int(time.time()), body)
    try:
        status = reaching.post(found.hook.url, body, headers, _reach())
    except reaching.Unreachable as broken:
        hooks.keep(found, None, broken.why)
    else:
        hooks.keep(found, status, "" if status in OK else "not_taken")


def _reach() -> reaching.Reach:
    """How far the operator lets messages go."""
    return reaching.Reach(
        settings.WEBHOOKS_PRIVATE, settings.WEBHOOKS_NETWORKS, settings.WEBHOOKS_CA
    )
