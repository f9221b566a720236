"""Withhold what an author released: no word of theirs is shown to others any more."""

from elicitation.extraction.models import NormQuote, Quote
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded


@recorded
def withhold_quotes(respondent: Respondent) -> int:
    """Keep every quote of a respondent's answers from others. Returns how many were shown."""
    withheld = 0
    for quotes in (Quote.objects, NormQuote.objects):
        mine = quotes.filter(revision__response__respondent=respondent, public=True)
        withheld += mine.update(public=False)
    append("quotes.withheld", respondent=str(respondent.pk), quotes=withheld)
    return withheld
