"""A published version as a bundle: clause, values, cards, the quotes that are released, and the proof of each in the record."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from deliberation.artifacts.models import Citation, Clause, Version
from deliberation.artifacts.queries import Ground, reading_of
from elicitation.extraction.models import Quote
from elicitation.extraction.queries import SHOWABLE
from elicitation.record.leaves import digest, seal_of, tie
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import binding, latest_head, proofs, said_of
from elicitation.record.receipts import BUNDLE, hidden

CITED = "quote.cited"
Shown = Mapping[int, dict[str, Any]]  # id of an entry -> the entry as receipts give it


def fixed(version: Version) -> dict[str, Any]:
    """What of a version never changes once it is published: the words of its clauses, and the ids of their values."""
    artifact = version.artifact
    return {
        "assembly": artifact.assembly.slug,
        "artifact": str(artifact.pk),
        "version": version.number,
        "kind": artifact.kind,
        "title": artifact.title,
        "language": artifact.language,
        "clauses": [
            {"clause": str(c.pk), "text": c.text, "values": sorted(str(v.pk) for v in c.values.all()), **_section(c)}
            for c in version.clauses.prefetch_related("values")
        ],
    }  # fmt: skip


def _section(clause: Clause) -> dict[str, str]:
    """The section of a clause, where it has one: documents of before there were sections are sealed without."""
    return {"section": clause.section} if clause.section else {}


def published_as(version: Version, cited: Iterable[Entry]) -> dict[str, Any]:
    """What the entry of a publication says of the version, so that a bundle can be held against it."""
    leaves = sorted(bytes(entry.leaf).hex() for entry in cited)
    return {"document": seal_of(fixed(version)), "quotes": len(leaves), "cited": seal_of(leaves)}


def cited_as(citations: Iterable[Citation]) -> list[tuple[dict[str, Any], UUID]]:
    """What the entry of each citation says (the span, a digest of its words, the tie to the answer they are from), and that
    answer. Entries are shown, so nothing in two of them may tell that one person wrote both.
    """
    made = list(citations)
    answers = _answer_entries(c.quote for c in made if c.quote)
    return [(_cited(c, c.quote, answers), c.quote.revision.response_id) for c in made if c.quote]


def _answer_entries(quotes: Iterable[Quote]) -> dict[str, Entry]:
    """The entry that received the words each quote is from, by revision."""
    found = binding({quote.revision.response_id for quote in quotes}).exclude(kind=CITED)
    return {entry.body["revision"]: entry for entry in found if entry.body}


def proof(version: Version, head: TreeHead | None) -> dict[str, Any] | None:
    """The entry that published a version, proven against `head`; None where there is no such entry."""
    entry = Entry.objects.filter(pk=version.entry_id or 0).first()
    return proofs([entry], head)[0] if entry else None


def bundle(version: Version) -> dict[str, Any]:
    """Everything needed to verify a published version without the server. Quotes taken back are leaves alone."""
    citations = Citation.objects.filter(clause__version=version)
    showable = set(
        Quote.objects.filter(SHOWABLE, citations__in=citations).values_list("pk", flat=True)
    )
    related = citations.select_related("quote__policy__candidate").order_by("pk")
    entries = list(Entry.objects.filter(pk__in=[c.entry_id for c in related if c.entry_id]))
    head = latest_head()
    proven = dict(zip((e.pk for e in entries), proofs(entries, head), strict=True))
    told = fixed(version)
    by_ground: dict[tuple[Any, Any], list[Citation]] = {}
    for citation in related:
        by_ground.setdefault((citation.clause_id, citation.value_id), []).append(citation)
    for clause, view in zip(told["clauses"], reading_of(version), strict=True):
        clause["grounds"] = [
            _ground(
                ground,
                by_ground.get((view.clause.pk, ground.value.pk), []),
                showable,
                proven,
            )
            for ground in view.grounds
        ]
    return {
        "format": BUNDLE,
        "head": said_of(head),
        "entry": proof(version, head),
        "document": told,
    }  # fmt: skip


def _ground(
    ground: Ground,
    citations: list[Citation],
    showable: set[Any],
    proven: Shown,
) -> dict[str, Any]:
    """A value under a clause, as the public page shows it, with its cards and their quotes."""
    cards: dict[str, dict[str, Any]] = {}
    taken_back = []
    for citation in citations:
        quote = citation.quote
        own = proven.get(citation.entry_id or 0)
        if quote is None or quote.pk not in showable:
            taken_back.append({"cited": own and hidden(own)})
            continue
        card = quote.policy.candidate
        told = cards.setdefault(
            str(card.pk), {"card": str(card.pk), "state": card.state, "quotes": []}
        )
        told["quotes"].append({**_span(quote), "text": quote.text, "cited": own})
    value = ground.value
    return {
        "value": str(value.pk),
        "title": value.title or None,
        "context": value.context if value.title else None,
        "voices": ground.support.voices,
        "cards": list(cards.values()),
        "taken_back": taken_back,
    }


def _span(quote: Quote) -> dict[str, Any]:
    return {"quote": str(quote.pk), "start": quote.start, "end": quote.end}


def _cited(citation: Citation, quote: Quote, answers: Mapping[str, Entry]) -> dict[str, Any]:
    answer = answers.get(str(quote.revision_id))
    return {
        **_span(quote),
        "clause": str(citation.clause_id),
        "value": str(citation.value_id),
        "words": digest(quote.text),
        "answer": _tied(quote, answer) if answer else "",
    }


def _tied(quote: Quote, answer: Entry) -> str:
    """What shows to the author, who has the salt on the receipt, and to nobody else, that a quote is from this answer."""
    return tie(bytes(answer.salt or b""), bytes(answer.leaf), str(quote.pk))
