"""Draw lots: commit to a list and to quotas, keep the lottery, draw, replace who declined. Every draw stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Lot, Pool
from deliberation.assemblies.sortition import listed, lots, pools
from deliberation.assemblies.sortition.errors import (
    DeclinedUnfit,
    LotNotReady,
    PoolUnfit,
    QuotasUnfit,
)
from deliberation.assemblies.sortition.lots import Quota
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

State = Lot.State
LEASE = timedelta(seconds=600)  # longer than a lottery may take
MOST_TRIES = 3
MACHINE_FAILED = ("not_installed", "took_too_long", "broke_off", "given_up")
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn: how many, by which method, and of each column and answer the least and the most."""

    seats: int
    method: str
    bounds: Mapping[str, Mapping[str, tuple[int, int]]]


@recorded
def commit(pool: Pool, wish: Wish) -> Lot:
    """Fix a list, its quotas and the number of seats, and tell so in public, before anything is computed or drawn. Raises QuotasUnfit, PoolUnfit, PoolErased."""
    held = Pool.objects.select_for_update().get(pk=pool.pk)
    people = listed.people_of(held)
    if not held.id_column:
        raise PoolUnfit(why=listed.UNREADABLE["no_such_column"])
    for column in held.strata:
        if set(wish.bounds.get(column, {})) != set(people.column(column)):
            raise QuotasUnfit(why=column)
    quotas = listed.quotas_of(people, {column: wish.bounds[column] for column in held.strata})
    lot = Lot(pool=held, seats=wish.seats, method=wish.method)
    if found := lots.faults(quotas, wish.seats):
        raise QuotasUnfit(why=listed.in_words(found))
    return _committed(lot, quotas, listed.content_of(held))


@recorded
def replace(lot: Lot, ids: Sequence[str]) -> Lot:
    """Commit to a draw for the seats of those who declined, from whoever was not drawn yet, so that all together still meet the quotas.

    Raises DeclinedUnfit for ids that hold no seat, LotNotReady where a later draw stands on this one, PoolErased.
    """
    pool = Pool.objects.select_for_update().get(pk=lot.pool_id)
    last = Lot.objects.select_for_update().get(pk=lot.pk)
    going_on = last.replaced_by.exclude(state=State.FAILED)
    if last.state != State.DRAWN or going_on.exists():
        raise LotNotReady
    people = listed.people_of(pool)
    seated = listed.seated(last)
    rows = listed.numbers_of(people, pool.id_column, ids)
    strangers = [one for one in ids if rows.get(one) not in seated]
    if strangers or not ids:
        raise DeclinedUnfit(ids=", ".join(strangers[:10]))
    declined = sorted({rows[one] for one in ids})
    staying = [one for one in seated if one not in declined]
    out = _left_out(people, pool, last, staying, declined)
    quotas = _still_asked(people, last, staying, out)
    again = Lot(
        pool=pool,
        seats=len(declined),
        method=last.method,
        replaces=last,
        declined=declined,
        left_out=out,
    )
    return _committed(again, quotas, listed.content_of(pool))


@recorded
def commit_nearest(lot: Lot) -> Lot:
    """Commit anew with the nearest quotas that can be met, where those of `lot` could not. Raises LotNotReady, PoolErased."""
    pool = Pool.objects.select_for_update().get(pk=lot.pool_id)
    failed = Lot.objects.select_for_update().get(pk=lot.pk)
    before = failed.replaces
    going_on = before and before.replaced_by.exclude(state=State.FAILED).exists()
    if failed.state != State.FAILED or not failed.relaxed or going_on:
        raise LotNotReady
    again = Lot(
        pool=pool,
        seats=failed.seats,
        method=failed.method,
        replaces=before,
        declined=failed.declined,
        left_out=failed.left_out,
    )
    return _committed(again, listed.as_quotas(failed.relaxed), listed.content_of(pool))


@recorded
def try_again(lot: Lot) -> bool:
    """Compute a lottery anew that was not computed for reasons of the machine. Returns whether it was."""
    broken = Lot.objects.filter(pk=lot.pk, state=State.FAILED, failure__in=MACHINE_FAILED)
    number = broken.update(state=State.WAITING, failure="", tries=0)
    append("lot.asked_again", lot=str(lot.pk), lots=number)
    return bool(number)


@recorded
def claim(lot: Lot, lease: timedelta = LEASE) -> bool:
    """Take a lottery to compute; False where it is done, or another worker is at it. Lost too often with its worker, it is given up."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Lot.objects.filter(free, pk=lot.pk, state=State.WAITING)
    taken = due.filter(tries__lt=MOST_TRIES).update(leased_until=now + lease, tries=F("tries") + 1)
    if not taken:
        due.update(state=State.FAILED, failure="given_up", leased_until=None)
    append("lot.claimed", lot=str(lot.pk), taken=bool(taken))
    lot.refresh_from_db()
    return bool(taken)


@recorded
def keep_lottery(
    lot: Lot, panels: Sequence[Sequence[int]], chances: Sequence[float], method: str
) -> Lot | None:
    """Keep the lottery and commit to it; from now on it can be drawn. None where another worker was faster, or the pool is gone."""
    held = _held(lot)
    append("lot.prepared", lot=str(lot.pk), kept=bool(held), **_kept(held, panels, chances, method))
    return held


@recorded
def fail(lot: Lot, failure: str, relaxed: Any = None) -> None:
    """Write down why there is no lottery: `failure` is a code; `relaxed`: the nearest quotas that can be met, as kept."""
    if held := _held(lot):
        held.state, held.failure, held.relaxed, held.leased_until = State.FAILED, failure, relaxed, None  # fmt: skip
        held.save(update_fields=["state", "failure", "relaxed", "leased_until"])
    append("lot.failed", lot=str(lot.pk), failure=failure)


@recorded
def draw(lot: Lot, words: str) -> Lot:
    """Draw, once: the ticket follows from the site's number and the words. Raises LotNotReady, PoolErased; PoolUnfit for words that are none."""
    held = (
        Lot.objects.select_for_update(of=("self",)).select_related("pool__assembly").get(pk=lot.pk)
    )
    said = " ".join(words.split())
    if held.state != State.READY:
        raise LotNotReady
    if not said or fault(said) or len(said) > LONGEST_WORDS:
        raise PoolUnfit(why=listed.WORDS_MISSING)
    people = listed.people_of(held.pool)
    held.words, held.ticket = said, lots.ticket_of(held.number, said)
    held.drawn = lots.drawn(held.panels, held.tickets, held.ticket)
    held.state, held.drawn_at = State.DRAWN, timezone.now()
    held.told = {**held.told, "drawn": listed.drawn_told(people, held)}
    held.save(update_fields=["words", "ticket", "drawn", "state", "drawn_at", "told"])
    append(
        "lot.drawn",
        assembly=held.pool.assembly.slug,
        lot=str(held.pk),
        number=held.number,
        words=sha256(said.encode()).hexdigest(),
        ticket=held.ticket,
    )
    return held


def _committed(lot: Lot, quotas: Sequence[Quota], content: bytes) -> Lot:
    assembly = Assembly.objects.select_for_update(no_key=True).get(pk=lot.pool.assembly_id)
    lot.nth = Lot.objects.filter(pool__assembly=assembly).count() + 1
    lot.quotas = listed.as_rows(quotas)
    lot.number_digest = sha256(lot.number.encode()).hexdigest()
    lot.commitment = lots.commitment(listed.as_draw(lot), content)
    lot.told = listed.told(lot, lot.pool.people - len(lot.left_out))
    lot.save(force_insert=True)
    append(
        "lot.committed",
        assembly=assembly.slug,
        lot=str(lot.pk),
        nth=lot.nth,
        seats=lot.seats,
        commitment=lot.commitment,
        number_digest=lot.number_digest,
        replaces=str(lot.replaces_id) if lot.replaces_id else None,
    )
    return lot


def _left_out(
    people: pools.People, pool: Pool, last: Lot, staying: Sequence[int], declined: Sequence[int]
) -> list[int]:
    """Whoever keeps a seat, has declined now or before, or lives with somebody who keeps theirs."""
    out = {*staying, *declined, *last.left_out, *last.drawn}
    if homes := listed.housemates(people, pool.homes):
        taken = {homes[one] for one in staying}
        out |= {n for n, home in enumerate(homes) if home in taken}
    return sorted(out)


def _still_asked(
    people: pools.People, last: Lot, staying: Sequence[int], out: Sequence[int]
) -> list[Quota]:
    """What the first draw asked for, less who keeps their seat."""
    first = last
    while first.replaces:
        first = first.replaces
    gone, asked = set(out), []
    for quota in listed.as_quotas(first.quotas):
        cells = people.column(quota.column)
        seated = lots.counted([cells[one] for one in staying])
        there = lots.counted([cell for n, cell in enumerate(cells) if n not in gone])
        asked.append(lots.left_for(quota, seated, there))
    return asked


def _held(lot: Lot) -> Lot | None:
    """The lot this worker has claimed, where it is still its own."""
    mine = Lot.objects.select_for_update(of=("self",)).filter(
        pk=lot.pk, state=State.WAITING, tries=lot.tries
    )
    return mine.select_related("pool").first()


def _kept(
    held: Lot | None, panels: Sequence[Sequence[int]], chances: Sequence[float], method: str
) -> dict[str, Any]:
    if held is None or held.pool.content is None:
        return {}
    held.panels, held.tickets = [list(one) for one in panels], lots.tickets(chances)
    held.lottery_digest = lots.lottery_digest(listed.as_draw(held))
    held.state, held.ready_at, held.leased_until = State.READY, timezone.now(), None
    held.method_used = method
    could = set(range(held.pool.people)) - set(held.left_out)
    all_of_them = lots.chances(held.pool.people, held.panels, held.tickets)
    held.told = {**held.told, "groups": lots.groups([all_of_them[one] for one in could])}
    held.save(
        update_fields=["panels", "tickets", "lottery_digest", "state", "ready_at", "leased_until", "method_used", "told"]
    )  # fmt: skip
    return {"lottery": held.lottery_digest, "method": method}
