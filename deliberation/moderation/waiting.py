"""The queue: everything that waits for a person in one list, with who holds what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.errors import HeldByOther
from deliberation.moderation.models import Claim, Opening, Thing
from deliberation.moderation.queue_rows import Rows, counted
from deliberation.moderation.what_waits import COLUMNS, LINES
from elicitation.extraction.models import Policy

ORDERS: Mapping[str, tuple[str, ...]] = {
    "oldest": ("since", "thing"),
    "surest": ("-sure", "since", "thing"),
    "cards": ("-cards", "since", "thing"),
}
MINE, FREE = "mine", "free"
RENEWED = timedelta(minutes=5)  # a claim with less time left is made anew by use


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the queue somebody wants to see: of one kind, of one inquiry, by who holds it, cards with these words; in which order."""

    kind: str = ""
    inquiry: UUID | None = None
    held: str = ""
    words: str = ""
    order: str = "oldest"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a thing, and until when."""

    name: str
    until: datetime
    is_me: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits; the columns are those of what_waits. `opened`: this moderator opened it as it stands."""

    what: Thing
    thing: UUID
    since: datetime
    sure: float | None
    cards: int
    seen: int
    says: str
    beside: str
    beside_id: UUID | None
    hint: str
    standing: str
    holder: Holder | None
    opened: bool


Lines = Mapping[Thing, Rows]


def lines_of(bench: Bench, wish: Wish) -> Lines:
    """What is wished for of each kind, of every kind: for who asks both how many wait and for a stretch of them."""
    return _wanted(bench, replace(wish, kind=""))


def waiting(
    bench: Bench, wish: Wish, start: int, most: int, every: Lines | None = None
) -> list[Waiting]:
    """A stretch of the queue. Four questions to the database: which things, what of them, who holds them, which were opened.

    Which come first is asked of all, by as little as that takes; the rest only of those. `every`: lines_of this wish, where it is there.
    """
    order = ORDERS[wish.order]
    needed = ("what", *(column.lstrip("-") for column in order))
    kinds = {k: line for k, line in (every or lines_of(bench, wish)).items() if wish.kind in ("", k)}  # fmt: skip
    found = [line.values(*needed).order_by(*order)[: start + most] for line in kinds.values()]
    if not found:
        return []
    chosen = [(row["what"], row["thing"]) for row in _together(found, order)[start : start + most]]
    lines = {kind: [thing for what, thing in chosen if what == kind] for kind in kinds}
    full = [
        kinds[kind].filter(thing__in=things).values(*COLUMNS)
        for kind, things in lines.items()
        if things
    ]
    rows = list(_together(full, order)) if full else []
    things = [row["thing"] for row in rows]
    held, opened = holders(bench, things), _opened(bench, things)
    return [_told(row, held, opened) for row in rows]


def counts(bench: Bench, wish: Wish, every: Lines | None = None) -> dict[Thing, int]:
    """How many of each kind wait, by all that is wished but the kind. One question to the database. `every` as for `waiting`."""
    found = every or lines_of(bench, wish)
    numbers: dict[str, Any] = {f"of_{kind}": counted(line) for kind, line in found.items()}
    here = Assembly.objects.filter(pk=bench.assembly.pk).annotate(**numbers)
    told = here.values(*numbers).get() if numbers else {}
    return {kind: told.get(f"of_{kind}", 0) for kind in Thing}


def holders(bench: Bench, things: Collection[UUID]) -> dict[tuple[str, UUID], Holder]:
    """Who works on which of these things now."""
    found = _living(bench).filter(thing__in=things).select_related("moderator")
    return {
        (claim.kind, claim.thing): Holder(
            claim.moderator.get_full_name() or claim.moderator.get_username(),
            claim.until,
            claim.moderator_id == bench.moderator.pk,
        )
        for claim in found
    }


def holder(bench: Bench, item: Item) -> Holder | None:
    """Who works on this now."""
    return holders(bench, [item.thing]).get((item.kind, item.thing))


def ensure_free(bench: Bench, item: Item) -> None:
    """Raises HeldByOther where somebody else works on it."""
    held = holder(bench, item)
    if held and not held.is_me:
        raise HeldByOther(who=held.name)


def find(bench: Bench, kind: str, thing: UUID) -> Item:
    """Something that waits here, as it stands. Raises NotHere."""
    if kind in Thing.values:
        line = LINES[Thing(kind)](bench).filter(thing=thing)
        for version in line.values_list("seen", flat=True)[:1]:
            return Item(Thing(kind), thing, version)
    raise NotHere


def waits(bench: Bench, item: Item) -> bool:
    """Whether it waits for this moderator."""
    return LINES[item.kind](bench).filter(thing=item.thing).exists()


def is_at_hand(bench: Bench, item: Item) -> bool:
    """Whether this moderator opened it as it stands and need not hold it anew yet; or cannot, for another holds it."""
    held = holder(bench, item)
    fresh = held and (not held.is_me or held.until - timezone.now() > RENEWED)
    return bool(fresh) and is_opened(bench, item)


def is_opened(bench: Bench, item: Item) -> bool:
    """Whether this moderator opened it as it stood at that version."""
    return (str(item.kind), item.thing, item.version) in _opened(bench, [item.thing])


def _together(lines: Sequence[Rows], order: Sequence[str]) -> Rows:
    """One list of several."""
    if len(lines) == 1:
        return lines[0].order_by(*order) if not lines[0].query.is_sliced else lines[0]
    return lines[0].union(*lines[1:], all=True).order_by(*order)


def _wanted(bench: Bench, wish: Wish) -> dict[Thing, Rows]:
    """The kinds that are wished for, each with no more than is wished."""
    searched = {Thing.CARD} if wish.words else set(Thing)
    kinds = [kind for kind in Thing if kind in searched and wish.kind in ("", kind)]
    found = {kind: LINES[kind](bench) for kind in kinds}
    if wish.words:
        said = Policy.objects.filter(candidate=OuterRef("pk"), text__icontains=wish.words)
        here = Q(title__icontains=wish.words) | Q(context__icontains=wish.words) | Exists(said)
        found = {kind: line.filter(here) for kind, line in found.items()}
    if wish.inquiry:
        found = {kind: line.filter(of_inquiry=wish.inquiry) for kind, line in found.items()}
    if wish.held:
        found = {kind: _held(bench, kind, line, wish.held) for kind, line in found.items()}
    return found


def _held(bench: Bench, kind: Thing, line: Rows, wish: str) -> Rows:
    claims = _living(bench).filter(kind=kind)
    mine = claims.filter(moderator=bench.moderator.pk)
    if wish == MINE:
        return line.filter(thing__in=mine.values("thing"))
    return line.exclude(thing__in=claims.values("thing"))


def _living(bench: Bench) -> QuerySet[Claim]:
    return Claim.objects.filter(assembly=bench.assembly, until__gt=timezone.now())


def _opened(bench: Bench, things: Collection[UUID]) -> set[tuple[str, UUID, int]]:
    mine = Opening.objects.filter(
        assembly=bench.assembly, moderator=bench.moderator.pk, thing__in=things
    )
    return set(mine.values_list("kind", "thing", "version"))


def _told(
    row: Mapping[str, Any],
    held: Mapping[tuple[str, UUID], Holder],
    opened: Collection[tuple[str, UUID, int]],
) -> Waiting:
    of = row["what"], row["thing"]
    known = {**row, "what": Thing(row["what"]), "sure": row["sure"] if row["sure"] >= 0 else None}
    return Waiting(**known, holder=held.get(of), opened=(*of, row["seen"]) in opened)
