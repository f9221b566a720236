"""Cards a second moderator is asked about, and what both said."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from deliberation.assemblies.models import Assembly
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision, SecondLook
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value

ASKED = (Decision.Kind.ACCEPT, Decision.Kind.MERGE, Decision.Kind.REJECT)


@dataclass(frozen=True, slots=True)
class Both:
    """What the first and the second moderator made of one card: a kind, and the value it was joined to, if it was."""

    first: tuple[str, UUID | None]
    second: tuple[str, UUID | None]


def open_looks(bench: Bench) -> QuerySet[SecondLook]:
    """Those this moderator may answer, oldest first: not of cards they decided on themselves, and of none that has changed since."""
    own = Decision.objects.filter(candidate=OuterRef("candidate"), moderator=bench.moderator.pk)
    asked = SecondLook.objects.filter(
        ~Exists(own),
        assembly=bench.assembly,
        kind="",
        candidate__version=F("card_version"),
        candidate__in=Candidate.objects.standing(),
    )
    return asked.select_related("candidate__reading__revision__response__prompt__inquiry").order_by(
        "asked_at", "pk"
    )


def may_join(look: SecondLook) -> QuerySet[Value]:
    """Values the card could have been joined to: those that stood without it, so that the list does not tell what was decided."""
    inquiry = look.candidate.revision.response.prompt.inquiry
    others = Value.objects.standing().filter(inquiry=inquiry, admitted_at__lte=look.asked_at)
    return others.exclude(decisions__candidate=look.candidate, decisions__kind="accept").order_by(
        "title", "pk"
    )


def both(assembly: Assembly) -> Sequence[Both]:
    """What was said of each card both looked at as it stood."""
    first = Decision.objects.filter(
        candidate=OuterRef("candidate"), card_version=OuterRef("card_version"), kind__in=ASKED
    ).order_by("at")
    said = SecondLook.objects.filter(assembly=assembly).exclude(kind="")
    told = said.annotate(
        first=Subquery(first.values("kind")[:1]),
        joined=Subquery(first.values("value__root")[:1]),
        again=F("value__root"),
    ).exclude(first=None)
    merge = Decision.Kind.MERGE
    return [
        Both(
            (one.first, one.joined if one.first == merge else None),
            (one.kind, one.again if one.kind == merge else None),
        )
        for one in told.order_by("said_at", "pk")
    ]
