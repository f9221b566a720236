"""What each kind of decision changes, what it takes as given, and what therefore has to be undone first. Free of Django.

A decision depends on an earlier one where it took as given what the earlier one wrote. Undoing is exact as long as nothing that
depends on a decision still stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

D = TypeVar("D")
PLACE, BEING, ROOT, MEMBERS, WORDS, CONTEXT, SHOWN = (
    "place",
    "being",
    "root",
    "members",
    "words",
    "context",
    "shown",
)


class Aspect(NamedTuple):
    """One aspect of a card, a rule, a value, a norm, an answer or a proposal."""

    thing: UUID
    of: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a decision wrote, and what it took as given."""

    wrote: frozenset[Aspect] = frozenset()
    took: frozenset[Aspect] = frozenset()


@dataclass(frozen=True, slots=True)
class What:
    """What a decision is about; None and empty for what it is not about. `value` and `other` as Decision has them."""

    kind: str
    card: UUID | None = None
    value: UUID | None = None
    other: UUID | None = None
    answer: UUID | None = None
    rule: UUID | None = None
    norm: UUID | None = None
    proposal: UUID | None = None
    cards: Sequence[UUID] = field(default=())
    reworded: bool = False


def reach(what: What) -> Reach:
    """How far a decision reaches. Raises KeyError for a kind nobody decided how to undo."""
    wrote, took = REACHES[what.kind](what)
    return Reach(_real(wrote), _real(took))


def _real(aspects: Iterable[tuple[UUID | None, str]]) -> frozenset[Aspect]:
    return frozenset(Aspect(thing, of) for thing, of in aspects if thing)


Aspects = list[tuple[UUID | None, str]]
Told = tuple[Aspects, Aspects]


def _accept(w: What) -> Told:
    return [(w.card, PLACE), (w.value, BEING)], [(w.card, PLACE)]


def _merge(w: What) -> Told:
    return [(w.card, PLACE)], [(w.card, PLACE), (w.value, BEING)]


def _card(w: What) -> Told:
    return [(w.card, PLACE)], [(w.card, PLACE)]


def _ask(w: What) -> Told:
    return [], [(w.card, PLACE)]


def _fold(w: What) -> Told:
    wrote: Aspects = [(w.value, ROOT), (w.other, MEMBERS)]
    child: Aspects = [(w.value, of) for of in (BEING, ROOT, MEMBERS)]
    return wrote, [*child, (w.other, BEING), (w.other, ROOT)]


def _split(w: What) -> Told:
    places: Aspects = [(card, PLACE) for card in w.cards]
    words: Aspects = [(w.value, WORDS)] if w.reworded else []
    given: Aspects = [(w.value, of) for of in (BEING, ROOT, MEMBERS)]
    return [(w.other, BEING), *places, *words], [*given, *places, *words]


def _word(w: What) -> Told:
    return [(w.value, WORDS)], [(w.value, WORDS), (w.value, BEING)]


def _move(w: What) -> Told:
    return [(w.value, CONTEXT)], [(w.value, CONTEXT), (w.value, BEING)]


def _hide(w: What) -> Told:
    return [(w.answer, SHOWN)], [(w.answer, SHOWN)]


def _restore(w: What) -> Told:
    return _hide(w) if w.answer else _card(w)


def _accept_rule(w: What) -> Told:
    return [(w.rule, PLACE), (w.norm, BEING)], [(w.rule, PLACE)]


def _join_rule(w: What) -> Told:
    return [(w.rule, PLACE)], [(w.rule, PLACE), (w.norm, BEING)]


def _proposal(w: What) -> Told:
    return [(w.proposal, SHOWN)], [(w.proposal, SHOWN)]


def _drop_rule(w: What) -> Told:
    return [(w.rule, PLACE)], [(w.rule, PLACE)]


REACHES: Mapping[str, Callable[[What], Told]] = {
    "accept": _accept,
    "merge": _merge,
    "fold": _fold,
    "split": _split,
    "rename": _word,
    "edit": _word,
    "move": _move,
    "send_back": _ask,
    "hide": _hide,
    "reject": _card,
    "restore": _restore,
    "accept_rule": _accept_rule,
    "join_rule": _join_rule,
    "drop_rule": _drop_rule,
    "remove_rule": _join_rule,
    "show_ai": _proposal,
    "drop_ai": _proposal,
}


def chain(last: D, dependents: Callable[[D], Iterable[D]], when: Callable[[D], Any]) -> list[D]:
    """`last` with all that depends on it, directly or through others, in the order in which they are to be undone: newest first."""
    found, open_ones = [last], [last]
    while open_ones:
        for one in dependents(open_ones.pop()):
            if one not in found:
                found.append(one)
                open_ones.append(one)
    return sorted(found, key=when, reverse=True)
