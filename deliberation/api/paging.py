"""Pages of lists that grow: each begins behind the last row of the one before, by an index, so that a deep page costs what the first does.

A cursor is the place of a row in its list, signed: nobody makes one up, and none fits another list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    """How a list is ordered: by columns that together name one row, with an index over all of them; the whole turned round for `newest_first`."""

    columns: Sequence[str]
    newest_first: bool = False

    def by(self, back: bool) -> list[str]:
        """The columns as Django orders by them."""
        return [f"-{column}" if self.newest_first != back else column for column in self.columns]

    def behind(self, place: Sequence[str], back: bool) -> Any:
        """The condition that a row lies behind `place`, or before it for `back`."""
        lies = LessThan if self.newest_first != back else GreaterThan
        return lies(Row(*map(F, self.columns)), Row(*map(Value, place)))

    def place(self, row: Model) -> list[str]:
        """Where a row lies, as PostgreSQL reads it."""
        told = (getattr(row, column) for column in self.columns)
        return [one.isoformat() if isinstance(one, datetime) else str(one) for one in told]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the cursors of the pages on either side; "" where there is none."""

    rows: list[Any]
    next: str
    previous: str


def page(found: QuerySet[Any], order: Order, asked: tuple[str, str, int]) -> Page:
    """A page of `found`; `asked`: the name of the list, the cursor and how many rows. Raises ValidationError for a cursor that is none of this list."""
    name, cursor, most = asked
    way, place = _read(name, cursor) if cursor else (ON, None)
    back = way == BACK
    rows = found.order_by(*order.by(back))
    if place is not None:
        rows = rows.filter(order.behind(place, back))
    got = list(rows[: most + 1])
    more, got = len(got) > most, got[:most]
    if back:
        got.reverse()
    onward = got and (more if not back else True)
    backward = got and (more if back else place is not None)
    return Page(
        got,
        _cursor(name, ON, order.place(got[-1])) if onward else "",
        _cursor(name, BACK, order.place(got[0])) if backward else "",
    )


def _cursor(name: str, way: str, place: list[str]) -> str:
    return Signer(salt=f"{SIGNED} {name}").sign_object([way, place])


def _read(name: str, cursor: str) -> tuple[str, list[str]]:
    try:
        way, place = Signer(salt=f"{SIGNED} {name}").unsign_object(cursor)
    except (BadSignature, ValueError) as wrong:
        raise ValidationError({"cursor": [_("This is no place in this list. Begin without a cursor, and follow `next`.")]}) from wrong  # fmt: skip
    return way, place
