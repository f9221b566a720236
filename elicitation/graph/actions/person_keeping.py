"""Hold a respondent: one's own acts come one after the other."""

from typing import Any

from elicitation.graph.terms import NONE, Terms
from elicitation.interview.models import Respondent


def held(respondent: Respondent, terms: Terms = NONE, **facts: Any) -> Any:
    """The respondent, who does nothing else until the transaction ends, with `facts` as attributes: what they ask is told as of the moment the wait for it began.

    Raises what the terms refuse with, and Respondent.DoesNotExist.
    """
    asked = Respondent.objects.select_for_update(no_key=True, of=("self",))
    found = asked.annotate(**terms.facts, **facts).get(pk=respondent.pk)
    terms.ensure(found)
    return found
