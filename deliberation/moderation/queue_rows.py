"""The columns every select of the queue has, and how one is made of rows: what what_waits.py is written in."""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    CharField,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from deliberation.moderation.models import Thing

Rows = QuerySet[Any, Any]
NOTHING: Mapping[str, Any] = {
    "sure": Value(-1.0, FloatField()),
    "cards": Value(0, IntegerField()),
    "seen": Value(1, IntegerField()),
    "beside": Value("", TextField()),
    "beside_id": Cast(Value(None), UUIDField()),
    "hint": Value("", TextField()),
    "standing": Value("", TextField()),
}


def line(found: QuerySet[Any], kind: Thing, **columns: Any) -> Rows:
    """The select with every column, in no order; what is not given says nothing."""
    named = {"thing": F("pk"), "of_inquiry": F("inquiry"), **NOTHING, **columns}
    select: Rows = found.order_by().annotate(what=Value(str(kind), CharField()), **named)
    return select


def counted(rows: QuerySet[Any]) -> Any:
    """How many rows there are, for a place in another question; 0 for none."""
    one = rows.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(one, IntegerField()), 0)


def looked_up(numbers: Subquery, key: str) -> Any:
    """The number that JSON keeps under a key; 0 where it keeps none."""
    found = Func(
        numbers, Cast(F(key), TextField()), template="(%(expressions)s)", arg_joiner=" -> "
    )
    return Coalesce(Cast(found, IntegerField()), 0)


def text(of: Any) -> Any:
    """As text, empty where there is nothing."""
    return Coalesce(Cast(of, TextField()), Value("", TextField()))
