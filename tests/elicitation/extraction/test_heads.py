"""A head is fitted by NumPy alone, the same each time, and its cuts are chosen without what they are judged on."""

import numpy as np
import pytest

from elicitation.extraction.heads import (
    average_precision,
    cuts,
    folds,
    macro_f1,
    out_of_fold,
    ridge,
)


def two_classes(rows=200):
    drawn = np.random.RandomState(1)
    features = drawn.standard_normal((rows, 5)).astype(np.float32)
    labels = np.stack([features[:, 0] > 0, features[:, 1] > 1], axis=1).astype(np.float32)
    return features, labels


def test_a_ridge_finds_the_direction_of_a_class_and_is_the_same_each_time():
    features, labels = two_classes()
    head = ridge(features, labels, 1.0)
    assert np.abs(head.weights).argmax(axis=0).tolist() == [0, 1]
    assert np.array_equal(head.weights, ridge(features, labels, 1.0).weights)


def test_rows_of_one_group_share_a_fold():
    groups = [f"topic {n % 7}" for n in range(50)]
    fold = folds(groups, 3)
    assert set(fold) == {0, 1, 2}
    assert len(set(zip(groups, fold.tolist(), strict=True))) == 7


def test_a_row_is_scored_by_a_head_that_has_not_seen_its_fold():
    features, labels = two_classes()
    fold = folds(range(200))
    changed = labels.copy()
    changed[fold == 2] = 1 - changed[fold == 2]
    before, after = (out_of_fold(features, y, 1.0, fold)[fold == 2] for y in (labels, changed))
    assert np.array_equal(before, after)


def test_cuts_flag_what_stands_apart():
    features, labels = two_classes()
    scores = features[:, :2]
    assert macro_f1(labels, scores >= cuts(scores, labels)) > 0.9


def test_average_precision_is_the_mean_precision_at_the_positives():
    scores, labels = np.array([3, 2, 1], np.float32), np.array([1, 0, 1], np.float32)
    assert average_precision(scores, labels) == pytest.approx((1 + 2 / 3) / 2)
    assert np.isnan(average_precision(scores, np.zeros(3, np.float32)))
