"""Results on public pages."""

import pytest

from deliberation.opinion import analysing
from elicitation.graph.models import Judgement, Showing, Transition
from elicitation.interview.models import Respondent


@pytest.fixture
def computed(inquiry, camps):
    return analysing.analyse(inquiry)


@pytest.fixture
def compared(inquiry, values):
    """Ten people find no. 1 wiser than no. 0 when the river floods, and five each way of no. 2 and no. 3."""
    context = inquiry.contexts.get()
    for low, high, answers in ((0, 1, "tttttttttt"), (2, 3, "tttttfffff")):
        transition = Transition.objects.create(
            from_value=values[low], to_value=values[high], context=context, source="pairing",
            inquiry=inquiry, judged=len(answers), changes=len(answers),
        )  # fmt: skip
        for n, answer in enumerate(answers):
            showing = Showing.objects.create(
                respondent=Respondent.objects.create(), transition=transition, forward=bool(n % 2),
                to_left=False, with_story=False, route="few",
            )  # fmt: skip
            said = {"t": "to", "f": "from"}[answer]
            Judgement.objects.create(showing=showing, answer=said)
    return analysing.analyse(inquiry)
