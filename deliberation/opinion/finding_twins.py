"""Look for seats that seem to be one person's: read what is kept anyway, compare with nothing held open, keep what was found. Workers only."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from deliberation.assemblies.models import Assembly, Membership
from deliberation.opinion import rows
from deliberation.opinion.actions import twins as actions
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import newest
from deliberation.opinion.twins import Seat, twins
from deliberation.opinion.voices import Read
from elicitation.interview.models import Revision


def look_everywhere() -> None:
    """Look in every assembly."""
    for assembly in Assembly.objects.all():
        look(assembly)


def look_in(pk: int) -> None:
    """Look in one assembly, if it is there."""
    if assembly := Assembly.objects.filter(pk=pk).first():
        look(assembly)


def look(assembly: Assembly) -> int:
    """Keep the groups of seats of an assembly that seem to be one person's. Returns how many are new."""
    labels: dict[str, int] = {}
    for inquiry in assembly.inquiries.all():
        last = newest(inquiry, Analysis.Kind.GROUPS)
        places = unpack(bytes(last.places)) if last else unpack(b"")
        labels |= dict(zip(places.people, places.groups, strict=True))
    return actions.keep(assembly, twins(list(seats(assembly)), _votes(assembly), labels))


def seats(assembly: Assembly) -> Iterator[Seat]:
    """The seats of an assembly with the words typed at each; who was written down by a helper took none, and typed nothing."""
    written: dict[UUID, list[str]] = defaultdict(list)
    typed = Revision.objects.filter(
        response__prompt__inquiry__assemblies=assembly,
        response__withdrawn_at=None,
        response__channel="typed",
        by_helper=False,
    )
    newest_ones = typed.order_by("response_id", "-number").distinct("response_id")
    for who, text in newest_ones.values_list("response__respondent", "text"):
        written[who].append(text)
    there = Membership.objects.filter(assembly=assembly).exclude(consents=None).distinct()
    aloud = set(there.filter(consents__aloud=True).values_list("pk", flat=True))
    for member in there.order_by("pk"):
        came_alone = member.laid_out_at is None and member.pk not in aloud
        taken = member.joined_at.timestamp() if came_alone else None
        yield Seat(str(member.respondent_id), taken, written[member.respondent_id])


def _votes(assembly: Assembly) -> Iterator[Read]:
    for inquiry in assembly.inquiries.all():
        yield rows.of_inquiry(inquiry)
        yield rows.norms_of_inquiry(inquiry)
