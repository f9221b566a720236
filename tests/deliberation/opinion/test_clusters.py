"""k-means and silhouettes: small cases by hand, and what must hold of any points."""

from math import dist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion import clusters

PLACES = st.tuples(st.integers(-3, 3), st.integers(-3, 3))


def k_means(points, starts, weights=None, rounds=20):
    points = np.array(points, dtype=float)
    weights = np.ones(len(points)) if weights is None else np.array(weights, dtype=float)
    return clusters.k_means(points, weights, np.array(starts, dtype=float), rounds)


def silhouette(points, labels):
    points = np.array(points, dtype=float).reshape(-1, 2)
    return clusters.silhouette(clusters.distances(points), np.array(labels, dtype=np.int64))


def test_a_point_between_two_centres_goes_to_the_last():
    found = k_means([(0, 0), (2, 0), (1, 0)], [(0, 0), (2, 0)], rounds=1)
    assert found.labels.tolist() == [0, 1, 1]
    assert found.centres.tolist() == [[0, 0], [1.5, 0]]


def test_a_centre_nobody_is_near_is_dropped():
    found = k_means([(0, 0), (1, 0)], [(9, 9), (0, 0), (1, 0)])
    assert found.labels.tolist() == [0, 1]
    assert len(found.centres) == 2


def test_heavier_points_pull_their_centre():
    found = k_means([(0, 0), (4, 0)], [(1, 0)], weights=[3, 1])
    assert found.centres.tolist() == [[1, 0]]


def test_rounds_end_where_no_centre_moves_and_after_their_number():
    points, starts = [(0, 0), (1, 0), (10, 0), (11, 0)], [(0, 0), (1, 0)]
    assert k_means(points, starts, rounds=1).labels.tolist() == [0, 1, 1, 1]
    assert k_means(points, starts, rounds=20).labels.tolist() == [0, 0, 1, 1]


def test_starts_are_the_first_that_differ():
    points = np.array([(1, 0), (1, 0), (0, 5), (1, 0), (-2, 1)], dtype=float)
    assert clusters.first_distinct(points, 2).tolist() == [[1, 0], [0, 5]]


@pytest.mark.parametrize(
    ("labels", "fit"),
    [
        # own pair 1 apart, the others 9.5 or 10.5 on average
        ([0, 0, 1, 1], (1 - 1 / 10.5 + 1 - 1 / 9.5) / 2),
        ([0, 0, 0, 0], 0.0),
        # one alone counts 0; the others: 1 + 11 against 10, 1 + 10 against 9, 10 + 11 against 1
        ([0, 0, 1, 0], ((10 - 6) / 10 + (9 - 5.5) / 9 + (1 - 10.5) / 10.5) / 4),
    ],
)
def test_silhouettes_by_hand(labels, fit):
    assert silhouette([(0, 0), (1, 0), (10, 0), (11, 0)], labels) == pytest.approx(fit)


def test_nothing_has_no_silhouette():
    assert silhouette([], []) == 0
    assert silhouette([(1, 1)] * 4, [0, 0, 1, 1]) == 0


def plainly(points, labels):
    """Rousseeuw's definition, point by point."""
    if len(set(labels)) < 2:
        return 0.0
    widths = []
    for i, own in enumerate(labels):
        gaps = {}
        for j, other in enumerate(labels):
            if i != j:
                gaps.setdefault(other, []).append(dist(points[i], points[j]))
        within = gaps.pop(own, None)
        if within is None:
            widths.append(0.0)
            continue
        a, b = sum(within) / len(within), min(sum(g) / len(g) for g in gaps.values())
        widths.append((b - a) / max(a, b) if max(a, b) else 0.0)
    return sum(widths) / len(widths)


@given(st.lists(st.tuples(PLACES, st.integers(0, 3)), min_size=1, max_size=20))
def test_silhouettes_are_what_their_definition_says(placed):
    points, raw = zip(*placed, strict=True)
    names = sorted(set(raw))
    labels = [names.index(one) for one in raw]
    assert silhouette(points, labels) == pytest.approx(plainly(points, labels), abs=1e-12)


@given(st.lists(PLACES, min_size=1, max_size=30), st.integers(1, 6))
def test_every_cluster_has_points_and_its_centre_in_their_middle(points, k):
    starts = clusters.first_distinct(np.array(points, dtype=float), k)
    found = k_means(points, starts)
    assert sorted(set(found.labels.tolist())) == list(range(len(found.centres)))
    for label, centre in enumerate(found.centres):
        members = np.array(points)[found.labels == label]
        assert centre == pytest.approx(members.mean(axis=0))
