"""What became of the answers: one plain status each, and the count from received to used."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
)
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models import ClauseValue
from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Candidate, ReadingRequest
from elicitation.graph.models import Evidence
from elicitation.interview.models import Respondent, Response


class Status(TextChoices):
    """How far an answer has come, in words its author understands."""

    WAITING = "waiting", _("received, waiting to be read")
    READ = "read", _("read")
    NOTHING_FOUND = "nothing_found", _("read, nothing found")
    NOT_YET = "not_yet", _("read, not yet a value")
    PERSON_WILL_LOOK = "person_will_look", _("a person will look")
    CONFIRMED = "confirmed", _("confirmed")
    IN_VALUE = "in_value", _("part of a shared value")
    IN_CLAUSE = "in_clause", _("used in a published clause")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the count; `among` names the step whose answers it divides, None for the first."""

    key: str
    label: str
    count: int
    among: str | None


FLAGS: Mapping[str, Status] = {
    "used": Status.IN_CLAUSE,
    "shared": Status.IN_VALUE,
    "owned": Status.CONFIRMED,
    "unread": Status.WAITING,
    "with_person": Status.PERSON_WILL_LOOK,
    "beneath": Status.NOT_YET,
    "carded": Status.READ,
    "empty": Status.NOTHING_FOUND,
}


# Each step of the count, and the step whose answers it divides.
AMONG: Mapping[Status, str] = {
    Status.WITHDRAWN: "received",
    Status.WAITING: "received",
    Status.PERSON_WILL_LOOK: "received",
    Status.NOTHING_FOUND: "received",
    Status.NOT_YET: "received",
    Status.READ: "received",
    Status.CONFIRMED: Status.READ,
    Status.IN_VALUE: Status.READ,
    Status.IN_CLAUSE: Status.IN_VALUE,
}


STANDING = Q(withdrawn_at=None)
# The flags of how reading went, and the state of the request to read.
READ_SO: Mapping[str, str] = {
    "unread": ReadingRequest.State.WAITING,
    "with_person": ReadingRequest.State.NEEDS_PERSON,
    "beneath": ReadingRequest.State.NOT_YET,
    "carded": ReadingRequest.State.READ,
    "empty": ReadingRequest.State.NOTHING_FOUND,
}
# How reading ended, the first that holds: an answer and its follow-ups may have ended differently.
ENDS = tuple(READ_SO)


def _ended(flag: str) -> Q:
    before = ENDS[: ENDS.index(flag)]
    return STANDING & Q(**{flag: True}, **dict.fromkeys(before, False))


# Which flagged answers each step counts.
CONDITIONS: Mapping[str, Q] = {
    "received": Q(pk__isnull=False),
    Status.WITHDRAWN: ~STANDING,
    **{status: STANDING & Q(**{flag: True}) for flag, status in FLAGS.items() if flag not in ENDS},
    **{FLAGS[flag]: _ended(flag) for flag in ENDS},
    Status.WAITING: STANDING & (Q(unread=True) | Q(**dict.fromkeys(ENDS, False))),
}


def answers(assembly: Assembly) -> QuerySet[Response]:
    """Every answer of a person or an institution in the assembly, with one flag for each way it may have gone.

    What its author said when asked once more is part of the answer it follows, and counted with it.
    """
    here = Response.objects.to_prompts().filter(prompt__inquiry__assemblies=assembly)
    return flagged(here.exclude(respondent__kind=Respondent.Kind.AI_AGENT))


def flagged(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Annotate answers with the flags of FLAGS. They may hold together; the first decides the status."""
    asked = ReadingRequest.objects
    ended = {
        flag: _in_thread(asked.filter(state=state), "revision__") for flag, state in READ_SO.items()
    }
    return responses.annotate(**_came_to(), **ended)


def flagged_few(responses: QuerySet[Response]) -> list[Any]:
    """The same of some answers, as rows with the same flags, for less: how reading ended is looked up once for an answer, not once for each flag.

    Each also has `unreadable`: whether the reader program does not know its language.
    """
    asked = ReadingRequest.objects.order_by()
    end = JSONObject(state="state", why="why")
    own = asked.filter(revision__response=OuterRef("pk"))
    more = asked.filter(revision__response__follows__root=OuterRef("pk"))
    rows: list[Any] = list(
        responses.annotate(
            **_came_to(),
            own_ends=ArraySubquery(own.values(told=end)),
            more_ends=ArraySubquery(more.values(told=end)),
        )
    )
    for row in rows:
        states = {one["state"] for one in (*row.own_ends, *row.more_ends)}
        for flag, state in READ_SO.items():
            setattr(row, flag, state in states)
        row.unreadable = any(one["why"] == "unreadable_language" for one in row.own_ends)
    return rows


def _came_to() -> dict[str, "ExpressionWrapper[Any]"]:
    """The flags of what people made of an answer, as columns."""
    cards = Candidate.objects.standing()
    owned = cards.filter(state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])
    published = ClauseValue.objects.filter(clause__version__published_at__isnull=False)
    used = Evidence.objects.filter(value__root__in=published.values("value__root"))
    return {
        "used": _in_thread(used, "candidate__reading__revision__"),
        "shared": _in_thread(Evidence.objects.all(), "candidate__reading__revision__"),
        "owned": _in_thread(owned, "reading__revision__"),
    }


def _in_thread(rows: QuerySet[Any], path: str) -> "ExpressionWrapper[Any]":
    """Whether there is such a row of the outer answer, or of what its author said when asked once more.

    Two questions, not one with an "or" in it: each has an index to go by.
    """
    own = Exists(rows.filter(**{f"{path}response": OuterRef("pk")}))
    more = Exists(rows.filter(**{f"{path}response__follows__root": OuterRef("pk")}))
    return ExpressionWrapper(own | more, output_field=BooleanField())


def of(responses: Iterable[Response]) -> dict[UUID, Status]:
    """The status of each answer, by its id. An answer nobody has asked about yet counts as waiting."""
    ids = [response.pk for response in responses]
    found = flagged(Response.objects.filter(pk__in=ids))
    return {response.pk: status_of(response) for response in found}


def status_of(response: Response) -> Status:
    """The status of one flagged answer."""
    if response.withdrawn_at:
        return Status.WITHDRAWN
    return first_of(getattr(response, flag) for flag in FLAGS)


def first_of(flags: Iterable[bool]) -> Status:
    """The status of a standing answer by its flags, in the order of FLAGS."""
    return next(
        (s for s, holds in zip(FLAGS.values(), flags, strict=True) if holds), Status.WAITING
    )


def with_status(assembly: Assembly, key: str) -> QuerySet[Response]:
    """The answers behind a step of the funnel: those that got that far, or stopped there. None for no such step."""
    condition = CONDITIONS.get(key)
    return answers(assembly).filter(condition) if condition is not None else Response.objects.none()


def marked(assembly: Assembly) -> QuerySet[Response]:
    """Answers a person should look at for what they say, whatever became of them: they seem to speak to a machine."""
    seem = ReadingRequest.objects.exclude(flag="")
    return answers(assembly).filter(STANDING, _in_thread(seem, "revision__"))


def _steps(gone: bool, flags: Mapping[str, bool]) -> Iterator[str]:
    """The steps an answer with these flags is counted in: CONDITIONS, for one answer."""
    yield "received"
    if gone:
        yield str(Status.WITHDRAWN)
        return
    yield from (str(status) for flag, status in FLAGS.items() if flags[flag] and flag not in ENDS)
    yield str(FLAGS[next((flag for flag in ENDS if flags[flag]), "unread")])


def funnel(assembly: Assembly, **whose: bool) -> list[Step]:
    """From received to used. Received = waiting + read + nothing found + not yet + with a person + withdrawn. `whose`: what holds of their answers."""
    gone = ExpressionWrapper(~STANDING, output_field=BooleanField())
    alike = (
        answers(assembly).filter(**whose).order_by().annotate(gone=gone).values_list("gone", *FLAGS)
    )
    counts = Counter({str(key): 0 for key in CONDITIONS})
    for is_gone, *flags, number in alike.annotate(
        number=Count("pk")
    ):  # each flag asked once an answer
        for key in _steps(is_gone, dict(zip(FLAGS, flags, strict=True))):
            counts[key] += number
    labels = {"received": _("received"), **{str(s): s.label for s in AMONG}}
    among = {str(status): str(whole) for status, whole in AMONG.items()}
    return [Step(key, str(label), counts[key], among.get(key)) for key, label in labels.items()]
