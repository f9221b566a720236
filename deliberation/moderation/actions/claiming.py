"""Open what waits, hold it for a while, and accept together what was opened."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from deliberation.moderation import queries
from deliberation.moderation.actions.cards import accept, merge
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import HeldByOther
from deliberation.moderation.models import Claim, Decision, Opening, Thing
from elicitation.errors import DomainError
from elicitation.extraction.models import Candidate
from elicitation.graph.queries import suggestion_for
from elicitation.record.actions import append, recorded

HOLDS = timedelta(minutes=10)


@recorded
def open_thing(bench: Bench, kind: Thing, thing: UUID, version: int = 1) -> Claim | None:
    """Note that a moderator opened a thing as it stands, and let them hold it unless somebody else does. Returns the other's claim then."""
    now = timezone.now()
    who: dict[str, Any] = {"assembly": bench.assembly, "kind": kind, "thing": thing}
    Opening.objects.get_or_create(**who, version=version, moderator_id=bench.moderator.pk)
    claim = _held(who)
    others = claim is not None and claim.until > now and claim.moderator_id != bench.moderator.pk
    if claim is None or not others:
        Claim.objects.update_or_create(
            **who, defaults={"moderator_id": bench.moderator.pk, "until": now + HOLDS}
        )
    append("thing.opened", assembly=bench.assembly.slug, of=kind, thing=str(thing))
    return claim if others else None


@recorded
def take_over(bench: Bench, kind: Thing, thing: UUID) -> Claim:
    """Hold a thing somebody else holds, knowingly."""
    who: dict[str, Any] = {"assembly": bench.assembly, "kind": kind, "thing": thing}
    claim, _ = Claim.objects.update_or_create(
        **who, defaults={"moderator_id": bench.moderator.pk, "until": timezone.now() + HOLDS}
    )
    append("thing.taken_over", assembly=bench.assembly.slug, of=kind, thing=str(thing))
    return claim


@recorded
def let_go(bench: Bench, kind: Thing, thing: UUID) -> None:
    """Hold a thing no more. Raises HeldByOther where it is somebody else who holds it."""
    who: dict[str, Any] = {"assembly": bench.assembly, "kind": kind, "thing": thing}
    claim = _held(who)
    if claim and claim.moderator_id != bench.moderator.pk and claim.until > timezone.now():
        raise HeldByOther(who=claim.moderator.get_username())
    if claim:
        claim.delete()
    append("thing.let_go", assembly=bench.assembly.slug, of=kind, thing=str(thing))


@recorded
def accept_opened(
    bench: Bench, cards: Collection[UUID]
) -> tuple[list[Decision], list[tuple[str, str]]]:
    """Accept cards together, each as it was opened: joined to the value it is suggested to be the same as, else as a new value.

    Each is a decision of its own. Returns them, and title and refusal of each that was not accepted: not opened as it stands, or decided
    meanwhile. The others go on.
    """
    made, left = list[Decision](), list[tuple[str, str]]()
    here = queries.cards_of(bench.assembly).filter(pk__in=cards)
    for card in here.order_by("pk"):
        opened = Opening.objects.filter(
            assembly=bench.assembly, thing=card.pk, version=card.version, moderator_id=bench.moderator.pk
        )  # fmt: skip
        if not opened.exists():
            left.append((card.title, ""))
            continue
        try:
            made.append(_accept(bench, card))
        except DomainError as refused:
            left.append((card.title, str(refused)))
    append("cards.accepted_together", assembly=bench.assembly.slug, accepted=len(made), left=len(left))  # fmt: skip
    return made, left


def _accept(bench: Bench, card: Candidate) -> Decision:
    told = suggestion_for(card)
    if told and told.kind == "same" and told.value:
        return merge(bench, card, card.version, told.value)
    return accept(bench, card, card.version)


def _held(who: dict[str, Any]) -> Claim | None:
    return Claim.objects.select_for_update().filter(**who).first()
