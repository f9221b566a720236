"""All that undoing has to bring back, as plain data. Counters that only rise, and what a machine makes anew, are left out."""

from django.db.models import Q

from deliberation.moderation.models import Decision
from elicitation.extraction.models import Quote
from elicitation.graph.models import Endorsement, Evidence, Fold, Tally, Value, ValueContext

SAYS = ("agrees", "passes", "disagrees", "shown")


def state(inquiry):
    """Values and their words, who stands where, folds, votes that count and their tallies, contexts people chose, what is hidden."""
    here = Value.objects.filter(inquiry=inquiry)
    worded = "title", "policies", "context", "worded_from"
    values = here.order_by("pk").values_list("pk", "root", *worded, "retired_at")
    cards = Evidence.objects.filter(value__in=here).order_by("candidate")
    said = Endorsement.objects.filter(value__in=here, replaced_at=None).order_by("pk")
    counted = Q(agrees=0, passes=0, disagrees=0, shown=0)
    tallies = Tally.objects.filter(value__in=here.standing()).exclude(counted).order_by("pk")
    chosen = ValueContext.objects.filter(value__in=here, score=None).order_by("value", "context")
    hidden = Quote.objects.filter(revision__response__prompt__inquiry=inquiry).exclude(
        hidden_at=None
    )
    settled = Decision.objects.settling().filter(assembly__inquiries=inquiry)
    return {
        "values": [(*row[:-1], row[-1] is None) for row in values],
        "cards": list(cards.values_list("candidate", "value")),
        "folds": list(Fold.objects.living().filter(child__in=here).values_list("child", "parent")),
        "votes": list(said.values_list("pk", "says", "covered")),
        "tallies": list(tallies.values_list("pk", *SAYS)),
        "contexts": list(chosen.values_list("value", "context")),
        "hidden": list(hidden.order_by("pk").values_list("pk")),
        "settled": list(settled.order_by("pk").values_list("pk")),
    }
