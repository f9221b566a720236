"""Count rows inside another query."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query has, as a column."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
