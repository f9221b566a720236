"""Keep the words of one answer from being shown to others, and show them again. Its author still sees them."""

from django.db.models import QuerySet
from django.utils import timezone

from elicitation.extraction.models import NormQuote, Quote
from elicitation.interview.models import Response
from elicitation.interview.queries import thread_ids
from elicitation.record.actions import append, recorded


@recorded
def hide(response: Response) -> list[str]:
    """Show no quote of this answer, and of what its author said when asked once more, to others. Returns which were shown until now."""
    keys = []
    for quotes in _quotes(response):
        shown = quotes.filter(hidden_at=None)
        keys += [str(pk) for pk in shown.values_list("pk", flat=True)]
        shown.update(hidden_at=timezone.now())
    append("quotes.hidden", response=str(response.pk), quotes=len(keys))
    return keys


@recorded
def show(response: Response, quotes: list[str]) -> None:
    """Let these quotes of this answer be shown again, as far as its author agreed."""
    shown = sum(hidden.filter(pk__in=quotes).update(hidden_at=None) for hidden in _quotes(response))
    append("quotes.shown_again", response=str(response.pk), quotes=shown)


def _quotes(response: Response) -> tuple[QuerySet[Quote], QuerySet[NormQuote]]:
    """The quotes of cards and those of rules."""
    here = {"revision__response__in": thread_ids(response.pk)}
    return Quote.objects.filter(**here), NormQuote.objects.filter(**here)
