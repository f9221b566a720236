"""What lists of the API share: a page of rows in a shape, only the fields asked for, and the schema that says so."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from deliberation.api.paging import Order, page

MOST = 500  # rows a page
USUAL = 100
F = TypeVar("F", bound=Callable[..., Any])
Shape = type[serializers.Serializer[Any]]


class Asked(serializers.Serializer[Any]):
    """What every list understands; each has filters of its own beside it."""

    cursor = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=600,
        help_text="Where to begin, from `next` or `previous`",
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, help_text=f"Rows a page; {USUAL} if not said"
    )
    fields = serializers.CharField(  # type: ignore[assignment]  # a field, by a name serializers use too
        required=False,
        allow_blank=True,
        max_length=600,
        help_text="Only these, with commas between them; all if not said",
    )

    def wanted(self) -> dict[str, Any]:
        """The filters that were given. Raises ValidationError, which names the field at fault."""
        self.is_valid(raise_exception=True)
        own = set(self.validated_data) - {"cursor", "limit", "fields"}
        return {name: self.validated_data[name] for name in own if self.validated_data[name] != ""}


def asked(request: Request, form: type[Asked] = Asked) -> Asked:
    """What a program asks of a list."""
    return form(data=request.query_params)


def lists(what: str, shape: Shape, form: type[Asked] = Asked) -> Callable[[F], F]:
    """Tell the schema that an operation answers with a page of rows: `what`, in the plural, names it."""
    page_of = inline_serializer(
        f"{what.title()}Page",
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        },
    )
    return extend_schema(operation_id=f"list_{what}", responses=page_of, parameters=[form])


def listed(
    request: Request,
    found: QuerySet[Any],
    order: Order,
    shape: Shape,
    context: Mapping[str, Any] | None = None,
) -> Response:
    """A page of `found`, as the query of the address asks. `context` is told to the shape; `parts` in it are the keys of an order that has parts. Raises ValidationError."""
    wanted = Asked(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    told = wanted.validated_data
    name = request.path
    told_of = context or {}
    asked_for = (name, told.get("cursor", ""), told.get("limit", USUAL))
    got = page(found, order, asked_for, told_of.get("parts", ()))
    here = remove_query_param(request.build_absolute_uri(), "cursor")
    rows = shaped(shape, got.rows, told.get("fields", ""), told_of, many=True)
    links: Mapping[str, str | None] = {
        "next": replace_query_param(here, "cursor", got.next) if got.next else None,
        "previous": replace_query_param(here, "cursor", got.previous) if got.previous else None,
    }
    return Response({**links, "results": rows})


def shaped(shape: Shape, rows: Any, fields: str, context: Mapping[str, Any], many: bool) -> Any:
    """Rows in a shape, with the fields asked for alone. Raises ValidationError for one the shape has not."""
    made = shape(rows, many=many, context=dict(context))
    each: Any = getattr(made, "child", made)
    names = {name.strip() for name in fields.split(",") if name.strip()}
    if unknown := sorted(names - set(each.fields)):
        raise ValidationError({"fields": [_("There is no field %(name)s here. There are: %(known)s.") % {"name": unknown[0], "known": ", ".join(each.fields)}]})  # fmt: skip
    for name in set(each.fields) - names if names else ():
        each.fields.pop(name)
    return made.data
