"""Store what held of replies: each span as a slice of the revision, so that it cannot differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from elicitation.extraction.engines.base import Usage
from elicitation.extraction.models import (
    Candidate,
    Mark,
    NormCandidate,
    NormQuote,
    Policy,
    Quote,
    Reading,
    ReadingRequest,
)
from elicitation.extraction.sifting import Norm, Place, Sifted
from elicitation.interview.models import Revision


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored of one reply.

    `sources` are the texts it was sifted with: the revision that was read, and those before it in its thread.
    """

    reading: Reading
    sifted: Sifted
    sources: Sequence[Revision]
    cards: list[Candidate] = field(default_factory=list)
    norms: list[NormCandidate] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def keep(replies: Sequence[Kept]) -> None:
    """Store what held of each reply, inside the caller's transaction, in as many queries as there are tables."""
    _keep_cards(replies)
    _keep_norms(replies)
    for r in replies:
        r.marks.extend(
            Mark(reading=r.reading, kind=mark.kind, **words_at(mark.place, r.sources))
            for mark in r.sifted.marks
        )
    Mark.objects.bulk_create(mark for r in replies for mark in r.marks)


def words_at(place: Place, sources: Sequence[Revision]) -> dict[str, Any]:
    """The fields of a located span.

    It may be shown from the start only where its author agreed to that beforehand, as people of an import may have.
    """
    words, span = sources[place.text], place.span
    return {
        "revision": words,
        "start": span.start,
        "end": span.end,
        "text": words.text[span.start : span.end],
        "public": words.response.quotes_public,
        "by_helper": words.by_helper,
    }


def spent(usage: Usage, cost: int | None) -> dict[str, object]:
    """The fields of a reading that say what it took."""
    return {
        "tokens_in": usage.tokens_in,
        "tokens_out": usage.tokens_out,
        "calls": usage.calls,
        "cost": cost or 0,
    }


def lose_open(revisions: Iterable[UUID]) -> None:
    """Readings of these revisions that were under way belong to nobody any more: their worker died, or they were given up."""
    Reading.objects.filter(revision__in=list(revisions), state=Reading.State.OPEN).update(
        state=Reading.State.LOST, ended_at=timezone.now()
    )


def storable(text: str) -> str:
    """What an engine said, without what a database cannot hold."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def settled(outcome: str) -> tuple[str, str]:
    """The state an answer ends in, and why a person has to look."""
    return (
        (ReadingRequest.State.NEEDS_PERSON, outcome)
        if outcome == "quotes_not_found"
        else (outcome, "")
    )


def _keep_cards(replies: Sequence[Kept]) -> None:
    policies: list[Policy] = []
    quotes: list[Quote] = []
    for r in replies:
        for held in r.sifted.cards:
            card = Candidate(
                reading=r.reading,
                title=held.title,
                context=held.context,
                language=r.reading.revision.language,
            )
            r.cards.append(card)
            for position, told in enumerate(held.policies):
                policy = Policy(candidate=card, position=position, text=told.text)
                policies.append(policy)
                quotes += [Quote(policy=policy, **words_at(p, r.sources)) for p in told.places]
    Candidate.objects.bulk_create(card for r in replies for card in r.cards)
    Policy.objects.bulk_create(policies)
    Quote.objects.bulk_create(quotes)


def _keep_norms(replies: Sequence[Kept]) -> None:
    serving: list[Any] = []
    quotes: list[NormQuote] = []
    link = NormCandidate.serves.through
    for r in replies:
        for held in r.sifted.norms:
            norm = _norm(r.reading, held)
            r.norms.append(norm)
            serving += [link(normcandidate=norm, candidate=r.cards[n]) for n in held.serves]
            quotes += [NormQuote(norm=norm, **words_at(p, r.sources)) for p in held.places]
    NormCandidate.objects.bulk_create(norm for r in replies for norm in r.norms)
    link.objects.bulk_create(serving)
    NormQuote.objects.bulk_create(quotes)


def _norm(reading: Reading, held: Norm) -> NormCandidate:
    return NormCandidate(
        reading=reading,
        language=reading.revision.language,
        deontic=held.deontic,
        aim=held.aim,
        attribute=held.attribute,
        acted_on=held.acted_on,
        conditions=held.conditions,
        or_else=held.or_else,
    )
