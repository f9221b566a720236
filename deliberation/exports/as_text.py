"""Ids and moments as text made by PostgreSQL: a row costs half as much as with UUIDs and datetimes made in Python, and told."""

from functools import partial

from django.db.models import Func, TextField
from django.db.models.functions import Cast

# As Python has a moment in UTC: without a fraction where it is nought.
MOMENT = "replace(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '') || '+00:00'"
Key = partial(Cast, output_field=TextField())


class Moment(Func):
    """A moment, as pseudonyms.stamp tells it; NULL for none."""

    template = f"({MOMENT.format('%(expressions)s')})"
    output_field = TextField()
