"""The filter of results by what was judged of seats: one person counts once, by the first of their seats that says anything to the question."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from deliberation.assemblies.models import Assembly, Membership
from deliberation.opinion.models import Twins, TwinSeat
from elicitation.graph.models import Endorsement, Judgement, NormEndorsement
from elicitation.interview.models import Inquiry


@dataclass(frozen=True, slots=True)
class Judged:
    """A seat judged to be one of a person's several, as the results of a question have it; `counts`: whether it is the one that stands for them all."""

    twins: UUID
    respondent: UUID
    counts: bool


def judged_seats(inquiry: Inquiry) -> Iterator[Judged]:
    """Every seat of those judged one person's that says anything to this question, with whether it is the one that counts."""
    judged = TwinSeat.objects.filter(twins__says=Twins.Says.ONE, twins__assembly__inquiries=inquiry)
    in_order = ("twins", F("respondent__membership__joined_at").asc(nulls_last=True), "respondent")
    speaking = judged.filter(_speaks(inquiry)).order_by(*in_order)
    for twins, some in groupby(speaking, key=lambda seat: seat.twins_id):
        for place, seat in enumerate(some):
            yield Judged(twins, seat.respondent_id, counts=place == 0)


def left_out(inquiry: Inquiry) -> list[UUID]:
    """The respondents who are left out of the results of a question, because another seat counts for the same person."""
    return sorted({seat.respondent for seat in judged_seats(inquiry) if not seat.counts})


def judged_of(member: Membership) -> QuerySet[TwinSeat]:
    """What was judged of a member's seat, where it was said to be one of several."""
    mine = TwinSeat.objects.filter(respondent=member.respondent_id, twins__says=Twins.Says.ONE)
    return mine.select_related("twins").order_by("twins__judged_at")


def to_judge(assembly: Assembly) -> int:
    """How many groups of seats wait for somebody, or for somebody to look again."""
    return sum(1 for one in groups_of(assembly) if waits(one))


def groups_of(assembly: Assembly) -> QuerySet[Twins]:
    """Every group of seats of an assembly, with its seats in the order they were taken."""
    seats = TwinSeat.objects.select_related("respondent__membership").order_by(
        "respondent__membership__joined_at", "respondent"
    )
    return assembly.twins.prefetch_related(Prefetch("seats", seats))


def waits(twins: Twins) -> bool:
    """Whether it is undecided, or one of its people has said since it was judged that this is wrong."""
    said = [seat.disputed_at for seat in twins.seats.all() if seat.disputed_at]
    judged_at = twins.judged_at if twins.says else None
    return judged_at is None or any(at > judged_at for at in said)


def _speaks(inquiry: Inquiry) -> Q:
    """Whether a seat says anything to this question now."""
    me = OuterRef("respondent")
    said = Endorsement.objects.filter(respondent=me, replaced_at=None, value__inquiry=inquiry)
    upheld = NormEndorsement.objects.filter(respondent=me, replaced_at=None, norm__inquiry=inquiry)
    judged = Judgement.objects.standing().filter(
        showing__respondent=me, showing__transition__inquiry=inquiry
    )
    return Q(Exists(said)) | Q(Exists(upheld)) | Q(Exists(judged))
