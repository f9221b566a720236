"""Whose rows are in the files: those who agreed that researchers study them."""

from typing import Any

from django.db.models import Q, QuerySet

CARD = "reading__revision__response__respondent"
SPAN = "revision__response__respondent"


def studied(rows: QuerySet[Any], whose: str) -> Any:
    """These rows without those of respondents who are not in research; `whose`: the way from a row to its respondent."""
    return rows.filter(**{f"{whose}__in_research": True})


def about_nobody_else(rows: QuerySet[Any], *whose: str) -> Any:
    """These rows without those about somebody who is not in research, by whichever of these ways; what is about nobody stays."""
    private = Q()
    for way in whose:
        private |= Q(**{f"{way}__in_research": False})
    return rows.exclude(pk__in=rows.filter(private).order_by().values("pk"))
