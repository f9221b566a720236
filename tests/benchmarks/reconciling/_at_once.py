"""Forty threads that fold three values into each other, again and again."""

import random
import threading
from collections import Counter
from collections.abc import Iterator

from django.db import connection

from deliberation.moderation.actions import cards, values
from deliberation.moderation.why import Why
from elicitation.errors import DomainError
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Fold, Value
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.reconciling._cards import Hall, hall

ROUNDS = 10
HANDS = 20  # of each of two moderators
WHY = Why("They are one.")


def figures() -> Iterator[Figure]:
    """Every figure of the issue's row on two moderators at once."""
    told: Counter[str] = Counter()
    more_than_once = lost = 0
    for turn in range(ROUNDS):
        here = hall(3, 30)
        three = [_accepted(here, card) for card in here.cards]
        draw = random.Random(SEED + turn)
        for person in here.people:
            for value in draw.sample(three, draw.randint(1, 3)):
                endorse(person, value, draw.choice([1, 0, -1]))  # type: ignore[arg-type]
        people = _voters(here)
        _rush(here, three, told)
        living = Fold.objects.living().filter(child__in=three).values_list("child", flat=True)
        more_than_once += len(living) - len(set(living))
        root = Value.objects.standing().get(inquiry=here.inquiry)
        tally = root.tally
        lost += len(people) - (tally.agrees + tally.passes + tally.disagrees)
        lost += len(people ^ _voters(here))
    yield Figure("values folded more than once", more_than_once, 0, most=True)
    yield Figure("attempts", sum(told.values()), ROUNDS * 2 * HANDS)
    yield Figure("of them carried out", told["folded"], ROUNDS * 2)
    yield Figure("of them told that somebody was there before", told["409"], 1)
    yield Figure("errors shown that are none of these", told["error"], 0, most=True)
    yield Figure("people whose vote was lost or counts twice", lost, 0, most=True)


def _accepted(here: Hall, card: object) -> Value:
    decision = cards.accept(here.benches[0], card, 1)  # type: ignore[arg-type]
    return Value.objects.get(pk=decision.value_id)


def _voters(here: Hall) -> set[object]:
    said = Endorsement.objects.standing().filter(value__inquiry=here.inquiry)
    return set(said.values_list("respondent", flat=True))


def _rush(here: Hall, three: list[Value], told: Counter[str]) -> None:
    gate = threading.Barrier(2 * HANDS)

    def work(n: int) -> None:
        child, parent = three[n % 3], three[(n + 1 + n // 6 % 2) % 3]
        seen = {value.pk: value.version for value in (child, parent)}
        gate.wait()
        try:
            values.fold(here.benches[n % 2], child, parent, seen, WHY)
            told["folded"] += 1
        except DomainError as refused:
            told[str(refused.status)] += 1
        except Exception:  # noqa: BLE001
            told["error"] += 1
        finally:
            connection.close()

    hands = [threading.Thread(target=work, args=(n,)) for n in range(2 * HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
