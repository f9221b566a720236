"""Whose rows are in the files: those who agreed that researchers study them."""

from typing import Any

from django.db.models import QuerySet

CARD = "reading__revision__response__respondent"
SPAN = "revision__response__respondent"


def studied(rows: QuerySet[Any], whose: str) -> Any:
    """These rows without those of respondents who are not in research; `whose`: the way from a row to its respondent."""
    return rows.filter(**{f"{whose}__in_research": True})
