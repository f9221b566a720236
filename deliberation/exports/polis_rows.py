"""What Polis files are written of: a conversation that was brought here as it is kept, or the values of an inquiry and what people say to them."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.exports import polis_csv
from deliberation.exports.errors import StillWeighing
from deliberation.opinion import logs, models, rows, snapshots, weighed
from deliberation.opinion.conversation import Conversation, Log, Statement
from deliberation.opinion.places import unpack
from deliberation.opinion.queries import counts_are_public, is_yet_to_be_weighed
from deliberation.opinion.voices import known
from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry, Respondent

FILES = ("summary.csv", "comments.csv", "votes.csv", "participants-votes.csv")
NOBODY = 0  # who a value is by: it is made of the cards of many; people are counted from 1
SINCE_1970 = 946_684_800_000  # milliseconds from there to where PostgreSQL counts from
CHUNK = 5_000


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
    untimed = models.StatementVote.objects.filter(at=None).values("statement__conversation")
    timed = assembly.conversations.exclude(pk__in=untimed)
    return [
        *(Offered(one.pk, one.question.get(tongue, ""), FILES, weighing) for one in asked),
        *(Offered(one.pk, one.name, FILES, withheld=False) for one in timed),
        *(Offered(one.pk, one.name, [f for f in FILES if f != "votes.csv"], withheld=False) for one in assembly.conversations.filter(pk__in=untimed)),
    ]  # fmt: skip


def lines(assembly: Assembly, subject: snapshots.Subject, file: str) -> Iterator[str]:
    """The lines of one of FILES. Raises NotHere where there is none, StillWeighing, both before the first."""
    if file not in FILES:
        raise NotHere
    try:
        return polis_csv.lines(file, held(assembly, subject))
    except KeyError as missing:
        raise NotHere from missing


def held(assembly: Assembly, subject: snapshots.Subject) -> Conversation:
    """All that the files say. Raises StillWeighing where people still weigh the values of an inquiry."""
    if isinstance(subject, models.Conversation):
        return _brought(subject)
    if is_yet_to_be_weighed(assembly):
        raise StillWeighing
    return _asked_here(assembly, subject)


def _brought(kept: models.Conversation) -> Conversation:
    statements = {
        one.number: Statement(
            one.number,
            one.text,
            one.moderated,
            one.is_meta,
            one.is_seed,
            None,
            None,
            one.author,
            None if one.written_at is None else _ms(logs.microseconds(one.written_at)),
        )
        for one in kept.statements.all()
    }
    log = Log()
    said = models.StatementVote.objects.filter(statement__conversation=kept).order_by("id")
    for voter, number, at, says in said.values_list("voter", "statement__number", "at", "says").iterator(CHUNK):  # fmt: skip
        log.add(voter, number, 0 if at is None else _ms(logs.microseconds(at)), says)
    grouped = {int(voter): group for voter, group in kept.grouped.items()}
    return Conversation(log, kept.name, statements, grouped, kept.about, ())


def _asked_here(assembly: Assembly, inquiry: Inquiry) -> Conversation:
    """Values that stand, numbered as they came; people who agreed to be studied, numbered by their pseudonyms. AI agents say nothing here."""
    values = Value.objects.standing().filter(inquiry=inquiry).order_by("admitted_at", "id")
    number = {value.pk: n for n, value in enumerate(values)}
    statements = {n: _statement(n, value) for n, value in enumerate(values)}
    log, who = _log(inquiry, number)
    grouped = _grouped(assembly, inquiry, who)
    summary = {
        "topic": assembly.titled_in(assembly.languages[0]),
        "voters": str(len(who)),
        "voters-in-conv": str(len(who)),
        "comments": str(len(statements)),
        "groups": str(len(set(grouped.values()))),
        "conversation-description": inquiry.question.get(assembly.languages[0], ""),
    }
    return Conversation(log, "", statements, grouped, summary, ())


def _statement(number: int, value: Value) -> Statement:
    """A value in words: its title, then what is attended to, a line each."""
    text = "\n".join([value.title, *value.policies])
    time = _ms(logs.microseconds(value.admitted_at))
    return Statement(number, text, 1, False, False, None, None, NOBODY, time)


def _log(inquiry: Inquiry, number: Mapping[UUID, int]) -> tuple[Log, Mapping[str, int]]:
    """What people ever said to these values, without what was taken back; and the number of each who said something."""
    said = rows.lines_of_inquiry(inquiry)
    told = logs.log(said, folded=True)
    _, _, names = known(said.raw)
    studied = _studied(inquiry)
    which = np.array([number.get(UUID(one), -1) for one in told.ids], dtype=np.int64)
    here = np.array([name in studied for name in names], dtype=bool)[told.person]
    here &= which[told.statement] >= 0  # of a value that came while this was read nothing is told
    people, place = np.unique(told.person[here], return_inverse=True)
    who = {names[one]: n for n, one in enumerate(people.tolist(), 1)}
    log = Log(
        array("q", (place + 1).astype(np.int64).tobytes()),
        array("q", which[told.statement[here]].tobytes()),
        array("q", (told.at[here] // 1000 + SINCE_1970).tobytes()),
        array("b", told.says[here].astype(np.int8).tobytes()),
    )
    return log, who


def _studied(inquiry: Inquiry) -> Collection[str]:
    people = Respondent.objects.filter(in_research=True, endorsements__value__inquiry=inquiry)
    return {str(pk) for pk in people.values_list("pk", flat=True).distinct()}


def _grouped(assembly: Assembly, inquiry: Inquiry, who: Mapping[str, int]) -> Mapping[int, int]:
    """The groups of five or more that the newest result finds, once results are open."""
    newest = snapshots.newest(inquiry, models.Analysis.Kind.GROUPS)
    if newest is None or not counts_are_public(assembly):
        return {}
    groups = weighed.numbered(unpack(bytes(newest.places)))
    return {who[person]: group for person, group in groups.items() if person in who}


def _ms(microseconds: int) -> int:
    return microseconds // 1000 + SINCE_1970
