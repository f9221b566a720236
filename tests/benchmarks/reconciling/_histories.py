"""The histories themselves. A history is a row of acts drawn from a seed; what is refused is part of it, what breaks is not."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from django.db import connection

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards, undoing, values
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import queue
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.errors import DomainError
from elicitation.graph.actions.endorsing import endorse, take_back
from elicitation.graph.models import Endorsement, Evidence, Fold, Tally, Value
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.reconciling._cards import Hall, hall
from tests.deliberation.moderation._state import state

MANY = int(os.environ.get("HISTORIES", "10000"))
ACTS = 10  # in a history
BEGUN = 3  # cards accepted before it begins
WHY = Why("A reason.")
K = Decision.Kind


@dataclass(slots=True)
class Seen:
    """What all histories came to."""

    acts: Counter[str] = field(default_factory=Counter)
    undone: int = 0
    inexact: int = 0
    broken: list[str] = field(default_factory=list)
    circles: int = 0
    double: int = 0
    miscounted: int = 0
    lost: int = 0


def figures() -> Iterator[Figure]:
    """Every figure of the issue's row on random histories."""
    seen, start = Seen(), perf_counter()
    for n in range(MANY):
        history(hall(), random.Random(SEED + n), seen)
    seconds = perf_counter() - start
    told = ", ".join(f"{n} {act}" for act, n in sorted(seen.acts.items()))
    yield Figure(f"histories ({told})", MANY, 10000)
    yield Figure("errors that are no refusal" + "".join(f" [{e}]" for e in seen.broken[:3]), len(seen.broken), 0, most=True)  # fmt: skip
    yield Figure("folds that form no forest, or roots that are not its roots", seen.circles, 0, most=True)  # fmt: skip
    yield Figure("people with two votes at one root", seen.double, 0, most=True)
    yield Figure("tallies that are not what a recount gives", seen.miscounted, 0, most=True)
    yield Figure("ids ever made that resolve to no value that stands or fell silent", seen.lost, 0, most=True)  # fmt: skip
    yield Figure("decisions undone at once", seen.undone, MANY)
    yield Figure("of them that did not bring the state back exactly", seen.inexact, 0, most=True)
    yield Figure("a history", 1000 * seconds / MANY, 2000, "ms", most=True)


def history(here: Hall, draw: random.Random, seen: Seen) -> None:
    """Some acts, each by somebody, now and then two at once; then everything is looked at."""
    made: set[object] = set()
    for card in here.cards[:BEGUN]:
        cards.accept(here.benches[0], card, card.version)
    for _ in range(ACTS):
        if draw.random() < 0.1:
            _two_at_once(here, draw, seen)
        else:
            _act(here, draw, seen, alone=True)
        made |= set(here.inquiry.values.values_list("pk", flat=True))
    _look(here, seen, made)


def _act(here: Hall, draw: random.Random, seen: Seen, *, alone: bool) -> None:
    name, act = draw.choice(CHOICES)
    before = state(here.inquiry) if alone and act in DECIDING else None
    try:
        decision = act(here, draw)
    except DomainError:
        seen.acts["refused"] += 1
        return
    except Exception as broken:  # noqa: BLE001  whatever it is, it is what we look for
        seen.broken.append(f"{name}: {broken!r}")
        return
    if decision is None and act in DECIDING:
        return
    seen.acts[name] += 1
    if before is not None and isinstance(decision, Decision) and draw.random() < 0.4:
        try:
            undoing.undo(draw.choice(here.benches), decision, BY_MISTAKE)
        except Exception as broken:  # noqa: BLE001
            seen.broken.append(f"undo of {name}: {broken!r}")
            return
        seen.undone += 1
        seen.inexact += state(here.inquiry) != before


def _two_at_once(here: Hall, draw: random.Random, seen: Seen) -> None:
    def work(own: random.Random) -> None:
        try:
            _act(here, own, seen, alone=False)
        finally:
            connection.close()

    hands = [threading.Thread(target=work, args=(random.Random(draw.random()),)) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def _standing(here: Hall) -> list[Value]:
    return list(here.inquiry.values.standing())  # type: ignore[attr-defined]


def _accept(here: Hall, draw: random.Random) -> Decision | None:
    waiting = list(queue(here.assembly))
    if not waiting:
        return None
    card = draw.choice(waiting)
    return cards.accept(draw.choice(here.benches), card, card.version)


def _merge(here: Hall, draw: random.Random) -> Decision | None:
    waiting, there = list(queue(here.assembly)), list(here.inquiry.values.all())
    if not waiting or not there:
        return None
    card = draw.choice(waiting)
    return cards.merge(draw.choice(here.benches), card, card.version, draw.choice(there), WHY)


def _fold(here: Hall, draw: random.Random) -> Decision | None:
    there = _standing(here)
    if len(there) < 2:
        return None
    one, other = draw.sample(there, 2)
    seen = {value.pk: value.version for value in (one, other)}
    return values.fold(draw.choice(here.benches), one, other, seen, WHY)


def _split(here: Hall, draw: random.Random) -> Decision | None:
    many = [v for v in _standing(here) if Evidence.objects.filter(value__root=v).count() > 1]
    if not many:
        return None
    value = draw.choice(many)
    inside = [e.candidate for e in Evidence.objects.filter(value__root=value)]
    some = draw.sample(inside, draw.randint(1, len(inside) - 1))
    return values.split(draw.choice(here.benches), value, some, value.version, WHY)


def _word(here: Hall, draw: random.Random) -> Decision | None:
    there = _standing(here)
    if not there:
        return None
    value = draw.choice(there)
    words = (f"Worded {draw.random():.6f}", draw.choice([value.policies, ["SHADE"]]))
    return values.reword(draw.choice(here.benches), value, words, value.version, WHY)


def _undo(here: Hall, draw: random.Random) -> object:
    living = list(here.assembly.decisions.living())  # type: ignore[attr-defined]
    if not living:
        return None
    how = draw.choice([undoing.undo, undoing.undo_chain])
    return how(draw.choice(here.benches), draw.choice(living), BY_MISTAKE)


def _vote(here: Hall, draw: random.Random) -> object:
    there = list(here.inquiry.values.all())  # folded ones too: a page may have been open
    return there and endorse(draw.choice(here.people), draw.choice(there), draw.choice([1, 0, -1]))  # type: ignore[arg-type]


def _back(here: Hall, draw: random.Random) -> object:
    there = list(here.inquiry.values.all())
    return there and take_back(draw.choice(here.people), draw.choice(there))


def _withdraw(here: Hall, draw: random.Random) -> object:
    card = draw.choice(here.cards)
    return taking_part.withdraw(card.reading.revision.response)


DECIDING: set[Callable[[Hall, random.Random], object]] = {_accept, _merge, _fold, _split, _word}
CHOICES: list[tuple[str, Callable[[Hall, random.Random], object]]] = [
    *[("accept", _accept)] * 5,
    *[("merge", _merge)] * 4,
    *[("fold", _fold)] * 5,
    *[("split", _split)] * 3,
    *[("word", _word)] * 2,
    *[("undo", _undo)] * 3,
    *[("vote", _vote)] * 6,
    *[("take back", _back)] * 1,
    *[("withdraw", _withdraw)] * 1,
]


def _look(here: Hall, seen: Seen, made: set[object]) -> None:
    parents = dict(
        Fold.objects.living().filter(child__inquiry=here.inquiry).values_list("child", "parent")
    )
    roots = dict(here.inquiry.values.values_list("pk", "root"))
    for pk, root in roots.items():
        top, steps = pk, 0
        while top in parents and steps <= len(roots):
            top, steps = parents[top], steps + 1
        seen.circles += top != root
    undone = Decision.objects.filter(assembly=here.assembly).exclude(undone_at=None)
    undone_ids = {str(pk) for one in undone for pk in (one.value_id, one.other_id) if pk}
    seen.lost += sum(1 for pk in made if pk not in roots and str(pk) in undone_ids)
    standing = Endorsement.objects.standing().filter(value__inquiry=here.inquiry)
    pairs = Counter(standing.values_list("respondent", "value__root"))
    seen.double += sum(n > 1 for n in pairs.values())
    for value in _standing(here):
        tally = Tally.objects.filter(value=value).first()
        told = (tally.agrees, tally.passes, tally.disagrees) if tally else (0, 0, 0)
        said = Counter(standing.filter(value__root=value).values_list("says", flat=True))
        seen.miscounted += told != (said[1], said[0], said[-1])
