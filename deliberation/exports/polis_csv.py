"""A conversation as the files of a Polis export, for Polis' own tools and those of its users (openData form, docs/researchers/polis.md). Free of Django.

Agree is 1, disagree -1, pass 0; lines end in LF; a cell is quoted only where it has to be. votes.csv is the whole log, and comments.csv counts all of it, as
Polis does; in participants-votes.csv the last vote of a pair counts, of two at one time the later line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.exports.csv_form import harmless
from deliberation.opinion.conversation import Conversation, Statement

Ints = NDArray[np.int64]
SUMMARY = (
    "topic",
    "url",
    "views",
    "voters",
    "voters-in-conv",
    "commenters",
    "comments",
    "groups",
    "conversation-description",
)
PARTICIPANT = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
OLDER = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")  # fmt: skip
NEWER = (*OLDER[:1], *OLDER[2:-1], "is-meta", "is-seed", "group-informed-consensus", OLDER[-1])
QUOTED = re.compile('[",\r\n]')


def lines(file: str, held: Conversation) -> Iterator[str]:
    """The lines of a file, each with its end. Raises KeyError for one that this conversation cannot have: see `files`."""
    return files(held)[file](held)


def files(held: Conversation) -> Mapping[str, Callable[[Conversation], Iterator[str]]]:
    """How each file is made; no votes.csv where nothing is known of when somebody voted."""
    made = {
        "summary.csv": _summary,
        "comments.csv": _comments,
        "votes.csv": _votes,
        "participants-votes.csv": _participants,
    }
    if not any(held.log.times):
        del made["votes.csv"]
    return made


def _line(cells: Iterable[object]) -> str:
    return ",".join(_cell(str(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def _summary(held: Conversation) -> Iterator[str]:
    others = sorted(held.summary.keys() - set(SUMMARY))
    for key in (*SUMMARY, *others):
        if key in held.summary:
            yield _line((key, harmless(held.summary[key])))


def _comments(held: Conversation) -> Iterator[str]:
    """In the form of 2023 where a statement is meta or a seed, which the other cannot tell; that form has no date in words."""
    counts = Counter(zip(held.log.statements, held.log.signs, strict=True))
    newer = any(one.is_meta or one.is_seed for one in held.statements.values())
    yield _line(NEWER if newer else OLDER)
    for number in sorted(held.statements):
        one = held.statements[number]
        told = (number, _known(one.author), counts[number, 1], counts[number, -1], one.moderated)
        text = harmless(one.text)
        if newer:
            yield _line((_known(one.time), *told, _truth(one.is_meta), _truth(one.is_seed), "", text))  # fmt: skip
        else:
            date = "" if one.time is None else _date(one.time)
            yield _line((_known(one.time), date, *told, text))


def _known(number: int | None) -> object:
    return "" if number is None else number


def _truth(said: bool) -> str:
    return "true" if said else "false"


def _votes(held: Conversation) -> Iterator[str]:
    yield _line(("timestamp", "datetime", "comment-id", "voter-id", "vote"))
    log = held.log
    for at in np.lexsort((_ints(log.times), _ints(log.people), _ints(log.statements))).tolist():
        time = log.times[at]
        yield f"{time},{_date(time)},{log.statements[at]},{log.people[at]},{log.signs[at]}\n"


def _date(time: int) -> str:
    """Milliseconds since 1970 as Java writes a date, in UTC."""
    return f"{datetime.fromtimestamp(time // 1000, UTC):%a %b %d %H:%M:%S UTC %Y}"


def _participants(held: Conversation) -> Iterator[str]:
    """A row a participant who voted, a column a statement that was voted on."""
    people, columns, signs = _last(held)
    numbers, place = np.unique(columns, return_inverse=True)
    written = Counter(one.author for one in held.statements.values())
    yield _line((*PARTICIPANT, *numbers.tolist()))
    who, starts = np.unique(people, return_index=True)
    for person, start, end in zip(who.tolist(), starts.tolist(), [*starts[1:].tolist(), len(people)], strict=True):  # fmt: skip
        cells = [""] * len(numbers)
        votes = signs[start:end].tolist()
        for at, sign in zip(place[start:end].tolist(), votes, strict=True):
            cells[at] = str(sign)
        group = held.published.get(person, "")
        counts = (written[person], len(votes), votes.count(1), votes.count(-1))
        yield ",".join(map(str, (person, group, *counts, *cells))) + "\n"


def _last(held: Conversation) -> tuple[Ints, Ints, NDArray[Any]]:
    """The last vote of each pair, by person, then statement: who, on what, and what they say. (p,) each."""
    log = held.log
    people, columns = _ints(log.people), _ints(log.statements)
    order = np.lexsort((_ints(log.times), columns, people))
    people, columns = people[order], columns[order]
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = (people[1:] != people[:-1]) | (columns[1:] != columns[:-1])
    return people[ends], columns[ends], np.frombuffer(log.signs, dtype=np.int8)[order][ends]


def _ints(column: Any) -> Ints:
    return np.frombuffer(column, dtype=np.int64)
