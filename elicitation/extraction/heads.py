"""Linear heads over vectors: fitted, cut and scored with NumPy alone. Free of Django; the same rows always give the same head."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SEED = 20261125
SHRINK = 60.0  # positives at which a class's own cut weighs as much as the one shared by all


@dataclass(frozen=True, slots=True)
class Head:
    """`weights` (features, classes) and `bias` (classes,): scores are features @ weights + bias."""

    weights: Floats
    bias: Floats

    def scores(self, features: Floats) -> Floats:
        """Shape (rows, classes). No probabilities: only their order and their cuts mean something."""
        found: Floats = features @ self.weights + self.bias
        return found


def ridge(features: Floats, labels: Floats, strength: float) -> Head:
    """Least squares with an L2 penalty of `strength`, labels (rows, classes) in standard units of their class.

    Solves (A'A + strength I) W = A'Y with columns of A centred; rare classes get the scale of common ones.
    """
    middle = features.mean(axis=0)
    share = labels.mean(axis=0)
    spread = np.sqrt(share * (1 - share) + 0.01)
    centred = features - middle
    gram = centred.T @ centred
    gram[np.diag_indices_from(gram)] += strength
    weights = np.linalg.solve(gram, centred.T @ ((labels - share) / spread)).astype(np.float32)
    return Head(weights, -(middle @ weights))


def folds(groups: Sequence[object], count: int = 5) -> NDArray[np.intp]:
    """A fold number, 0 to count - 1, for each row; rows of one group share it. The same every time."""
    names = sorted({str(group) for group in groups})
    drawn = np.random.RandomState(SEED).permutation(len(names)) % count
    fold = dict(zip(names, drawn, strict=True))
    return np.array([fold[str(group)] for group in groups], dtype=np.intp)


def out_of_fold(
    features: Floats, labels: Floats, strength: float, fold: NDArray[np.intp]
) -> Floats:
    """Scores (rows, classes), each by a ridge that has not seen the row's fold."""
    scores = np.zeros(labels.shape, np.float32)
    for part in np.unique(fold):
        inside = fold == part
        head = ridge(features[~inside], labels[~inside], strength)
        scores[inside] = head.scores(features[inside])
    return scores


def cuts(scores: Floats, labels: Floats) -> Floats:
    """The score (classes,) from which each class is said to be there, for the best F1.

    A class's own best cut is drawn to the best cut shared by all, the more the fewer positives it has (SHRINK).
    """
    own = np.array([_best_cut(scores[:, n], labels[:, n]) for n in range(labels.shape[1])])
    steps = np.quantile(scores, np.linspace(0.3, 0.98, 60))
    shared = max(steps, key=lambda step: macro_f1(labels, scores >= step))
    trust = labels.sum(axis=0) / (labels.sum(axis=0) + SHRINK)
    drawn: Floats = (trust * own + (1 - trust) * shared).astype(np.float32)
    return drawn


def _best_cut(scores: Floats, labels: Floats) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    best = int(np.argmax(2 * hits / (np.arange(1, len(scores) + 1) + labels.sum())))
    following = min(best + 1, len(scores) - 1)
    return float(scores[order[best]] + scores[order[following]]) / 2


def macro_f1(labels: Floats, flags: NDArray[np.bool_]) -> float:
    """Mean over classes of 2 TP / (positives + flagged); both (rows, classes)."""
    hits = (labels * flags).sum(axis=0)
    both = np.maximum(labels.sum(axis=0) + flags.sum(axis=0), 1e-9)
    return float((2 * hits / both).mean())


def average_precision(scores: Floats, labels: Floats) -> float:
    """Mean precision at each positive, best score first; both (rows,). NaN without a positive."""
    hits = labels[np.argsort(-scores, kind="stable")]
    at = np.flatnonzero(hits)
    return float(np.mean(np.arange(1, len(at) + 1) / (at + 1))) if len(at) else float("nan")


def keep(path: Path, about: Mapping[str, object], parts: Mapping[str, Floats]) -> None:
    """Write `parts` in half precision with `about`, where they come from. Raises OSError."""
    halves = {name: part.astype(np.float16) for name, part in parts.items()}
    told = {"about": np.array(json.dumps(about))}
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **told, **halves)


def kept(path: Path) -> dict[str, Floats]:
    """The parts that `keep` wrote. Raises FileNotFoundError where there is no such file."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in file.files if name != "about"}


def provenance(path: Path) -> dict[str, object]:
    """What `keep` was told about the parts: source, licence, features, date, seed, scores."""
    with np.load(path, allow_pickle=False) as file:
        told: dict[str, object] = json.loads(str(file["about"]))
    return told
