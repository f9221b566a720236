"""Compare one card with the values others stand in, and offer its author those that seem to say the same."""

from functools import lru_cache
from uuid import UUID

import numpy as np

from elicitation.extraction.encoder import Vectors, encode
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.placing import offer
from elicitation.graph.matching import Kind, nearest, read, same_from, scores
from elicitation.graph.models import Value
from elicitation.graph.queries import to_compare

LOOKED_AT = 200  # values nearest by their vectors; only these are compared with care
MOST = 3  # offered at a time; more would put others' words before the person's own


def compare(candidate_id: UUID) -> list[tuple[Value, float]]:
    """Offer the author of a card the values close to it, the closest first; nothing where the card is not owned or placed already."""
    owned = Candidate.objects.owned().filter(pk=candidate_id, evidence=None)
    candidate = owned.prefetch_related("policies").first()
    if candidate is None:
        return []
    values = list(to_compare(candidate))
    found = _closest(candidate, values) if values else []
    offer(candidate, found)
    return found


def _closest(candidate: Candidate, values: list[Value]) -> list[tuple[Value, float]]:
    own = said(candidate.title, [policy.text for policy in candidate.policies.all()])
    told = [said(value.title, value.policies) for value in values]
    vectors = np.vstack([vector(text) for text in told])
    near_ones = nearest(vector(own), vectors, LOOKED_AT)
    values, told = [values[n] for n in near_ones], [told[n] for n in near_ones]
    vectors = vectors[near_ones]
    right = read(told, company=vectors, vectors=vectors)
    left = read([own], company=vectors, vectors=vector(own).reshape(1, -1))
    near = scores(left, right, Kind.VALUE)[0]
    best = np.argsort(-near, kind="stable")[:MOST]
    return [(values[n], float(near[n])) for n in best if near[n] >= same_from(Kind.VALUE)]


def said(title: str, policies: list[str]) -> str:
    """The words of a card or value as one text; a title that only repeats a policy is left out."""
    return ". ".join(
        policies if any(title in policy for policy in policies) else [title, *policies]
    )


@lru_cache(maxsize=20_000)
def vector(text: str) -> Vectors:
    """The unit vector of a text, (512,); remembered in this process."""
    found: Vectors = encode([text])[0]
    return found
