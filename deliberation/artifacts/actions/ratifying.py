"""Settle thresholds, open a vote, cast and take back ballots, count them. A ballot tells nothing of whose it is, here or in the record."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from deliberation.artifacts import polls, tally
from deliberation.artifacts.errors import (
    BallotIncomplete,
    BallotOpened,
    Fixed,
    NotOnRoll,
    RatifyingNotSet,
    ThresholdsFrozen,
    ThresholdsUnreasonable,
    VoteInterrupted,
    VoteUnderWay,
)
from deliberation.artifacts.models import Artifact, Ballot, Poll, Roll, Version
from deliberation.artifacts.readiness import ready
from deliberation.artifacts.slips import Vote, seal
from deliberation.artifacts.tally import SAYS, Paper, Rules
from deliberation.assemblies import codes
from deliberation.assemblies.conditions import ensure_agreed, ensure_open
from deliberation.assemblies.errors import PhaseClosed
from deliberation.assemblies.models import Membership, Phase
from elicitation.record.actions import append, recorded

R = TypeVar("R", Ballot, Roll)
MIXED = 31  # ballots written anew with each that is cast, so that what was written last tells of 32


@recorded
def set_thresholds(artifact: Artifact, rules: Rules, objecting_share: float) -> Artifact:
    """Settle what it takes to adopt a document.

    Raises ThresholdsUnreasonable; ThresholdsFrozen once a vote was opened on it, and for the share of objections once a draft of it was put
    before the assembly.
    """
    held = Artifact.objects.select_for_update().get(pk=artifact.pk)
    if held.versions.filter(frozen_at__isnull=False).exists():
        raise ThresholdsFrozen
    put = held.versions.filter(put_at__isnull=False).exists()
    if put and objecting_share != held.objecting_share:
        raise ThresholdsFrozen
    shares = (rules.approve_share, rules.group_share, objecting_share)
    if not all(0 <= share <= 1 for share in shares) or rules.quorum < 0:
        raise ThresholdsUnreasonable
    held.approve_share, held.group_share, held.objecting_share = shares
    held.quorum = rules.quorum
    held.save(update_fields=["approve_share", "group_share", "objecting_share", "quorum"])
    told = {"approve": shares[0], "group": shares[1], "objecting": shares[2]}
    append("thresholds.set", artifact=str(held.pk), quorum=held.quorum, **told)
    return held


@recorded
def open_ballot(version: Version) -> Poll:
    """Put a draft to the vote: its words and the thresholds are fixed, and who has joined by now is on the roll.

    Raises Fixed, BallotOpened, RatifyingNotSet, and what `ready` raises.
    """
    drafts = Version.objects.select_related("artifact__assembly")
    held = drafts.select_for_update(of=("self", "artifact")).get(pk=version.pk)
    _ensure_ready(held)
    assembly = held.artifact.assembly
    if not assembly.phases.filter(kind=Phase.Kind.RATIFYING, ends_at__gt=timezone.now()).exists():
        raise RatifyingNotSet
    held.frozen_at = timezone.now()
    held.save(update_fields=["frozen_at"])
    seats = dict(polls.voters(assembly).values_list("pk", "respondent_id"))
    vote = Vote(settings.SECRET_KEY, str(held.pk), codes.new_salt())
    poll = Poll.objects.create(
        version=held,
        secret=vote.secret,
        key_digest=vote.key_digest(),
        places=polls.groups_of(assembly, {str(who) for who in seats.values()}),
    )
    Roll.objects.bulk_create(_shuffled(Roll(version=held, membership_id=seat) for seat in seats))
    append("ballot.opened", artifact=str(held.artifact_id), version=held.number, roll=len(seats))
    return poll


@recorded
def cast(member: Membership, version: Version, whole: str, lines: Mapping[str, str]) -> str:
    """Cast a ballot, or another in its place: what is said of the whole and of each clause, by its id. Returns the slip.

    Raises PhaseClosed, ConsentMissing, NotOnRoll, VoteInterrupted, BallotIncomplete, all but the last checked in the transaction of the
    write. The record has that a ballot was cast, not that it was another.
    """
    poll = _hold_open(member, version)
    ensure_agreed(member)
    slip = _slip(member, poll)
    clauses = {str(pk) for pk in poll.version.clauses.values_list("pk", flat=True)}
    if set(lines) != clauses or not {whole, *lines.values()} <= set(SAYS):
        raise BallotIncomplete
    mine = Ballot(
        version_id=poll.pk,
        slip_digest=codes.digest(slip),
        whole=whole,
        lines=dict(sorted(lines.items())),
        group=poll.places.get(str(member.respondent_id), ""),
    )
    poll.version.ballots.filter(slip_digest=mine.slip_digest).delete()
    _put_among_others(poll, [mine])
    append("ballot.cast", version=str(poll.pk))
    return slip


@recorded
def take_back(member: Membership, version: Version) -> None:
    """Let a member have cast no ballot, as long as the vote is open. Raises PhaseClosed, NotOnRoll, VoteInterrupted."""
    poll = _hold_open(member, version)
    digest = codes.digest(_slip(member, poll))
    poll.version.ballots.filter(slip_digest=digest).delete()
    _put_among_others(poll, [])
    append("ballot.taken_back", version=str(poll.pk))


@recorded
def forget(member: Membership) -> None:
    """Let nothing be left of a member in votes that are not counted: no ballot, no place on the roll or in a group.

    What was counted stays: nobody, not even this site, can tell any more which ballot it was.
    """
    counting = Poll.objects.filter(version__artifact__assembly=member.assembly, counted_at=None)
    for poll in counting.select_for_update().order_by("pk"):
        if slip := polls.slip_of(member, poll):
            poll.version.ballots.filter(slip_digest=codes.digest(slip)).delete()
            _put_among_others(poll, [])
        poll.places.pop(str(member.respondent_id), None)
        poll.save(update_fields=["places"])
    Roll.objects.filter(membership=member).delete()
    append("ballots.forgotten", assembly=member.assembly.slug)


@recorded
def count(version: Version) -> Poll:
    """Count the ballots, once the vote is over: it cannot be opened again, and from now on nobody can tell whose a ballot is.

    Counting twice is counting once. Raises VoteUnderWay.
    """
    poll = Poll.objects.select_for_update().get(pk=version.pk)
    counted = Version.objects.select_related("artifact__assembly").get(pk=poll.pk)
    if not poll.is_open:
        append("ballot.found_counted", version=str(poll.pk))
        return poll
    _ensure_over(counted)
    ballots = list(counted.ballots.all())
    poll.result = _tallied(counted, ballots) | {"roll": counted.roll.count()}
    poll.counted_at, poll.secret, poll.places = timezone.now(), "", {}
    poll.save()
    _written_anew(counted, ballots)
    sealed = seal((b.slip_digest, b.whole, b.lines) for b in ballots)
    append("ballot.counted", version=str(poll.pk), ballots=sealed, result=poll.result)
    return poll


def _ensure_ready(held: Version) -> None:
    if held.published_at:
        raise Fixed
    if held.frozen_at:
        raise BallotOpened
    ready(held)


def _ensure_over(version: Version) -> None:
    phases = version.artifact.assembly.phases
    if not phases.filter(kind=Phase.Kind.RATIFYING, ends_at__lte=timezone.now()).exists():
        raise VoteUnderWay


def _hold_open(member: Membership, version: Version) -> Poll:
    """Lock the vote, then look whether it is open: nobody casts while it is counted. Votes are cast one after the other."""
    poll = Poll.objects.select_for_update().filter(pk=version.pk, counted_at=None).first()
    if poll is None:
        raise PhaseClosed
    ensure_open(member.assembly, Phase.Kind.RATIFYING)
    if not polls.is_on_roll(member, poll.version):
        raise NotOnRoll
    return poll


def _slip(member: Membership, poll: Poll) -> str:
    slip = polls.slip_of(member, poll)
    if slip is None:
        raise VoteInterrupted
    return slip


def _put_among_others(poll: Poll, new: Iterable[Ballot]) -> None:
    """Write ballots together with some others drawn by chance, in the order of their keys, which are chance: see decision 0026."""
    others = list(poll.version.ballots.order_by("?")[:MIXED])
    poll.version.ballots.filter(pk__in=[one.pk for one in others]).delete()
    Ballot.objects.bulk_create(_shuffled([*others, *new]))


def _written_anew(version: Version, ballots: Iterable[Ballot]) -> None:
    """All at once and in the order of chance, so that nothing of the order they came in is left in the tables."""
    places = list(version.roll.all())
    version.ballots.all().delete()
    version.roll.all().delete()
    Ballot.objects.bulk_create(_shuffled(ballots))
    Roll.objects.bulk_create(_shuffled(places))


def _shuffled(rows: Iterable[R]) -> list[R]:
    """Rows in the order of their keys, which are chance."""
    return sorted(rows, key=lambda row: row.pk)


def _tallied(version: Version, ballots: Iterable[Ballot]) -> tally.Plain:
    artifact = version.artifact
    papers = [Paper(b.whole, b.lines, b.group) for b in ballots]
    rules = Rules(artifact.approve_share, artifact.group_share, artifact.quorum)
    return tally.tally(papers, [str(c.pk) for c in version.clauses.all()], rules)
