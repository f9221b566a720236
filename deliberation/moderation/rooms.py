"""The room view: who may look at it, and what stands on it now. Nothing private, nothing nobody let on, no result before its time."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from deliberation.assemblies import codes
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Consent
from deliberation.moderation.models import Decision, OnScreen, Room
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.reading import Reader
from elicitation.extraction.models import Candidate, Quote, ReadingRequest
from elicitation.extraction.queries import SHOWABLE
from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry, Respondent, Response

PURPOSE = "room"
MOST_WORDS = 4  # on the screen at once, the newest
READ = ("read", "nothing_found", "not_yet")  # how reading an answer may have ended


@dataclass(frozen=True, slots=True)
class Counts:
    """Voices: who agreed to take part, who has sent words, of whom some have been read, who has said yes to a card. AI agents are none."""

    joined: int
    sent: int
    read: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value by its place in the order in which values were admitted, which it keeps."""

    id: UUID
    place: int
    title: str
    language: str


def by_code(code: str) -> Room:
    """The open room of a link. Raises NotHere."""
    found = Room.objects.filter(code_digest=codes.digest(code), closed_at=None)
    if room := found.select_related("assembly", "invitation__assembly").first():
        return room
    raise NotHere


def code_of(room: Room) -> str | None:
    """The code of its link; None where it is closed, or the site's key has changed since."""
    code = codes.derive(settings.SECRET_KEY, PURPOSE, room.salt)
    return code if not room.closed_at and codes.digest(code) == room.code_digest else None


def counts(room: Room) -> Counts:
    """The counts to show: as they were when the room was frozen, else as they are."""
    return Counts(**room.frozen) if room.frozen_at else counted(room.assembly)


def counted(assembly: Assembly) -> Counts:
    """How far the voices of an assembly have come, each counted once a step."""
    of_them = {
        "prompt__inquiry__in": _inquiries(assembly),
        "respondent": OuterRef("pk"),
        "withdrawn_at": None,
    }
    at = {f"revision__response__{name}": is_ for name, is_ in of_them.items()}
    here = Response.objects.filter(**of_them)
    ended = ReadingRequest.objects.filter(state__in=READ, **at)
    owned = Candidate.objects.owned().filter(
        **{f"reading__{name}": is_ for name, is_ in at.items()}
    )
    agreed = Consent.objects.filter(
        membership__assembly=assembly, membership__respondent=OuterRef("pk")
    )
    voices = Respondent.objects.exclude(kind=Respondent.Kind.AI_AGENT).annotate(
        sent=Exists(here), read=Exists(ended), owned=Exists(owned)
    )
    told = voices.filter(Q(Exists(agreed)) | Q(sent=True)).aggregate(
        joined=Count("pk"),
        n_sent=Count("pk", filter=Q(sent=True)),
        n_read=Count("pk", filter=Q(read=True)),
        n_owned=Count("pk", filter=Q(owned=True)),
    )
    return Counts(told["joined"], told["n_sent"], told["n_read"], told["n_owned"])


def may_come_on(room: Room) -> QuerySet[Quote]:
    """Released words that are not on the screen, those that have waited longest first."""
    here = _showable().filter(revision__response__prompt__inquiry__in=_inquiries(room.assembly))
    waiting = here.exclude(on_screen__in=standing(room))
    return waiting.select_related("revision").order_by("policy__candidate__answered_at", "pk")


def standing(room: Room) -> QuerySet[OnScreen]:
    """The words that stand on the screen, the newest first.

    What its author has answered for anew since, or taken back, needs to be let on again.
    """
    return room.on_screen.filter(
        Q(quote__policy__candidate__answered_at=None)
        | Q(quote__policy__candidate__answered_at__lte=F("at")),
        quote__in=_showable(),
    )


def _showable() -> QuerySet[Quote]:
    """Words others may see, as in every file (exports/unseen.py): not those of a card a moderator left out."""
    left_out = Decision.objects.living().filter(kind=Decision.Kind.REJECT, candidate__isnull=False)
    return Quote.objects.filter(SHOWABLE).exclude(
        policy__candidate__in=left_out.values("candidate")
    )


def words(room: Room) -> list[Quote]:
    """The newest words on the screen; of a frozen room, what stood then and still may."""
    shown = standing(room).select_related("quote__revision")
    if room.frozen_at:
        shown = shown.filter(at__lte=room.frozen_at)
    return [one.quote for one in shown[:MOST_WORDS]]


def nodes(room: Room) -> list[Node]:
    """The values that stand, in the order they were admitted; places of those gone stay empty."""
    admitted = Value.objects.filter(inquiry__in=_inquiries(room.assembly))
    if room.frozen_at:
        admitted = admitted.filter(admitted_at__lte=room.frozen_at)
    rows = admitted.order_by("admitted_at", "id").values_list(
        "id", "retired_at", "title", "language"
    )
    return [
        Node(pk, place, title, language)
        for place, (pk, retired, title, language) in enumerate(rows)
        if retired is None
    ]


def links(room: Room) -> list[tuple[UUID, UUID]]:
    """Which value people find wiser than which, as everybody may see it: nothing before weighing is over, nothing of a few people."""
    who = Reader(room.assembly, whole=False)
    return [
        (UUID(edge["from_value"]), UUID(edge["to_value"]))
        for inquiry in room.assembly.inquiries.all()
        for edge in _edges(who, inquiry)
    ]


def _edges(who: Reader, inquiry: Inquiry) -> Iterable[dict[str, str]]:
    seen = reading.seen(who, inquiry, Analysis.Kind.GRAPH)
    edges: Iterable[dict[str, str]] = seen.result.get("edges", []) if seen else []
    return edges


def _inquiries(assembly: Assembly) -> QuerySet[Inquiry]:
    return assembly.inquiries.all()
