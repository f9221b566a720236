"""Votes on documents as somebody may see them: turnout at any time, what ballots say to nobody at all before the count."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from deliberation.artifacts.errors import NotAdopted, VoteUnderWay
from deliberation.artifacts.models import Ballot, Clause, MinorityStatement, Poll, Version
from deliberation.artifacts.slips import Vote
from deliberation.assemblies import codes
from deliberation.assemblies.models import Assembly, Membership, Phase
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import newest
from deliberation.opinion.withholding import FEWEST
from elicitation.interview.models import Respondent


@dataclass(frozen=True, slots=True)
class Turnout:
    """`ballots` cast so far, of `roll` who may vote. It tells nothing of what they say."""

    ballots: int
    roll: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What was said to a clause, and whether it passed; `told`: as tally.tally gives a question."""

    number: int
    clause: Clause
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """A counted vote: `told` as tally.tally gives it, with `roll`, the number of those who might vote."""

    version: Version
    poll: Poll
    told: Mapping[str, Any]
    clauses: list[Decided]

    @property
    def adopted(self) -> bool:
        """Whether the document as a whole passed."""
        return bool(self.told["whole"]["passed"])

    @property
    def left_out(self) -> list[Decided]:
        """The clauses that did not pass: they are shown with the document, as not adopted."""
        return [one for one in self.clauses if not one.told["passed"]]


def poll_of(version: Version) -> Poll | None:
    """The vote on a version; None where none was opened."""
    return Poll.objects.filter(version=version).first()


def turnout(version: Version) -> Turnout:
    """How many have voted, and how many may."""
    poll = poll_of(version)
    if poll and poll.result:
        return Turnout(poll.result["ballots"], poll.result["roll"])
    return Turnout(version.ballots.count(), version.roll.count())


def result_of(version: Version) -> Result | None:
    """What a vote came to; None for everybody, whoever asks, before it is over and counted."""
    poll = poll_of(version)
    if poll is None or poll.result is None:
        return None
    said = poll.result["clauses"]
    clauses = [
        Decided(number, clause, said[str(clause.pk)])
        for number, clause in enumerate(version.clauses.all(), start=1)
    ]
    return Result(version, poll, poll.result, clauses)


def ensure_publishable(version: Version) -> None:
    """A version that was put to the vote is published once it is adopted. Raises VoteUnderWay, NotAdopted."""
    poll = poll_of(version)
    if poll is None:
        return
    if poll.is_open:
        raise VoteUnderWay
    if not poll.result or not poll.result["whole"]["passed"]:
        raise NotAdopted


def put_to_vote(assembly: Assembly | OuterRef) -> QuerySet[Version]:
    """The versions that are or were put to the vote, newest first."""
    found = Version.objects.filter(artifact__assembly=assembly, poll__isnull=False)
    return found.select_related("artifact", "poll").order_by("-poll__opened_at")


def to_vote_on(assembly: Assembly) -> QuerySet[Version]:
    """The versions people may vote on now, oldest first; none while the phase is not open."""
    found = uncounted(assembly).order_by("poll__opened_at")
    return found if assembly.is_open_for(Phase.Kind.RATIFYING) else found.none()


def uncounted(assembly: Assembly | OuterRef) -> QuerySet[Version]:
    """The versions that are put to a vote which is not counted."""
    return put_to_vote(assembly).filter(poll__counted_at=None)


def to_count() -> QuerySet[Version]:
    """The versions whose vote is over and not counted."""
    over = Phase.objects.filter(kind=Phase.Kind.RATIFYING, ends_at__lte=timezone.now())
    return Version.objects.filter(
        poll__counted_at=None, poll__isnull=False, artifact__assembly__in=over.values("assembly")
    )


def is_on_roll(member: Membership, version: Version) -> bool:
    """Whether a member may vote on a version."""
    return version.roll.filter(membership=member).exists()


def slip_of(member: Membership, poll: Poll) -> str | None:
    """The slip of a member's seat; None once the vote is counted, when nobody can make it any more, and where the key was changed."""
    vote = vote_of(poll)
    if not poll.secret or vote.key_digest() != poll.key_digest:
        return None
    return vote.slip(member.salt)


def vote_of(poll: Poll) -> Vote:
    """What the slips of a vote are made from now."""
    return Vote(settings.SECRET_KEY, str(poll.pk), poll.secret)


def ballot_of(slip: str, version: Version) -> Ballot | None:
    """The ballot of a slip, in any spelling."""
    return version.ballots.filter(slip_digest=codes.digest(slip)).first()


def voters(assembly: Assembly) -> QuerySet[Membership]:
    """Who may vote on what is put to the vote now: everybody who has joined. A program has no vote."""
    seats = Membership.objects.filter(assembly=assembly)
    return seats.exclude(respondent__kind=Respondent.Kind.AI_AGENT)


def groups_of(assembly: Assembly, people: Collection[str]) -> dict[str, str]:
    """Of these respondents, those in an opinion group with at least FEWEST of them, with its label.

    Of the first question on the agenda that groups were found in.
    """
    for inquiry in assembly.inquiries.order_by("agenda_item__position"):
        found = newest(inquiry, Analysis.Kind.GROUPS)
        if found and found.places:
            return _large(_labelled(found, people))
    return {}


def minority_of(version: Version) -> QuerySet[MinorityStatement]:
    """The minority statements that stand with a version, oldest first: on the document as a whole, or on one of its clauses.

    Each with `signed`, how many signed it, and `number`, that of its clause.
    """
    before = Clause.objects.filter(
        version=OuterRef("clause__version"), position__lte=OuterRef("clause__position")
    )
    number = before.order_by().values("version").annotate(n=Count("pk")).values("n")
    here = Q(clause=None) | Q(clause__version=version)
    standing = MinorityStatement.objects.filter(here, artifact=version.artifact_id)
    told = standing.filter(withdrawn_at=None).select_related("clause")
    counted = told.annotate(signed=Count("signatures", distinct=True), number=Subquery(number))
    return counted.order_by("at", "pk")


def _labelled(found: Analysis, people: Collection[str]) -> dict[str, str]:
    names = [group["name"] for group in found.result["groups"]]
    held = unpack(bytes(found.places))
    placed = zip(held.people, held.groups, strict=True)
    return {one: names[group] for one, group in placed if group >= 0 and one in people}


def _large(labelled: Mapping[str, str]) -> dict[str, str]:
    sizes = Counter(labelled.values())
    return {one: label for one, label in labelled.items() if sizes[label] >= FEWEST}
