"""What a person said to comparisons is erased, and nobody else's is."""

import pytest
from django.db import connection

from elicitation.graph.actions.proposals import Proposal, propose
from elicitation.graph.actions.transitions import Saying, forget, judge
from elicitation.graph.errors import TransitionGone
from elicitation.graph.judged import judged
from elicitation.graph.models import Judgement, Transition
from tests.elicitation.graph.conftest import a_transition, a_value, shown


def test_who_clears_a_reason_takes_the_one_before_back_too(ring, inquiry):
    showing = shown(inquiry)
    judge(showing, Saying("to", "zzqx17 did it", "en"))
    judge(showing, Saying("to"))
    assert [(j.answer, j.reason, j.language) for j in Judgement.objects.all()] == [
        ("to", "", "")
    ] * 2


def test_erasing_leaves_nothing_a_person_said_to_comparisons(ring, inquiry, context):
    showing = shown(inquiry)
    me = showing.respondent
    judge(showing, Saying("to", "zzqx17 first"))
    judge(showing, Saying("from", "zzqx17 second"))
    propose(me, Proposal(ring[0].from_value, ring[3].from_value, context, "zzqx17 story"))
    assert forget(me) == 2
    with connection.cursor() as cursor:
        for table in ("judgement", "story"):
            cursor.execute(f"SELECT count(*) FROM graph_{table} t WHERE t::text LIKE '%zzqx17%'")  # noqa: S608  a constant table name
            assert cursor.fetchone() == (0,)
    assert list(judged(inquiry)) == []
    assert not me.showings.exists()
    assert not Transition.objects.filter(proposed_by=me).exists()
    assert forget(me) == 0


def test_erasing_takes_ones_own_out_of_the_count_and_nobody_elses(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    mine, theirs = shown(inquiry), shown(inquiry)
    for answer in ("to", "from"):
        judge(mine, Saying(answer))
    judge(theirs, Saying("same"))
    forget(mine.respondent)
    only.refresh_from_db()
    assert (only.shown, only.judged) == (2, 1)
    assert [row.answer for row in judged(inquiry)] == ["same"]
    with pytest.raises(TransitionGone):
        judge(mine, Saying("to"))
