"""Folds as a forest: what lies below a value. Free of Django."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def below(top: Node, folds: Iterable[tuple[Node, Node]]) -> set[Node]:
    """`top` and all that was folded into it, through any number of folds, given as (child, parent)."""
    children: defaultdict[Node, list[Node]] = defaultdict(list)
    for child, parent in folds:
        children[parent].append(child)
    found, open_ones = {top}, [top]
    while open_ones:
        for child in children[open_ones.pop()]:
            if child not in found:
                found.add(child)
                open_ones.append(child)
    return found
