"""How long things took, from times that are kept anyway. Nobody is watched: a stretch is the time between two acts, whatever was done in it.

- Answering a prompt: from the act before (agreeing, or sending the answer before) until the answer was received. What a helper wrote down is left out.
- Saying something to a value: from when it was drawn for somebody until they first said something to it.
- Comparing two values: likewise.

Stretches of more than half an hour are pauses: left out, and counted. Times are told of ten stretches and more, of the newest hundred thousand at most. How long anybody
read a page, or looked at a card, is not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, QuerySet, Subquery

from deliberation.assemblies.models import Assembly, Consent
from deliberation.assemblies.queries import prompts_of
from deliberation.measures.completing import people_of, place, sent_by
from deliberation.measures.figure import Figure, Measure, Of, Unit
from deliberation.measures.spread import spread
from deliberation.opinion.withholding import FEWEST_OF_STRATUM
from elicitation.graph.models import Endorsement, Exposure, Judgement, Showing
from elicitation.interview.models import Respondent, Revision

PAUSE = timedelta(minutes=30)
FEWEST = FEWEST_OF_STRATUM
MOST = 100_000
ALOUD = -1  # at no place: a helper wrote it down
Act = tuple[UUID, datetime, int]  # whose, when, at which place


def time_on_task(assembly: Assembly, language: str) -> Iterator[Figure]:
    """By prompt, then of saying something to a value and to a comparison."""
    people = people_of(assembly)
    received = list(_received(people, assembly))
    since = received[0][1] if len(received) == MOST else None
    stretches = by_place(_agreed(assembly, since), received)
    asked = prompts_of(assembly).annotate(place=place())
    for number, prompt in enumerate(asked, 1):
        said = f"{number}. {prompt.asked_in(language)}"
        yield from _told(str(prompt.pk), said, stretches.get(prompt.place, []))
    yield from _told("weighing", "", _weighing(people, assembly))
    yield from _told("comparing", "", _comparing(people, assembly))


def by_place(
    agreed: Mapping[UUID, datetime], received: Iterable[Act]
) -> dict[int, list[timedelta]]:
    """The stretches that led to answers, by the place of the prompt. `received`: in the order of time."""
    last, found = dict(agreed), dict[int, list[timedelta]]()
    for who, at, where in received:
        if who in last:
            found.setdefault(where, []).append(at - last[who])
        last[who] = at
    return found


def _told(key: str, said: str, stretches: list[timedelta]) -> Iterator[Figure]:
    of = Of(Measure.TIME, key, said)
    taken = [one.total_seconds() for one in stretches if timedelta(0) <= one <= PAUSE]
    if len(taken) >= FEWEST:
        yield from of.spread("time", Unit.SECONDS, spread(taken))
    if len(stretches) >= FEWEST:
        yield of.share("pauses", len(stretches) - len(taken), len(stretches))


def _agreed(assembly: Assembly, since: datetime | None) -> dict[UUID, datetime]:
    """When each agreed first; `since`: where older answers are left out, only of those who agreed after them, whose first answer is not among these."""
    given = Consent.objects.filter(membership__assembly=assembly).order_by()
    first = given.values("membership__respondent").annotate(at=Min("given_at"))
    told = first.filter(at__gte=since) if since else first
    return dict(told.values_list("membership__respondent", "at"))


def _received(people: QuerySet[Respondent], assembly: Assembly) -> Iterator[Act]:
    """The newest answers, the oldest of them first; those written down by a helper have ended a stretch and are none."""
    first = Revision.objects.filter(response=OuterRef("pk")).order_by("number")
    sent = sent_by(people, assembly).annotate(aloud=Subquery(first.values("by_helper")[:1]))
    newest = sent.order_by("-received_at", "-pk")[:MOST]
    rows = newest.values_list("respondent", "received_at", "place", "aloud")
    for who, at, where, aloud in reversed(list(rows)):
        yield who, at, ALOUD if aloud else where


def _weighing(people: QuerySet[Respondent], assembly: Assembly) -> list[timedelta]:
    said = Endorsement.objects.filter(respondent=OuterRef("respondent"), value=OuterRef("value"))
    shown = Exposure.objects.filter(respondent__in=people, value__inquiry__assemblies=assembly)
    return _first(shown, said)


def _comparing(people: QuerySet[Respondent], assembly: Assembly) -> list[timedelta]:
    said = Judgement.objects.filter(showing=OuterRef("pk"))
    shown = Showing.objects.filter(respondent__in=people, transition__inquiry__assemblies=assembly)
    return _first(shown, said)


def _first(shown: QuerySet[Any], said: QuerySet[Any]) -> list[timedelta]:
    """From the showing to the first that was said to it, of the newest showings something was said to."""
    first = Subquery(said.order_by("pk").values("at")[:1])
    told = shown.annotate(first=first).exclude(first=None).order_by("-pk")[:MOST]
    return [end - begun for begun, end in told.values_list("at", "first")]
