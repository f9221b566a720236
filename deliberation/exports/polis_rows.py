"""What Polis files are written of: a conversation that was brought here, or the values of an inquiry and what people say to them. Rows stay in the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.exports import polis_csv
from deliberation.exports.errors import StillWeighing
from deliberation.exports.polis_csv import FILES, Held
from deliberation.exports.studied import studied
from deliberation.opinion.conversation import Statement
from deliberation.opinion.models import Analysis, Conversation, StatementVote
from deliberation.opinion.places import numbered, unpack
from deliberation.opinion.queries import counts_are_public, is_yet_to_be_weighed
from deliberation.opinion.snapshots import Subject, newest
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Inquiry, Respondent

NOBODY = 0  # who a value is by: it is made of the cards of many; people are counted from 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
CHUNK = 5_000
BOTH = {"agree": Count("pk", filter=Q(says=1)), "disagree": Count("pk", filter=Q(says=-1))}


@dataclass(frozen=True, slots=True)
class Offered:
    """What there are Polis files of. `withheld`: not before weighing is over."""

    pk: UUID
    name: str
    files: Sequence[str]
    withheld: bool


def offered(assembly: Assembly) -> list[Offered]:
    """The inquiries of an assembly, and the conversations brought to it."""
    weighing, tongue = is_yet_to_be_weighed(assembly), assembly.languages[0]
    asked = assembly.inquiries.order_by("agenda_item__position", "id")
    untimed = [file for file in FILES if file != "votes.csv"]
    return [
        *(Offered(one.pk, one.question.get(tongue, ""), FILES, weighing) for one in asked),
        *(Offered(one.pk, one.name, FILES if _is_timed(one) else untimed, False) for one in assembly.conversations.all()),
    ]  # fmt: skip


def lines(assembly: Assembly, subject: Subject, file: str) -> Iterator[str]:
    """The lines of one of FILES. Raises NotHere where there is none, StillWeighing, both before the first."""
    try:
        return polis_csv.lines(file, held(assembly, subject))
    except KeyError as missing:
        raise NotHere from missing


def held(assembly: Assembly, subject: Subject) -> Held:
    """All that the files say. Raises StillWeighing where people still weigh the values of an inquiry."""
    if isinstance(subject, Conversation):
        return _brought(subject)
    if is_yet_to_be_weighed(assembly):
        raise StillWeighing
    return _asked_here(assembly, subject)


def _is_timed(kept: Conversation) -> bool:
    votes = StatementVote.objects.filter(statement__conversation=kept)
    return votes.filter(at__isnull=False).exists()


def _brought(kept: Conversation) -> Held:
    said = StatementVote.objects.filter(statement__conversation=kept)
    number = "statement__number"
    counts = {n: both for n, *both in said.order_by().values_list(number).annotate(**BOTH)}  # fmt: skip
    log = said.order_by(number, "voter", "at", "id").values_list("at", number, "voter", "says")
    last = said.order_by("voter", number, "-at", "-id").distinct("voter", number)
    return Held(
        summary=kept.about,
        statements=[_statement(one, counts.get(one.number, (0, 0))) for one in kept.statements.all()],
        voted=sorted(counts),
        groups={int(voter): group for voter, group in kept.grouped.items()},
        votes=lambda: ((_ms(at), *vote) for at, *vote in log.iterator(CHUNK)),
        last=lambda: last.values_list("voter", number, "says").iterator(CHUNK),
        timed=_is_timed(kept),
    )  # fmt: skip


def _statement(one: Any, counts: Sequence[int]) -> Statement:
    time = None if one.written_at is None else _ms(one.written_at)
    agrees, disagrees = counts
    return Statement(
        one.number, one.text, one.moderated, one.is_meta, one.is_seed, agrees, disagrees, one.author, time
    )  # fmt: skip


def _asked_here(assembly: Assembly, inquiry: Inquiry) -> Held:
    """Values that stand, numbered as they came; people who agreed to be studied, numbered by their pseudonyms."""
    values = list(Value.objects.standing().filter(inquiry=inquiry).order_by("admitted_at", "id"))
    number = {value.pk: at for at, value in enumerate(values)}
    said = _said(inquiry).filter(value__root__in=number)
    people = said.order_by("respondent").values_list("respondent", flat=True).distinct()
    who = {person: at for at, person in enumerate(people, 1)}
    counts = {pk: both for pk, *both in said.order_by().values_list("value__root").annotate(**BOTH)}  # fmt: skip
    groups = _groups(assembly, inquiry, who)
    root = ("value__root__admitted_at", "value__root")
    log = said.order_by(*root, "respondent", "at", "id").values_list("at", "value__root", "respondent", "says")  # fmt: skip
    last = said.order_by("respondent", *root, "-at", "-id").distinct("respondent", *root)
    pairs = last.values_list("respondent", "value__root", "says")
    return Held(
        summary=_summary(assembly, inquiry, (len(who), len(values), len(set(groups.values())))),
        statements=[_value(at, value, counts.get(value.pk, (0, 0))) for at, value in enumerate(values)],
        voted=sorted(number[pk] for pk in counts),
        groups=groups,
        votes=lambda: ((_ms(at), number[pk], who[person], says) for at, pk, person, says in log.iterator(CHUNK) if person in who),
        last=lambda: ((who[person], number[pk], says) for person, pk, says in pairs.iterator(CHUNK) if person in who),
    )  # fmt: skip


def _said(inquiry: Inquiry) -> QuerySet[Endorsement]:
    """What those who are studied ever said to values, and still say something to: what was taken back is left out from the first. AI agents say nothing here."""
    same = {"respondent": OuterRef("respondent"), "value__root": OuterRef("value__root")}
    stands = Endorsement.objects.standing().filter(**same)
    found: QuerySet[Endorsement] = studied(
        Endorsement.objects.filter(value__inquiry=inquiry), "respondent"
    )
    return found.filter(Exists(stands)).exclude(respondent__kind=Respondent.Kind.AI_AGENT)


def _value(number: int, value: Value, counts: Sequence[int]) -> Statement:
    """A value in words: its title, then what is attended to, a line each."""
    text = "\n".join([value.title, *value.policies])
    agrees, disagrees = counts
    return Statement(
        number, text, 1, False, False, agrees, disagrees, NOBODY, _ms(value.admitted_at)
    )  # fmt: skip


def _summary(assembly: Assembly, inquiry: Inquiry, numbers: Sequence[int]) -> Mapping[str, str]:
    tongue = assembly.languages[0]
    voters, comments, groups = map(str, numbers)
    return {
        "topic": assembly.titled_in(tongue),
        "voters": voters,
        "voters-in-conv": voters,
        "comments": comments,
        "groups": groups,
        "conversation-description": inquiry.question.get(tongue, ""),
    }


def _groups(assembly: Assembly, inquiry: Inquiry, who: Mapping[UUID, int]) -> Mapping[int, int]:
    """The groups of five or more that the newest result finds, once results are open."""
    found = newest(inquiry, Analysis.Kind.GROUPS)
    if found is None or not counts_are_public(assembly):
        return {}
    told = ((UUID(person), group) for person, group in numbered(unpack(bytes(found.places))).items())  # fmt: skip
    return {who[person]: group for person, group in told if person in who}


def _ms(at: datetime) -> int:
    return (at - EPOCH) // MILLISECOND
