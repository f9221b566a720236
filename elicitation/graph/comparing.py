"""Compare one card with the values others stand in, and offer its author those that seem to say the same."""

from uuid import UUID

import numpy as np

from elicitation.extraction.encoder import ENCODER
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.placing import offer
from elicitation.graph.matching import Kind, read, same_from, scores
from elicitation.graph.models import Value
from elicitation.graph.queries import inquiry_of, to_compare, vectors_of
from elicitation.graph.remembering import catch_up, index, restored, said, unit_vectors

LOOKED_AT = 200  # values nearest by their vectors; only these are compared with care
MOST = 3  # offered at a time; more would put others' words before the person's own


def compare(candidate_id: UUID) -> list[tuple[Value, float]]:
    """Offer the author of a card the values close to it, the closest first; nothing where the card is not owned or placed already."""
    owned = Candidate.objects.owned().filter(pk=candidate_id, evidence=None)
    candidate = owned.prefetch_related("policies").first()
    if candidate is None:
        return []
    catch_up(inquiry_of(candidate))
    found = _closest(candidate)
    offer(candidate, found)
    return found


def _closest(candidate: Candidate) -> list[tuple[Value, float]]:
    own = said(candidate.title, [policy.text for policy in candidate.policies.all()])
    vector = unit_vectors([own])[own]
    near_ones = index(inquiry_of(candidate)).nearest(vector, LOOKED_AT)
    comparable = to_compare(candidate).filter(pk__in=near_ones)
    wholes = dict(vectors_of(near_ones, ENCODER).values_list("value_id", "whole"))
    values = [value for value in comparable if value.pk in wholes]
    if not values:
        return []
    vectors = restored(b"".join(bytes(wholes[value.pk]) for value in values))
    told = [said(value.title, value.policies) for value in values]
    right = read(told, company=vectors, vectors=vectors)
    left = read([own], company=vectors, vectors=vector.reshape(1, -1))
    near = scores(left, right, Kind.VALUE)[0]
    best = np.argsort(-near, kind="stable")[:MOST]
    return [(values[n], float(near[n])) for n in best if near[n] >= same_from(Kind.VALUE)]
