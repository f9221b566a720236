"""Who sits with whom: tables on which people of different kinds meet. Free of Django.

A person is a number and what is known of them, a label a question ("" for nothing). Two people at one table are *alike* once for each question to which both
gave the same label; a plan is the more mixed, the fewer such likenesses its tables hold. People are dealt out by kind, like cards, then two of different
tables change places wherever that leaves fewer likenesses, until no change does. Where all tables are of one size such a plan is never less mixed than chance is on
average: taken over all changes, the mean one leads towards the mean plan (Grover 1992, doi:10.1016/0167-6377(92)90049-9, on problems of this kind), so where none
leads downwards one stands at or below it. Tables that differ by one are held to the same by tests.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

Kinds = tuple[str, ...]
Plan = list[list[int]]
MOST_CHANGES = 250_000  # looked at: every one, several times over, of 200 people


def sizes(people: int, most: int) -> list[int]:
    """How many sit at each table: as few tables as hold `most` at each, their sizes apart by one at most, the larger first."""
    tables = -(-people // most)
    return [people // tables + (n < people % tables) for n in range(tables)] if tables else []


def plan(people: Mapping[int, Kinds], most: int, seed: int) -> Plan:
    """Seat everybody once, at most `most` at a table. The same people, sizes and seed give the same plan, in whatever order people come.

    Returns the numbers at each table, in order.
    """
    tables = _dealt(people, sizes(len(people), most), seed)
    held = [[Counter(labels) for labels in _columns(people, table)] for table in tables]
    left, changed = MOST_CHANGES, True
    while changed and left > 0:
        changed = False
        for a, b in combinations(range(len(tables)), 2):
            left -= len(tables[a]) * len(tables[b])
            changed |= _change(people, (tables[a], tables[b]), (held[a], held[b]))
    return [sorted(table) for table in tables]


def likenesses(people: Mapping[int, Kinds], tables: Sequence[Sequence[int]]) -> int:
    """How many likenesses all tables hold together."""
    return sum(
        n * (n - 1) // 2
        for table in tables
        for labels in _columns(people, table)
        for label, n in Counter(labels).items()
        if label
    )


def by_chance(people: Mapping[int, Kinds], of_sizes: Sequence[int]) -> float:
    """How many likenesses tables of these sizes hold on average where chance alone seats people."""
    pairs = len(people) * (len(people) - 1) / 2
    together = sum(size * (size - 1) / 2 for size in of_sizes)
    return likenesses(people, [list(people)]) * together / pairs if pairs else 0.0


def _dealt(people: Mapping[int, Kinds], of_sizes: Sequence[int], seed: int) -> Plan:
    """People in the order of their kinds, by lot within one, dealt out one by one to the tables that have room."""
    dealer = random.Random(seed)  # noqa: S311  # nosec B311  a published seed, no secret
    lots = {person: dealer.random() for person in sorted(people)}
    tables: Plan = [[] for _ in of_sizes]
    for n, person in enumerate(sorted(people, key=lambda one: (people[one], lots[one]))):
        tables[n % len(tables)].append(person)
    return tables


def _columns(people: Mapping[int, Kinds], table: Sequence[int]) -> list[tuple[str, ...]]:
    """The labels at a table, by question."""
    questions = len(next(iter(people.values()), ()))
    return [tuple(people[person][q] for person in table) for q in range(questions)]


def _change(
    people: Mapping[int, Kinds],
    tables: tuple[list[int], list[int]],
    held: tuple[list[Counter[str]], list[Counter[str]]],
) -> bool:
    """Let people of two tables change places wherever that leaves fewer likenesses. Returns whether any did."""
    changed = False
    for i in range(len(tables[0])):
        for j in range(len(tables[1])):
            one, other = people[tables[0][i]], people[tables[1][j]]
            if _gain(one, other, held) > 0:
                tables[0][i], tables[1][j] = tables[1][j], tables[0][i]
                _move(one, other, held)
                changed = True
    return changed


def _gain(one: Kinds, other: Kinds, held: tuple[list[Counter[str]], list[Counter[str]]]) -> int:
    """How many likenesses fewer there are once `one` of the first table and `other` of the second have changed places."""
    gain = 0
    for question, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        if mine != theirs:
            here, there = held[0][question], held[1][question]
            gain += (here[mine] - 1 - there[mine]) if mine else 0
            gain += (there[theirs] - 1 - here[theirs]) if theirs else 0
    return gain


def _move(one: Kinds, other: Kinds, held: tuple[list[Counter[str]], list[Counter[str]]]) -> None:
    for question, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        held[0][question].update({mine: -1, theirs: 1} if mine != theirs else {})
        held[1][question].update({mine: 1, theirs: -1} if mine != theirs else {})
