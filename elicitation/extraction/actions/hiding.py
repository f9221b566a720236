"""Keep the words of one answer from being shown to others, and show them again. Its author still sees them."""

from django.db.models import QuerySet
from django.utils import timezone

from elicitation.extraction.models import Quote
from elicitation.interview.models import Response
from elicitation.interview.queries import thread_ids
from elicitation.record.actions import append, recorded


@recorded
def hide(response: Response) -> list[str]:
    """Show no quote of this answer, and of what its author said when asked once more, to others. Returns which were shown until now."""
    shown = _quotes(response).filter(hidden_at=None)
    keys = [str(pk) for pk in shown.values_list("pk", flat=True)]
    shown.update(hidden_at=timezone.now())
    append("quotes.hidden", response=str(response.pk), quotes=len(keys))
    return keys


@recorded
def show(response: Response, quotes: list[str]) -> None:
    """Let these quotes of this answer be shown again, as far as its author agreed."""
    hidden = _quotes(response).filter(pk__in=quotes)
    append("quotes.shown_again", response=str(response.pk), quotes=hidden.update(hidden_at=None))


def _quotes(response: Response) -> QuerySet[Quote]:
    return Quote.objects.filter(revision__response__in=thread_ids(response.pk))
