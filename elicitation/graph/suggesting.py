"""Suggest what cards are to the values of their inquiry: same, narrower, wider, or new. It suggests, moderators decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from elicitation.extraction import queries as readings
from elicitation.extraction.encoder import ENCODER, Vectors
from elicitation.extraction.models import Candidate
from elicitation.graph import covering, queries, situations
from elicitation.graph.actions.suggesting import keep_suggestions
from elicitation.graph.covering import RULE, Relation, standing_for
from elicitation.graph.findings import Found
from elicitation.graph.remembering import (
    catch_up,
    index,
    phrases_of,
    restored,
    said,
    unit_vectors,
)

LOOKED_AT = 100  # values nearest by their vectors; only these are compared policy by policy
CAREFUL = (
    50  # of them, those likest by the vectors of their policies; only these by all signs there are
)
A_SWEEP = 100  # cards looked at in one go
A_LITTLE = 5  # the same while answers wait to be read: reading comes first


@dataclass(frozen=True, slots=True)
class Words:
    """A card as it is compared: its words as one text, its policies, and a unit vector for each text in them."""

    whole: str
    policies: Sequence[str]
    vectors: dict[str, Vectors]


def suggest(candidate_ids: Sequence[UUID]) -> int:
    """Look at these cards, as far as they stand in no value, and keep what is suggested. Returns how many suggestions changed."""
    waiting = sorted(queries.cards_waiting(list(candidate_ids)), key=queries.inquiry_of)
    for inquiry in {queries.inquiry_of(card) for card in waiting}:
        catch_up(inquiry)
    looked_at = timezone.now()  # before looking, so that no value worded meanwhile counts as seen
    found = [
        one
        for inquiry, some in groupby(waiting, key=queries.inquiry_of)
        for one in _of_inquiry(inquiry, list(some))
    ]
    return keep_suggestions(found, RULE, ENCODER, looked_at) if found else 0


def sweep(decided: QuerySet[Any] | None = None) -> int:
    """Look at cards nothing is suggested of, and again at those that newer values have overtaken; not at those `decided` on."""
    busy = readings.waiting().exists()
    return suggest(queries.cards_to_suggest(RULE, A_LITTLE if busy else A_SWEEP, decided))


def _of_inquiry(inquiry: UUID, waiting: Sequence[Candidate]) -> Iterable[Found]:
    ids, phrases = phrases_of(inquiry)
    contexts = situations.match([card.context for card in waiting], phrases)
    policies = [[policy.text for policy in card.policies.all()] for card in waiting]
    wholes = [said(card.title, of) for card, of in zip(waiting, policies, strict=True)]
    compared = [standing_for(card.title, of) for card, of in zip(waiting, policies, strict=True)]
    vectors = unit_vectors([*wholes, *(text for of in compared for text in of)])
    for card, whole, of, context in zip(waiting, wholes, compared, contexts, strict=True):
        where = (ids[context[0]], context[1]) if context else (None, None)
        yield nearest_of(inquiry, card, Words(whole, of, vectors), where)


def nearest_of(
    inquiry: UUID, card: Candidate, words: Words, where: tuple[int | None, float | None]
) -> Found:
    """What a card is to the value of its inquiry that says most about it; `where` is its context and how sure that is."""
    near = index(inquiry).nearest(words.vectors[words.whole], LOOKED_AT)
    wanted = ("value_id", "version", "policies", "value__title", "value__policies")
    rows = list(queries.vectors_of(near, ENCODER).values_list(*wanted))
    if not rows:
        return Found(card.pk, card.version, Relation.NEW, context=where[0], context_score=where[1])
    every = restored(b"".join(bytes(row[2]) for row in rows))
    texts = [standing_for(row[3], row[4]) for row in rows]
    theirs = np.split(every, np.cumsum([len(of) for of in texts])[:-1])
    own = np.stack([words.vectors[text] for text in words.policies])
    company = np.vstack([every, own])
    kept = covering.foremost(own, theirs, CAREFUL)
    rows, texts = [rows[n] for n in kept], [texts[n] for n in kept]
    right = covering.cards(texts, np.vstack([theirs[n] for n in kept]), company)
    left = covering.cards([words.policies], own, company)
    cover = covering.cover(left, right)
    best = covering.best(cover)
    held, holds = float(cover.held[0, best]), float(cover.holds[0, best])
    relation = covering.relation(held, holds)
    account = covering.account(left, right.only(best), relation)
    return Found(
        card.pk,
        card.version,
        relation,
        value=rows[best][0],
        value_version=rows[best][1],
        score=covering.strength(relation, held, holds),
        told={
            "held": round(held, 4),
            "holds": round(holds, 4),
            "pairs": [list(pair) for pair in account.pairs],
            "beyond": list(account.beyond),
        },
        context=where[0],
        context_score=where[1],
    )
