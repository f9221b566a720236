"""A real worker computes results by itself: one for many votes, and another once they have moved on."""

import pytest

from deliberation.opinion.models import Analysis
from deliberation.opinion.snapshots import snapshot
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests.workers import empty_broker, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
GROUPS = Analysis.Kind.GROUPS


def test_votes_become_a_result_without_anybody_asking_for_it(assembly):
    empty_broker()
    inquiry = assembly.inquiries.get()
    values = [Value.objects.create(inquiry=inquiry, title=t, language="en") for t in "ABCD"]
    for n in range(12):
        person = Respondent.objects.create()
        for m, value in enumerate(values):
            endorse(person, value, Endorsement.Says((n + m) % 3 - 1))
    with worker():
        until(lambda: snapshot(inquiry, GROUPS))
        assert not snapshot(inquiry, GROUPS).stale
        endorse(Respondent.objects.create(), values[0], Endorsement.Says.AGREE)
        assert snapshot(inquiry, GROUPS).stale
        until(lambda: not snapshot(inquiry, GROUPS).stale)
    assert Entry.objects.filter(kind="analysis.kept").count() == 2
    assert snapshot(inquiry, GROUPS).analysis.result["counts"]["people"] == 13
