"""Work that gave up after its tries, of every kind, without a second list: each row is found where its own kind keeps it.

What is computed from votes, compared or paired is not here: it never gives up, for the next sweep finds it due again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.chores import MOST_TRIES
from deliberation.artifacts.models import LeftToPerson, Phrasing, Rendition
from deliberation.assemblies.models import Assembly, Delivery, Import
from elicitation.extraction.actions.waiting import OFF
from elicitation.extraction.models import Reading, ReadingRequest
from elicitation.graph.models import Telling

NOT_OURS = (OFF, "quotes_not_found")  # switched off, or read to the end: no work that failed
BROKE_OFF, NEVER = "broke_off", "never_came_back"
Rows = QuerySet[Any]


class Work(TextChoices):
    """What was to be done."""

    READING = "reading", _("reading an answer")
    STORY = "story", _("telling stories for comparisons")
    WORDING = "wording", _("wording a clause")
    FILE = "file", _("making a file of a document")
    IMPORT = "import", _("taking in a file of answers")
    WEBHOOK = "webhook", _("telling a program what happened")


@dataclass(frozen=True, slots=True)
class Letter:
    """One piece of work that gave up: what, by which key, why (a failure's code, never a text), since when, after how many tries."""

    work: Work
    key: str
    failure: str
    since: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Pile:
    """All that gave up of one kind for one reason, oldest first."""

    work: Work
    failure: str
    letters: tuple[Letter, ...]

    @property
    def since(self) -> datetime:
        return self.letters[0].since

    @property
    def tries(self) -> int:
        return max(letter.tries for letter in self.letters)


def given_up(work: Work) -> Rows:
    """The rows of one kind that gave up, in all assemblies, whoever may have been left to see to them."""
    rows: Mapping[Work, Rows] = {
        Work.READING: ReadingRequest.objects.filter(
            state=ReadingRequest.State.NEEDS_PERSON
        ).exclude(why__in=NOT_OURS),
        Work.STORY: Telling.objects.filter(state=Telling.State.FAILED),
        Work.WORDING: Phrasing.objects.filter(state=Phrasing.State.FAILED),
        Work.FILE: Rendition.objects.filter(
            Q(leased_until=None) | Q(leased_until__lt=timezone.now()),
            made_at=None,
            erased_at=None,
            tries__gte=MOST_TRIES,
        ),
        Work.IMPORT: Import.objects.filter(state=Import.State.FAILED),
        Work.WEBHOOK: Delivery.objects.filter(state=Delivery.State.FAILED, hook__ended_at=None),
    }
    return rows[work]


HELD_BY = {  # the way from a row to its assembly
    Work.READING: "revision__response__prompt__inquiry__agenda_item__assembly",
    Work.STORY: "value__inquiry__agenda_item__assembly",
    Work.WORDING: "clause__version__artifact__assembly",
    Work.FILE: "version__artifact__assembly",
    Work.IMPORT: "assembly",
    Work.WEBHOOK: "hook__assembly",
}
LAST_READ = Reading.objects.filter(revision=OuterRef("pk")).order_by("-ended_at")
HOW: Mapping[Work, tuple[Any, Any, Any]] = {  # failure, since, tries
    Work.READING: (F("why"), Coalesce(Subquery(LAST_READ.values("ended_at")[:1]), F("asked_at")), F("tries")),
    Work.STORY: (F("failure"), F("ended_at"), F("tries")),
    Work.WORDING: (F("failure"), Coalesce(F("ended_at"), F("asked_at")), F("tries")),
    Work.FILE: (Coalesce(NullIf(F("failure"), Value("")), Value(NEVER)), F("asked_at"), F("tries")),
    Work.IMPORT: (Value(BROKE_OFF), F("made_at"), Value(1)),
    Work.WEBHOOK: (F("failure"), F("ended_at"), F("tries")),
}  # fmt: skip


def waiting(work: Work) -> Rows:
    """As `given_up`, less what was left to a person; with `key`, `failed`, `since`, `tried` and `held_by`, the assembly's key."""
    failure, since, tries = HOW[work]
    told = {
        "key": Cast("pk", CharField()),
        "failed": failure,
        "since": Cast(since, DateTimeField()),
        "tried": tries,
        "held_by": F(HELD_BY[work]),
    }
    rows = given_up(work).order_by().annotate(**told)
    left = LeftToPerson.objects.filter(work=work, key=OuterRef("key"), at__gte=OuterRef("since"))
    standing: Rows = rows.filter(~Exists(left), held_by__isnull=False)
    return standing


def letters(assembly: Assembly) -> list[Letter]:
    """All that gave up in an assembly, and that nobody was left to see to; oldest first within each kind and failure."""
    return [letter for work in Work for letter in _letters(work, assembly)]


def piles(found: Iterable[Letter]) -> list[Pile]:
    """The same, by kind and failure."""
    by_kind = groupby(found, key=lambda letter: (letter.work, letter.failure))
    return [Pile(work, failure, tuple(each)) for (work, failure), each in by_kind]


def count(assembly: Assembly) -> int:
    """How much gave up."""
    return sum(waiting(work).filter(held_by=assembly.pk).count() for work in Work)


def _letters(work: Work, assembly: Assembly) -> list[Letter]:
    rows = waiting(work).filter(held_by=assembly.pk).order_by("failed", "since")
    told = rows.values_list("key", "failed", "since", "tried")
    return [Letter(work, *row) for row in told]
