"""A conversation as the files of a Polis export, for Polis' own tools and those of its users (openData form, docs/researchers/polis.md). Free of Django.

Agree is 1, disagree -1, pass 0; lines end in LF; a cell is quoted only where it has to be. votes.csv is the whole log, and comments.csv counts all of it, as
Polis does; in participants-votes.csv the last vote of a pair counts, of two at one time the later line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter

from deliberation.exports.csv_form import harmless
from deliberation.opinion.conversation import Statement

FILES = ("summary.csv", "comments.csv", "votes.csv", "participants-votes.csv")
SUMMARY = ("topic", "url", "views", "voters", "voters-in-conv", "commenters", "comments", "groups", "conversation-description")  # fmt: skip
OLDER = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")  # fmt: skip
NEWER = (*OLDER[:1], *OLDER[2:-1], "is-meta", "is-seed", "group-informed-consensus", OLDER[-1])
PARTICIPANT = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
QUOTED = re.compile('[",\r\n]')


@dataclass(frozen=True, slots=True)
class Held:
    """What the files say. Statements carry all their agrees and disagrees; `groups`: of the participants who have one.

    `votes`: (time in ms, statement, voter, says) by statement, voter, time; `last`: (voter, statement, says), one a pair, by voter;
    `voted`: the numbers of statements in it, rising; `timed`: whether it is known when people voted. Rows are asked for anew by each file.
    """

    summary: Mapping[str, str]
    statements: Sequence[Statement]
    voted: Sequence[int]
    groups: Mapping[int, int]
    votes: Callable[[], Iterable[tuple[int, int, int, int]]]
    last: Callable[[], Iterable[tuple[int, int, int]]]
    timed: bool = True


def files(held: Held) -> list[str]:
    """The files there are: no votes.csv where nothing is known of when somebody voted."""
    return [file for file in FILES if held.timed or file != "votes.csv"]


def lines(file: str, held: Held) -> Iterator[str]:
    """The lines of a file, each with its end. Raises KeyError for one there is not."""
    if file not in files(held):
        raise KeyError(file)
    return WRITERS[file](held)


def _line(cells: Iterable[object]) -> str:
    return ",".join(_cell(str(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def _summary(held: Held) -> Iterator[str]:
    others = sorted(held.summary.keys() - set(SUMMARY))
    for key in (*SUMMARY, *others):
        if key in held.summary:
            yield _line((key, harmless(held.summary[key])))


def _comments(held: Held) -> Iterator[str]:
    """In the form of 2023 where a statement is meta or a seed, which the other cannot tell; that form has no date in words."""
    newer = any(one.is_meta or one.is_seed for one in held.statements)
    yield _line(NEWER if newer else OLDER)
    for one in held.statements:
        counts = (one.agrees or 0, one.disagrees or 0)
        told = (one.id, _known(one.author), *counts, one.moderated)
        if newer:
            kinds = (_truth(one.is_meta), _truth(one.is_seed), "")
            yield _line((_known(one.time), *told, *kinds, harmless(one.text)))
        else:
            date = "" if one.time is None else _date(one.time)
            yield _line((_known(one.time), date, *told, harmless(one.text)))


def _known(number: int | None) -> object:
    return "" if number is None else number


def _truth(said: bool) -> str:
    return "true" if said else "false"


def _votes(held: Held) -> Iterator[str]:
    yield _line(("timestamp", "datetime", "comment-id", "voter-id", "vote"))
    for time, statement, voter, says in held.votes():
        yield f"{time},{_date(time)},{statement},{voter},{says}\n"


def _date(time: int) -> str:
    """Milliseconds since 1970 as Java writes a date, in UTC."""
    return f"{datetime.fromtimestamp(time // 1000, UTC):%a %b %d %H:%M:%S UTC %Y}"


def _participants(held: Held) -> Iterator[str]:
    """A row a participant who voted, a column a statement that was voted on."""
    place = {number: at for at, number in enumerate(held.voted)}
    written = Counter(one.author for one in held.statements)
    yield _line((*PARTICIPANT, *held.voted))
    for voter, votes in groupby(held.last(), key=itemgetter(0)):
        cells = [""] * len(place)
        for _, statement, says in votes:
            cells[place[statement]] = str(says)
        agrees, disagrees, passes = (cells.count(says) for says in ("1", "-1", "0"))
        counts = (written[voter], agrees + disagrees + passes, agrees, disagrees)
        yield ",".join((*map(str, (voter, held.groups.get(voter, ""), *counts)), *cells)) + "\n"


WRITERS: Mapping[str, Callable[[Held], Iterator[str]]] = dict(
    zip(FILES, (_summary, _comments, _votes, _participants), strict=True)
)
