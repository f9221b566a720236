"""Hold what one works on, so that two see who holds what; and say what one has looked at."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Claim, Opening
from deliberation.moderation.waiting import ensure_free
from elicitation.record.actions import append, recorded

HELD_FOR = timedelta(minutes=10)


@recorded
def open_item(bench: Bench, item: Item) -> None:
    """Note that it was opened as it stands, and hold it unless somebody else does; held already, it is held anew."""
    _note(bench, item)
    _try(bench, item)
    append("queue.opened", **_named(bench, item))


@recorded
def hold(bench: Bench, item: Item) -> None:
    """Hold it, so that others see who works on it. Raises HeldByOther."""
    _try(bench, item)
    ensure_free(bench, item)
    append("queue.held", **_named(bench, item))


@recorded
def take_over(bench: Bench, item: Item) -> None:
    """Hold it, whoever held it before."""
    Claim.objects.update_or_create(
        assembly=bench.assembly,
        kind=item.kind,
        thing=item.thing,
        defaults={"moderator_id": bench.moderator.pk, "until": timezone.now() + HELD_FOR},
    )
    append("queue.taken_over", **_named(bench, item))


@recorded
def let_go(bench: Bench, item: Item) -> None:
    """Hold it no longer. What somebody else holds stays theirs."""
    _claims(bench, item).filter(moderator=bench.moderator.pk).delete()
    append("queue.let_go", **_named(bench, item))


@recorded
def looked(bench: Bench, item: Item) -> None:
    """Say of something that asks for no decision that a person looked at it as it stands: it waits no longer."""
    _note(bench, item)
    _claims(bench, item).delete()
    append("queue.looked_at", **_named(bench, item))


def _try(bench: Bench, item: Item) -> None:
    """Hold it if nobody else does."""
    now = timezone.now()
    free = Q(moderator=bench.moderator.pk) | Q(until__lte=now)
    held = {"moderator": bench.moderator.pk, "until": now + HELD_FOR}
    if not _claims(bench, item).filter(free).update(**held):
        claim = Claim(
            assembly=bench.assembly,
            kind=item.kind,
            thing=item.thing,
            moderator_id=bench.moderator.pk,
            until=now + HELD_FOR,
        )
        Claim.objects.bulk_create([claim], ignore_conflicts=True)


def _note(bench: Bench, item: Item) -> None:
    opening = Opening(
        assembly=bench.assembly,
        kind=item.kind,
        thing=item.thing,
        version=item.version,
        moderator_id=bench.moderator.pk,
    )
    Opening.objects.bulk_create([opening], ignore_conflicts=True)


def _claims(bench: Bench, item: Item) -> QuerySet[Claim]:
    return Claim.objects.filter(assembly=bench.assembly, kind=item.kind, thing=item.thing)


def _named(bench: Bench, item: Item) -> dict[str, str]:
    return {"assembly": bench.assembly.slug, "of": str(item.kind), "thing": str(item.thing)}
