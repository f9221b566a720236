"""Pages of lists that grow: each begins behind the last row of the one before, by an index, so that a deep page costs what the first does.

A cursor is the place of a row in its list, signed: nobody makes one up, and none fits another list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

SIGNED = "api.cursor"
ON, BACK = "on", "back"


class Row(Func):
    """Columns side by side, compared as PostgreSQL compares rows: by the first that differs, and with one index over all."""

    function = "ROW"
    output_field = BooleanField()  # of no use: rows are compared, never read


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered: by columns that together name one row, with an index over all of them; the whole turned round for `newest_first`.

    `within`: a column before these, of which a list has a few keys, in whose order its parts follow each other. Each part is asked for by itself: PostgreSQL
    begins in the middle of an index where the first column is equal and the others are behind a row, and nowhere else.
    """

    columns: Sequence[str]
    newest_first: bool = False
    within: str = ""

    def by(self, back: bool) -> list[str]:
        """The columns as Django orders by them."""
        return [f"-{column}" if self.newest_first != back else column for column in self.columns]

    def behind(self, place: Sequence[str], back: bool) -> Any:
        """The condition that a row lies behind `place`, or before it for `back`."""
        lies = LessThan if self.newest_first != back else GreaterThan
        return lies(Row(*map(F, self.columns)), Row(*map(Value, place)))

    def place(self, row: Model) -> list[str]:
        """The part a row lies in, "" where there are none, and where it lies, as PostgreSQL reads it."""
        told = [getattr(row, column) for column in self.columns]
        texts = [one.isoformat() if isinstance(one, datetime) else str(one) for one in told]
        return [str(getattr(row, self.within)) if self.within else "", *texts]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the cursors of the pages on either side; "" where there is none."""

    rows: list[Any]
    next: str
    previous: str


def page(
    found: QuerySet[Any],
    order: Order,
    asked: tuple[str, str, int],
    parts: Iterable[UUID] = (),
) -> Page:
    """A page of `found`; `asked`: the name of the list, the cursor and how many rows; `parts`: the keys of an order that has parts.

    Raises ValidationError for a cursor that is none of this list.
    """
    name, cursor, most = asked
    way, place = _read(name, cursor) if cursor else (ON, [])
    back = way == BACK
    got: list[Any] = []
    for part in _parts(order, parts, place, back):
        rows = found.filter(**{order.within: part}) if order.within else found
        if place and part == place[0]:
            rows = rows.filter(order.behind(place[1:], back))
        got += rows.order_by(*order.by(back))[: most + 1 - len(got)]
        if len(got) > most:
            break
    more, got = len(got) > most, got[:most]
    if back:
        got.reverse()
    onward = got and (more or back)
    backward = got and (more if back else place)
    return Page(
        got,
        _cursor(name, ON, order.place(got[-1])) if onward else "",
        _cursor(name, BACK, order.place(got[0])) if backward else "",
    )


def _parts(order: Order, parts: Iterable[UUID], place: Sequence[str], back: bool) -> list[str]:
    """The parts of a list from a place on, in the order they are read; one without a name where it has none."""
    if not order.within:
        return [""]
    keys = sorted(map(str, parts), reverse=back)
    return [key for key in keys if not place or (key <= place[0] if back else key >= place[0])]


def _cursor(name: str, way: str, place: list[str]) -> str:
    return Signer(salt=f"{SIGNED} {name}").sign_object([way, place])


def _read(name: str, cursor: str) -> tuple[str, list[str]]:
    try:
        way, place = Signer(salt=f"{SIGNED} {name}").unsign_object(cursor)
    except (BadSignature, ValueError) as wrong:
        raise ValidationError({"cursor": [_("This is no place in this list. Begin without a cursor, and follow `next`.")]}) from wrong  # fmt: skip
    return way, place
