"""Look at all values of an inquiry at once: which seem to be one, and which seems to be two. It suggests, moderators decide."""

from collections.abc import Iterator
from uuid import UUID

import numpy as np

from elicitation.extraction.encoder import ENCODER
from elicitation.graph import covering, grouping, queries
from elicitation.graph.actions.suggesting import regroup
from elicitation.graph.covering import RULE, standing_for
from elicitation.graph.findings import Regroup
from elicitation.graph.grouping import LEAST_CARDS, NEAREST, Group, Values
from elicitation.graph.models import Value
from elicitation.graph.remembering import catch_up, index, restored, said, unit_vectors
from elicitation.interview.models import Inquiry

CARDS = 60  # of a value that are compared with each other; the first that came


def regroup_inquiry(inquiry_id: UUID) -> int:
    """Keep what a look at all values of an inquiry suggests. Returns how many suggestions are new."""
    catch_up(inquiry_id)
    found = [*merges(inquiry_id), *splits(inquiry_id)]
    return regroup(Inquiry.objects.get(pk=inquiry_id), found, RULE, ENCODER)


def merges(inquiry_id: UUID) -> Iterator[Regroup]:
    """Sets of values that seem to be one, without those somebody called apart."""
    rows = list(
        queries.vectors_as_said(inquiry_id, ENCODER).values_list(
            "value_id", "version", "whole", "policies", "value__title", "value__policies"
        )
    )
    values = Values(
        restored(b"".join(bytes(row[2]) for row in rows)),
        [standing_for(row[4], row[5]) for row in rows],
        restored(b"".join(bytes(row[3]) for row in rows)),
    )
    places = {(row[0], row[1]): n for n, row in enumerate(rows)}
    apart = {
        (min(places[a], places[b]), max(places[a], places[b]))
        for a, b in queries.called_apart(inquiry_id)
        if a in places and b in places
    }
    for group in grouping.sets(grouping.close_pairs(values), apart):
        yield _merge(group, [(rows[n][0], rows[n][1]) for n in group.places])


def splits(inquiry_id: UUID) -> Iterator[Regroup]:
    """Values whose cards seem to speak of two, without those somebody said are one."""
    whole = queries.kept_whole(inquiry_id)
    for value in queries.many_carded(inquiry_id, LEAST_CARDS):
        if (value.pk, value.version) not in whole and (split := _split(value)):
            yield split


def _merge(group: Group, members: list[tuple[UUID, int]]) -> Regroup:
    own = {place: n for n, place in enumerate(group.places)}
    pairs = [[own[pair.a], own[pair.b], round(pair.score, 4)] for pair in group.pairs]
    return Regroup("merge", tuple(members), group.score, {"pairs": pairs})


def _split(value: Value) -> Regroup | None:
    cards = queries.cards_of(value, CARDS)
    said_by = [standing_for(c.title, [p.text for p in c.policies.all()]) for c in cards]
    texts = [text for of in said_by for text in of]
    vectors = unit_vectors(texts)
    whole = said(value.title, value.policies)
    near = index(value.inquiry_id).nearest(unit_vectors([whole])[whole], NEAREST)
    around = queries.vectors_of(near, ENCODER)
    theirs = restored(b"".join(bytes(kept) for kept in around.values_list("policies", flat=True)))
    own = np.stack([vectors[text] for text in texts])
    all_cards = covering.cards(said_by, own, np.vstack([theirs, own]))
    found = grouping.parting(covering.cover(all_cards, all_cards).likeness)
    if found is None:
        return None
    parts = [[str(cards[n].pk) for n in part] for part in found.parts]
    told = {
        "parts": parts,
        "within": round(found.within, 4),
        "between": round(found.between, 4),
    }
    return Regroup("split", ((value.pk, value.version),), found.score, told)
