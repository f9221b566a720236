"""participants-votes.csv of a Polis export: a row a participant, a column a statement. Free of Django and NumPy."""

from collections import Counter
from pathlib import Path

from deliberation.opinion.conversation import Log, Mismatch
from deliberation.opinion.polis_tables import LARGEST, Choice, open_polis

VOTE = Choice({"1": 1, "0": 0, "-1": -1}, "Write 1 for agree, -1 for disagree, 0 for pass.")
CELL = Choice({**VOTE.words}, f"{VOTE.told} Leave it empty for no vote.")
COUNTS = {"n-agree": 1, "n-disagree": -1}
FACTS = ("participant", "xid", "group-id", "n-comments", "n-votes", *COUNTS)


class Matrix:
    """What the file holds: `published`, the group of each participant who had one; `mismatches`; and the votes by `keep`."""

    def __init__(self, path: Path) -> None:
        """Read the header. Raises PolisFileError."""
        self.published: dict[int, int] = {}
        self.mismatches: list[Mismatch] = []
        self._table = open_polis(path)
        self._who = self._table.place("participant")
        self._group = self._table.optional("group-id")
        self._statements: list[tuple[int, int]] = []
        for place, name in enumerate(self._table.columns):
            if name.isdecimal() and int(name) <= LARGEST:
                self._statements.append((place, int(name)))
            elif name and name not in FACTS:
                why = "neither a fact about a participant nor the number of a statement. Take the column out."
                raise self._table.wrong(1, place, "unknown_column", why)

    def read(self, log: Log | None, turn: int) -> None:
        """Take in every row, its votes into `log` if there is one, turned by `turn`. Raises PolisFileError."""
        seen: dict[int, int] = {}
        for line, cells in self._table.rows():
            person = self._table.whole(line, cells, self._who)
            if person in seen:
                why = f"participant {person} stands on line {seen[person]} already. Keep one of the two."
                raise self._table.wrong(line, self._who, "participant_twice", why)
            seen[person] = line
            if self._group is not None and cells[self._group].strip():
                self.published[person] = self._table.whole(line, cells, self._group)
            votes = self._votes(line, cells)
            self._compare(line, cells, person, Counter(sign for _, sign in votes))
            if log is not None:
                for statement, sign in votes:
                    log.add(person, statement, 0, turn * sign)

    def _votes(self, line: int, cells: list[str]) -> list[tuple[int, int]]:
        words = CELL.words
        try:
            return [(one, words[cells[place]]) for place, one in self._statements if cells[place]]
        except KeyError:
            return [
                (one, self._table.chosen(line, cells, place, CELL))
                for place, one in self._statements
                if cells[place].strip()
            ]

    def _compare(self, line: int, cells: list[str], person: int, counts: Counter[int]) -> None:
        for column, sign in COUNTS.items():
            place = self._table.optional(column)
            if place is not None and cells[place].strip():
                stated = self._table.whole(line, cells, place)
                if stated != counts[sign]:
                    about = f"{column} of participant {person}"
                    self.mismatches.append(Mismatch(self._table.name, about, stated, counts[sign]))
