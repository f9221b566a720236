"""Store what held of a reply: each span as a slice of the revision, so that it cannot differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elicitation.extraction.models import (
    Candidate,
    Mark,
    NormCandidate,
    NormQuote,
    Policy,
    Quote,
    Reading,
)
from elicitation.extraction.sifting import Place, Sifted
from elicitation.interview.models import Revision


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored of a reply."""

    cards: list[Candidate]
    norms: list[NormCandidate]


def keep(reading: Reading, sifted: Sifted, sources: Sequence[Revision]) -> Kept:
    """Store what held of a reply, inside the caller's transaction.

    `sources` are the texts it was sifted with: the revision that was read, and those before it in its thread.
    """
    cards = _cards(reading, sifted, sources)
    norms = _norms(reading, sifted, sources, cards)
    Mark.objects.bulk_create(
        Mark(reading=reading, kind=mark.kind, **words_at(mark.place, sources))
        for mark in sifted.marks
    )
    return Kept(cards, norms)


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
    }


def _cards(reading: Reading, sifted: Sifted, sources: Sequence[Revision]) -> list[Candidate]:
    language = reading.revision.language
    cards = Candidate.objects.bulk_create(
        Candidate(reading=reading, title=c.title, context=c.context, language=language)
        for c in sifted.cards
    )
    told = [
        (Policy(candidate=card, position=n, text=policy.text), policy.places)
        for card, held in zip(cards, sifted.cards, strict=True)
        for n, policy in enumerate(held.policies)
    ]
    Policy.objects.bulk_create(policy for policy, _ in told)
    Quote.objects.bulk_create(
        Quote(policy=policy, **words_at(place, sources))
        for policy, places in told
        for place in places
    )
    return cards


def _norms(
    reading: Reading, sifted: Sifted, sources: Sequence[Revision], cards: Sequence[Candidate]
) -> list[NormCandidate]:
    norms = NormCandidate.objects.bulk_create(_rules(reading, sifted))
    for norm, held in zip(norms, sifted.norms, strict=True):
        norm.serves.set([cards[n] for n in held.serves])
        NormQuote.objects.bulk_create(
            NormQuote(norm=norm, **words_at(place, sources)) for place in held.places
        )
    return norms


def _rules(reading: Reading, sifted: Sifted) -> Iterator[NormCandidate]:
    for norm in sifted.norms:
        yield NormCandidate(
            reading=reading,
            language=reading.revision.language,
            deontic=norm.deontic,
            aim=norm.aim,
            attribute=norm.attribute,
            acted_on=norm.acted_on,
            conditions=norm.conditions,
            or_else=norm.or_else,
        )
