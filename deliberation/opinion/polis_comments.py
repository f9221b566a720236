"""comments.csv of a Polis export: the statements, and whether the votes bear out what it counts. Free of Django and NumPy."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from deliberation.opinion.conversation import Log, Mismatch, Statement
from deliberation.opinion.polis_tables import Choice, PolisTable, milliseconds, open_polis

MODERATED = Choice(
    {"1": 1, "0": 0, "-1": -1}, "Write 1 for accepted, -1 for rejected, 0 for not looked at."
)
TRUTH = Choice({"true": 1, "false": 0, "1": 1, "0": 0, "": 0}, "Write true or false.")
AGREE, DISAGREE = 1, -1
SIDES = {"agrees": AGREE, "disagrees": DISAGREE}


def read_statements(path: Path, turn: int) -> dict[int, Statement]:
    """Every statement by its id. `turn`: -1 where agree and disagree stand the wrong way round. Raises PolisFileError."""
    table = open_polis(path)
    which, moderated = table.place("comment-id"), table.place("moderated")
    body = table.optional("comment-body")
    found: dict[int, Statement] = {}
    for line, cells in table.rows():
        number = table.whole(line, cells, which)
        if number in found:
            why = f"statement {number} stands further up already. Keep one of the two."
            raise table.wrong(line, which, "statement_twice", why)
        agrees, disagrees = [_whole(table, line, cells, side) for side in SIDES][::turn]
        time = _whole(table, line, cells, "timestamp")
        found[number] = Statement(
            id=number,
            text="" if body is None else cells[body],
            moderated=table.chosen(line, cells, moderated, MODERATED),
            is_meta=_truth(table, line, cells, "is-meta"),
            is_seed=_truth(table, line, cells, "is-seed"),
            agrees=agrees,
            disagrees=disagrees,
            author=_whole(table, line, cells, "author-id"),
            time=None if time is None else milliseconds(time),
        )
    return found


def _whole(table: PolisTable, line: int, cells: list[str], column: str) -> int | None:
    place = table.optional(column)
    return None if place is None or not cells[place] else table.whole(line, cells, place)


def _truth(table: PolisTable, line: int, cells: list[str], column: str) -> bool:
    place = table.optional(column)
    return place is not None and bool(table.chosen(line, cells, place, TRUTH))


def miscounted(
    file: str, statements: Mapping[int, Statement], log: Log, *, whole: bool
) -> Iterator[Mismatch]:
    """Counts the votes do not bear out. Polis counts every vote, one changed later too; other exports only the last of each person.

    `whole`: whether the log holds votes changed later; if not, a file may rightly count more than the log.
    """
    every = Counter(zip(log.statements, log.signs, strict=True))
    doubtful = [
        (one, side, stated)
        for one in statements.values()
        for side, stated in (("agrees", one.agrees), ("disagrees", one.disagrees))
        if stated is not None and stated != every[one.id, SIDES[side]]
    ]
    if not whole:
        doubtful = [d for d in doubtful if d[2] < every[d[0].id, SIDES[d[1]]]]
    last = _last(log, {one.id for one, _, _ in doubtful}) if whole else every
    for one, side, stated in doubtful:
        if not whole or stated != last[one.id, SIDES[side]]:
            counted = every[one.id, SIDES[side]]
            yield Mismatch(file, f"{side} of statement {one.id}", stated, counted)


def _last(log: Log, wanted: set[int]) -> Counter[tuple[int, int]]:
    """Last votes by statement and sign, of the statements wanted."""
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for person, statement, time, sign in zip(
        log.people, log.statements, log.times, log.signs, strict=True
    ):
        if statement in wanted:
            before = latest.get((person, statement), (time, sign))
            if time >= before[0]:
                latest[person, statement] = time, sign
    return Counter((statement, sign) for (_, statement), (_, sign) in latest.items())
