"""Everything that waits for a moderator, as one list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import CharField, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from deliberation.assemblies.models import Assembly
from deliberation.moderation.meanings import standing
from deliberation.moderation.models import Appeal, Claim, Meaning, Thing
from deliberation.moderation.queries import answers_needing_attention, queue
from elicitation.extraction.models import ReadingRequest
from elicitation.graph.models import Regrouped, Regrouping, Suggestion, ValueContext

UNSURE = (
    0.5,
    0.7,
)  # of a context a machine found: below it was not kept as found, above nobody has to look
LABEL = 120  # code points
COLUMNS = ("kind", "thing", "since", "sure", "label")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things: of these kinds (none: all), held by `holding` ("mine", "free", "" for all), whose label holds `search`; surest or oldest first."""

    kinds: Sequence[str] = ()
    holding: str = ""
    search: str = ""
    surest: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. `about`: what is suggested of it, as text; `holder`: who works on it, "" for nobody."""

    kind: Thing
    thing: UUID
    since: datetime
    sure: float | None
    label: str
    holder: str = ""
    mine: bool = False
    suggested: Suggestion | None = None
    values: Sequence[str] = ()


def things(assembly: Assembly, moderator: AbstractBaseUser, wanted: Wanted) -> QuerySet[Any]:
    """What waits, as rows of COLUMNS. What somebody decided themselves and is appealed against is never theirs to answer."""
    sources = SOURCES if not wanted.kinds else {k: SOURCES[Thing(k)] for k in wanted.kinds}
    held = Claim.objects.filter(assembly=assembly, until__gt=timezone.now())
    rows = []
    for kind, source in sources.items():
        found = source(assembly, moderator)
        if wanted.search:
            found = found.filter(label__icontains=wanted.search)
        if wanted.holding:
            of_kind = held.filter(kind=kind).values("thing")
            mine = held.filter(kind=kind, moderator_id=moderator.pk).values("thing")
            found = (
                found.filter(thing__in=mine)
                if wanted.holding == "mine"
                else found.exclude(thing__in=of_kind)
            )
        rows.append(found.order_by().values(*COLUMNS))
    together: QuerySet[Any] = rows[0].union(*rows[1:], all=True)
    if wanted.surest:
        return together.order_by(F("sure").desc(nulls_last=True), "since", "thing")
    return together.order_by("since", "thing")


def counts(assembly: Assembly, moderator: AbstractBaseUser) -> Counter[str]:
    """How many things of each kind wait."""
    kinds = [source(assembly, moderator).order_by().values("kind") for source in SOURCES.values()]
    found: Counter[str] = Counter()
    for row in kinds[0].union(*kinds[1:], all=True):
        found[row["kind"]] += 1
    return found


def items(assembly: Assembly, moderator: AbstractBaseUser, rows: Sequence[Any]) -> list[Item]:
    """Rows of things with who holds them and what is suggested."""
    ids = [row["thing"] for row in rows]
    claims = Claim.objects.filter(assembly=assembly, thing__in=ids, until__gt=timezone.now())
    held = {(c.kind, c.thing): c.moderator for c in claims.select_related("moderator")}
    told = Suggestion.objects.living().filter(candidate__in=ids).select_related("value")
    suggested = {one.candidate_id: one for one in told}
    members: dict[UUID, list[str]] = {}
    inside = Regrouped.objects.filter(regrouping__in=ids, apart=None).select_related("value")
    for one in inside.order_by("regrouping", "position"):
        members.setdefault(one.regrouping_id, []).append(one.value.title)
    return [_item(row, moderator, held, suggested, members) for row in rows]


def _item(
    row: Mapping[str, Any],
    moderator: AbstractBaseUser,
    held: Mapping[tuple[str, UUID], Any],
    suggested: Mapping[UUID, Suggestion],
    members: Mapping[UUID, list[str]],
) -> Item:
    holder = held.get((row["kind"], row["thing"]))
    return Item(
        kind=Thing(row["kind"]),
        thing=row["thing"],
        since=row["since"],
        sure=row["sure"],
        label=row["label"],
        holder=holder.get_username() if holder else "",
        mine=holder is not None and holder.pk == moderator.pk,
        suggested=suggested.get(row["thing"]),
        values=members.get(row["thing"], ()),
    )


def _kind(kind: Thing) -> Value:
    return Value(kind.value, output_field=CharField())


NOTHING = Value("", output_field=CharField())
NOT_SURE = Value(None, output_field=FloatField())


def _cards(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    return queue(assembly).annotate(
        kind=_kind(Thing.CARD),
        thing=F("pk"),
        since=Coalesce("answered_at", "proposed_at"),
        sure=NOT_SURE,
        label=F("title"),
    )


def _regroupings(kind: Thing) -> Any:
    def found(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
        here = Regrouping.objects.open().filter(inquiry__assemblies=assembly, kind=kind.value)
        return here.annotate(thing=F("pk"), since=F("made_at"), sure=F("score"), label=NOTHING)

    return found


def _contexts(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    standing = Q(value__inquiry__assemblies=assembly, value__retired_at=None)
    here = ValueContext.objects.filter(standing, score__range=UNSURE)
    return here.annotate(
        kind=_kind(Thing.CONTEXT),
        thing=F("value_id"),
        since=F("at"),
        sure=F("score"),
        label=F("value__title"),
    )


def _flagged(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    here = ReadingRequest.objects.exclude(flag="").filter(
        revision__response__prompt__inquiry__assemblies=assembly,
        revision__response__withdrawn_at=None,
        revision__response__decisions=None,
    )
    return here.annotate(
        kind=_kind(Thing.FLAGGED),
        thing=F("revision__response_id"),
        since=F("asked_at"),
        sure=NOT_SURE,
        label=Left("revision__text", LABEL),
    )


def _unread(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    return answers_needing_attention(assembly).annotate(
        kind=_kind(Thing.UNREAD),
        thing=F("pk"),
        since=F("received_at"),
        sure=NOT_SURE,
        label=Left("revisions__text", LABEL),
    )


def _meanings(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    unlike = [Meaning.Answer.NO, Meaning.Answer.NOT_QUITE]
    here = standing().filter(decision__assembly=assembly, answer__in=unlike, seen_to_at=None)
    return here.annotate(
        kind=_kind(Thing.MEANING),
        thing=F("pk"),
        since=F("answered_at"),
        sure=NOT_SURE,
        label=F("candidate__title"),
    )


def _appeals(assembly: Assembly, moderator: AbstractBaseUser) -> QuerySet[Any]:
    here = Appeal.objects.filter(decision__assembly=assembly, state=Appeal.State.OPEN)
    others = here.exclude(decision__moderator_id=moderator.pk)
    return others.annotate(
        kind=_kind(Thing.APPEAL),
        thing=F("pk"),
        since=F("at"),
        sure=NOT_SURE,
        label=Left("words", LABEL),
    )


SOURCES: Mapping[Thing, Any] = {
    Thing.CARD: _cards,
    Thing.MERGE: _regroupings(Thing.MERGE),
    Thing.SPLIT: _regroupings(Thing.SPLIT),
    Thing.CONTEXT: _contexts,
    Thing.FLAGGED: _flagged,
    Thing.UNREAD: _unread,
    Thing.MEANING: _meanings,
    Thing.APPEAL: _appeals,
}
