"""Lists of people to draw from: bring one, say what its columns are, erase it."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Lot, Pool
from deliberation.assemblies.sealed import POOLS, seal
from deliberation.assemblies.sortition import listed, pools
from deliberation.assemblies.sortition.errors import LotNotReady
from elicitation.record.actions import append, recorded

State = Lot.State


@recorded
def bring(assembly: Assembly, content: bytes) -> Pool:
    """Keep a list of people, sealed. Raises PoolUnfit."""
    try:
        people = pools.read(content)
    except pools.PoolUnreadable as wrong:
        raise listed.unreadable(wrong) from wrong
    made = Pool.objects.create(
        assembly=assembly,
        content=seal(POOLS).encrypt(content),
        people=len(people.rows),
        columns=list(people.columns),
    )
    append("pool.brought", assembly=assembly.slug, pool=str(made.pk), people=made.people)
    return made


@recorded
def describe(pool: Pool, id_column: str, strata: Sequence[str], homes: Sequence[str]) -> Pool:
    """Say which column tells people apart, which have quotas, and which tell who lives together. Raises PoolUnfit, PoolErased; LotNotReady once something was committed to."""
    held = Pool.objects.select_for_update().get(pk=pool.pk)
    listed.ensure_fit(listed.people_of(held), id_column, strata, homes)
    if held.lots.exists():
        raise LotNotReady
    held.id_column, held.strata, held.homes = id_column, list(strata), list(homes)
    held.save(update_fields=["id_column", "strata", "homes"])
    append("pool.described", assembly=held.assembly.slug, pool=str(held.pk))
    return held


@recorded
def erase_pool(pool: Pool) -> None:
    """Erase a list of people and who was drawn from it. What everybody was told of the draws stays; a draw under way ends."""
    now = timezone.now()
    Pool.objects.filter(pk=pool.pk).update(content=None, erased_at=now)
    of_it = Lot.objects.filter(pool=pool)
    of_it.filter(state__in=[State.WAITING, State.READY]).update(
        state=State.FAILED, failure="pool_erased", leased_until=None
    )
    of_it.update(panels=[], tickets=[], drawn=[], declined=[], left_out=[], salt="", quotas=[])
    append("pool.erased", assembly=pool.assembly.slug, pool=str(pool.pk))


@recorded
def forget_pools() -> int:
    """Erase lists that were brought so many days ago (`KEEP_POOLS_DAYS`). Returns how many went."""
    since = timezone.now() - timedelta(days=settings.KEEP_POOLS_DAYS)
    old = list(Pool.objects.filter(made_at__lt=since, erased_at=None).select_related("assembly"))
    for pool in old:
        erase_pool(pool)
    append("pools.forgotten", count=len(old))
    return len(old)
