"""A conversation as a log of votes on statements, whatever it was read from. Free of Django and NumPy."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Log:
    """Every vote cast, those changed later too, side by side: who, on what, when (ms), and 1 agree, 0 pass or -1 disagree."""

    people: "array[int]" = field(default_factory=lambda: array("q"))
    statements: "array[int]" = field(default_factory=lambda: array("q"))
    times: "array[int]" = field(default_factory=lambda: array("q"))
    signs: "array[int]" = field(default_factory=lambda: array("b"))

    def __len__(self) -> int:
        return len(self.signs)

    def add(self, person: int, statement: int, time: int, sign: int) -> None:
        """Put a vote at the end."""
        self.people.append(person)
        self.statements.append(statement)
        self.times.append(time)
        self.signs.append(sign)


@dataclass(frozen=True, slots=True)
class Statement:
    """What people vote on. `moderated`: 1 accepted, 0 not looked at, -1 rejected; `agrees`, `disagrees`, `author`, `time` (ms): as its file says, if it does."""

    id: int
    text: str
    moderated: int
    is_meta: bool
    is_seed: bool
    agrees: int | None
    disagrees: int | None
    author: int | None = None
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number that a file states and its votes do not bear out."""

    file: str
    about: str
    stated: int
    counted: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """`source`: the file the votes are from; `published`: the group each participant had when it was exported, if any."""

    log: Log
    source: str
    statements: Mapping[int, Statement]
    published: Mapping[int, int]
    summary: Mapping[str, str]
    mismatches: tuple[Mismatch, ...]

    @property
    def moderated_out(self) -> list[int]:
        """Ids of the statements that count for nothing when people are placed: rejected, or about the conversation itself."""
        return sorted(s.id for s in self.statements.values() if s.moderated == -1 or s.is_meta)

    @property
    def meta(self) -> list[int]:
        return sorted(s.id for s in self.statements.values() if s.is_meta)
