"""What a sealed list of people holds, opened for who may see it, and what of it can be told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.assemblies.models import Lot, Pool
from deliberation.assemblies.sealed import POOLS, opened
from deliberation.assemblies.sortition import lots, pools
from deliberation.assemblies.sortition.errors import PoolErased, PoolUnfit
from deliberation.assemblies.sortition.lots import Answer, Fault, Quota
from deliberation.assemblies.sortition.pools import People

MOST_ANSWERS = 40
MOST_STRATA = 10
LINES_NAMED = 10
UNREADABLE = {
    "too_large": gettext_lazy("The file is larger than 10 MB."),
    "too_many": gettext_lazy("The list is longer than 20,000 people."),
    "not_text": gettext_lazy("This is no text file. Save the list as CSV (UTF-8)."),
    "not_csv": gettext_lazy("The file cannot be read from line %(line)s on: a quotation mark is not closed, or closes too early."),
    "no_columns": gettext_lazy("The first line has to name every column."),
    "twice_a_column": gettext_lazy("Two columns have the same name. Give each its own."),
    "nobody": gettext_lazy("The list names nobody."),
    "ragged": gettext_lazy("Line %(line)s has more or fewer cells than the first line has columns."),
    "no_such_column": gettext_lazy("The file has no column with the ids, as the list it belongs to has."),
}  # fmt: skip
FAULTS = {
    "least_above_most": gettext_lazy("%(column)s, %(said)s: the least (%(wanted)s) is more than the most (%(there)s)."),
    "too_few_in_pool": gettext_lazy("%(column)s, %(said)s: %(wanted)s at least are asked for, and %(there)s can be drawn."),
    "least_above_seats": gettext_lazy("%(column)s: together %(wanted)s at least are asked for, and there are %(there)s seats."),
    "most_below_seats": gettext_lazy("%(column)s: %(there)s at most may be drawn, and there are %(wanted)s seats."),
}  # fmt: skip

WORDS_MISSING = gettext_lazy("Write down some words, 200 characters at most.")


def unreadable(wrong: pools.PoolUnreadable) -> PoolUnfit:
    """The refusal of a file, in words."""
    return PoolUnfit(why=UNREADABLE[wrong.code] % {"line": wrong.line})


def content_of(pool: Pool) -> bytes:
    """The file, byte for byte. Raises PoolErased."""
    content = opened(POOLS, bytes(pool.content)) if pool.content is not None else None
    if content is None:
        raise PoolErased
    return content


def people_of(pool: Pool) -> People:
    """The list, taken apart. Raises PoolErased."""
    return pools.read(content_of(pool))


def ensure_fit(people: People, id_column: str, strata: Sequence[str], homes: Sequence[str]) -> None:
    """Raises PoolUnfit where a column is not there, an id is missing or not one person's, or a column has too many answers for quotas."""
    known = set(people.columns)
    if id_column not in known or not set(strata) | set(homes) <= known or id_column in strata:
        raise PoolUnfit(why=_("Choose the column with the ids, and other columns for quotas."))
    if not 1 <= len(strata) <= MOST_STRATA:
        raise PoolUnfit(why=_("Choose one to ten columns for quotas."))
    if lines := _unfit_ids(people, id_column):
        named = ", ".join(map(str, lines[:LINES_NAMED]))
        raise PoolUnfit(why=_("Ids are missing, or stand more than once, in these lines: %(lines)s.") % {"lines": named})  # fmt: skip
    for column in strata:
        if len(set(people.column(column))) > MOST_ANSWERS:
            raise PoolUnfit(why=_("%(column)s has more than 40 different answers: put them together into few kinds first.") % {"column": column})  # fmt: skip


def quotas_of(
    people: People,
    bounds: Mapping[str, Mapping[str, tuple[int, int]]],
    left_out: Sequence[int] = (),
) -> list[Quota]:
    """Bounds (by column, by answer) beside how many of the pool say each, without those left out."""
    out = set(left_out)
    quotas = []
    for column, answers in bounds.items():
        cells = [cell for n, cell in enumerate(people.column(column)) if n not in out]
        there = lots.counted(cells)
        told = [Answer(said, there.get(said, 0), *pair) for said, pair in answers.items()]
        quotas.append(Quota(column, tuple(told)))
    return quotas


def in_words(found: Sequence[Fault]) -> str:
    """Faults of quotas as sentences."""
    return " ".join(
        FAULTS[one.code] % {"column": one.column, "said": one.said or _("no answer"), "wanted": one.wanted, "there": one.there}
        for one in found
    )  # fmt: skip


def housemates(people: People, homes: Sequence[str]) -> list[int] | None:
    """Of each person the number of their household, where columns tell it; an empty address is a household of its own."""
    if not homes:
        return None
    numbers: dict[tuple[str, ...], int] = {}
    columns = [[cell.casefold() for cell in people.column(name)] for name in homes]
    told = []
    for n, address in enumerate(zip(*columns, strict=True)):
        key = address if any(address) else (f"\x00{n}",)
        told.append(numbers.setdefault(key, len(numbers)))
    return told


def as_rows(quotas: Sequence[Quota]) -> list[dict[str, Any]]:
    """Quotas as they are kept and committed to."""
    return [
        {
            "column": quota.column,
            "answers": [
                {"said": a.said, "in_pool": a.in_pool, "least": a.least, "most": a.most}
                for a in quota.answers
            ],
        }
        for quota in quotas
    ]


def as_quotas(rows: Sequence[Mapping[str, Any]]) -> list[Quota]:
    return [Quota(row["column"], tuple(Answer(**one) for one in row["answers"])) for row in rows]


def told(lot: Lot, people: int) -> dict[str, Any]:
    """What everybody is told of a draw from the moment it is committed to: who it is for, quotas, and no number of fewer than ten people of the pool.

    Of a draw that replaces some people only how many it may draw from: what is left of the quotas would tell what those people are.
    """
    if lot.replaces_id:
        return {"people": people, "quotas": []}
    rows = [{**row, "answers": lots.withheld(row["answers"])} for row in lot.quotas]
    return {"people": people, "quotas": rows}


def drawn_told(people: People, lot: Lot) -> dict[str, dict[str, int]]:
    """How many of each answer were drawn, by column; nothing of a draw that replaces some people, or of fewer than ten."""
    if lot.replaces_id or lot.seats < lots.FEWEST_TOLD:
        return {}
    return composed(people, [row["column"] for row in lot.quotas], lot.drawn)


def composed(
    people: People, columns: Sequence[str], who: Sequence[int]
) -> dict[str, dict[str, int]]:
    """How many of these people say what, by column."""
    cells = {column: people.column(column) for column in columns}
    return {column: lots.counted([cells[column][one] for one in who]) for column in columns}


def as_draw(lot: Lot) -> dict[str, Any]:
    """A draw as the files to check it by hold it."""
    return {
        "format": "groundwork-lots/1",
        "salt": lot.salt,
        "seats": lot.seats,
        "method": lot.method,
        "method_used": lot.method_used,
        "id": lot.pool.id_column,
        "homes": lot.pool.homes,
        "quotas": lot.quotas,
        "left_out": lot.left_out,
        "commitment": lot.commitment,
        "panels": lot.panels,
        "tickets": lot.tickets,
        "lottery": lot.lottery_digest,
        "number": lot.number,
        "number_digest": lot.number_digest,
        "words": lot.words,
        "ticket": lot.ticket,
        "drawn": lot.drawn,
    }


def seated(lot: Lot) -> list[int]:
    """Who holds a seat after a draw and those it goes back on: everybody drawn who did not decline."""
    chain, held = [lot], set(lot.drawn)
    while chain[-1].replaces:
        chain.append(chain[-1].replaces)
        held |= set(chain[-1].drawn)
    for one in chain:
        held -= set(one.declined)
    return sorted(held)


def numbers_of(people: People, column: str, ids: Sequence[str]) -> dict[str, int]:
    """The row of each id that is there."""
    there = {one: n for n, one in enumerate(people.column(column))}
    return {one: there[one] for one in ids if one in there}


def _unfit_ids(people: People, column: str) -> list[int]:
    places: dict[str, list[int]] = defaultdict(list)
    for one, line in zip(people.column(column), people.lines, strict=True):
        places[one].append(line)
    unfit = [lines for one, lines in places.items() if not one or len(lines) > 1]
    return sorted(line for lines in unfit for line in lines)
