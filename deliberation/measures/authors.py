"""What authors make of their cards: whether they say what matters to them, and how often and how far they are put in other words.

Cards of AI agents are left out; cards a person wrote by hand are told under engine "person".
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from deliberation.assemblies.models import Assembly
from deliberation.measures.figure import Figure, Measure, Of, Unit, spoken
from deliberation.measures.spread import spread
from elicitation.extraction.models import Candidate, Edit, Rating
from elicitation.extraction.queries import reworded
from elicitation.interview.models import Respondent

AUTHOR = "reading__revision__response__respondent"
READ_BY = {
    "engine": "reading__engine",
    "model": "reading__model",
    "prompt": "reading__prompt_version",
    "tongue": "language",
}
State = Candidate.State
UNASKED = (
    State.PROPOSED,
    State.SUPERSEDED,
)  # their authors have not said yet, or no more, whether they meant them


def reading_quality(assembly: Assembly) -> Iterator[Figure]:
    """Of all cards, and of those of each engine, model, prompt version and language: how many were rated, and what was said of these."""
    named = {name: F(way) for name, way in READ_BY.items()}
    cards: QuerySet[Any] = _cards(assembly).exclude(state__in=UNASKED, rating=None)
    rows: QuerySet[Any] = cards.values(**named).annotate(
        cards=Count("pk"),
        **{code: Count("pk", filter=Q(rating__says=code)) for code in Rating.Says.values},
    )
    found = sorted(rows, key=lambda row: (-row["cards"], *(row[name] for name in READ_BY)))
    yield from _rated(Of(Measure.READING, "all"), found)
    for row in found:
        names = [row[name] for name in READ_BY]
        yield from _rated(Of(Measure.READING, "/".join(names), spoken(names)), [row])


def editing(assembly: Assembly) -> Iterator[Figure]:
    """Of the cards their authors answered, how many they put in other words; of those whose words were counted, how many words that were."""
    of = Of(Measure.EDITING, "all")
    answered = _cards(assembly).exclude(answered_at=None).exclude(state=State.SUPERSEDED)
    edited = answered.filter(reworded())
    yield of.share("edited", edited.count(), answered.count())
    words = Edit.objects.filter(candidate__in=answered).order_by().values("candidate")
    changed = words.annotate(all=Sum("changed")).filter(all__gt=0).values_list("all", flat=True)
    yield from of.spread("words", Unit.WORDS, spread(list(changed)))


def _cards(assembly: Assembly) -> QuerySet[Candidate]:
    """The cards of people and institutions, in no order."""
    here = {"reading__revision__response__prompt__inquiry__assemblies": assembly}
    cards = Candidate.objects.filter(**here).order_by()
    return cards.exclude(**{f"{AUTHOR}__kind": Respondent.Kind.AI_AGENT})


def _rated(of: Of, rows: list[dict[str, Any]]) -> Iterator[Figure]:
    counts = {code: sum(row[code] for row in rows) for code in Rating.Says.values}
    yield of.share("rated", sum(counts.values()), sum(row["cards"] for row in rows))
    yield from of.shares(counts)
