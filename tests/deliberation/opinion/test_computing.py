"""Results are computed once for many votes, by one worker at a time, and kept whole."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from deliberation.opinion import analysing, queries
from deliberation.opinion.actions import snapshots as actions
from deliberation.opinion.errors import AnalysisOutlived, AnalysisUnderWay
from deliberation.opinion.models import Analysis, Wanted
from deliberation.opinion.snapshots import due, newest, snapshot
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.models import Endorsement
from elicitation.interview.models import Respondent

Says = Endorsement.Says
GROUPS, GRAPH = Analysis.Kind.GROUPS, Analysis.Kind.GRAPH
LONG_AGO = timedelta(hours=2)


def stood_for(analysis, long=LONG_AGO):
    """As if the result had been made a while ago."""
    Analysis.objects.filter(pk=analysis.pk).update(made_at=timezone.now() - long)


def rung():
    """What the sweep would ring for, by its words."""
    return [str(subject) for subject in due()]


def test_many_votes_ask_for_one_result_and_none_afterwards(inquiry, values, camps):
    assert rung() == [str(inquiry)]
    analysing.analyse_if_due(inquiry.pk)
    assert rung() == []
    stood_for(newest(inquiry, GROUPS))
    assert rung() == []
    for person in camps[:7]:
        endorse(person, values[1], Says.PASS)
    assert rung() == [str(inquiry)]
    for _ in range(3):
        analysing.analyse_if_due(inquiry.pk)
    assert Analysis.objects.count() == 2
    assert rung() == []


def test_a_vote_right_after_a_result_waits_for_the_next_one(inquiry, values, camps):
    analysing.analyse_if_due(inquiry.pk)
    endorse(camps[0], values[1], Says.PASS)
    assert rung() == []
    assert snapshot(inquiry, GROUPS).stale
    stood_for(newest(inquiry, GROUPS), timedelta(seconds=6))
    assert rung() == [str(inquiry)]


def test_a_result_that_took_long_is_left_to_stand_the_longer(inquiry, values, camps):
    (made,) = analysing.analyse(inquiry)
    Analysis.objects.update(seconds=60)
    endorse(camps[0], values[1], Says.PASS)
    stood_for(made, timedelta(seconds=200))
    assert rung() == []
    stood_for(made, timedelta(seconds=241))
    assert rung() == [str(inquiry)]


def test_a_result_replaced_while_it_is_read_is_no_failure(inquiry, values, camps, monkeypatch):
    read = queries._known

    def late(pk):
        """The worker keeps the next result of this hour in between, once."""
        monkeypatch.setattr(queries, "_known", read)
        analysing.analyse(inquiry)
        return read(pk)

    analysing.analyse(inquiry)
    monkeypatch.setattr(queries, "_known", late)
    assert set(queries.analysed(inquiry.pk)) == {str(value.pk) for value in values}


def test_results_that_go_as_fast_as_they_are_read_are_as_if_there_were_none(
    inquiry, camps, monkeypatch
):
    read = queries._known

    def late(pk):
        analysing.analyse(inquiry)
        return read(pk)

    analysing.analyse(inquiry)
    monkeypatch.setattr(queries, "_known", late)
    assert queries.analysed(inquiry.pk) == {}


def test_a_vote_writes_nothing_but_its_own_rows(inquiry, values, camps):
    analysing.analyse(inquiry)
    before = Wanted.objects.values().get(), Analysis.objects.values("pk", "marker", "made_at").get()
    endorse(camps[0], values[1], Says.PASS)
    assert before == (
        Wanted.objects.values().get(),
        Analysis.objects.values("pk", "marker", "made_at").get(),
    )


def test_nothing_is_computed_where_nobody_voted(inquiry, values):
    assert rung() == []
    analysing.analyse_if_due(inquiry.pk)
    assert not Analysis.objects.exists()


def test_an_ai_agents_votes_ask_for_nothing(inquiry, values):
    agent = Respondent.objects.create(kind=Respondent.Kind.AI_AGENT)
    endorse(agent, values[0], Says.AGREE)
    assert rung() == []


def test_who_is_at_it_is_not_disturbed_and_who_died_is_replaced(inquiry, camps):
    claimed = actions.claim(inquiry)
    assert rung() == []
    with pytest.raises(AnalysisUnderWay):
        analysing.analyse(inquiry)
    analysing.analyse_if_due(inquiry.pk)
    assert not Analysis.objects.exists()
    Wanted.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert rung() == [str(inquiry)]
    analysing.analyse_if_due(inquiry.pk)
    assert Analysis.objects.count() == 1
    with pytest.raises(AnalysisOutlived):
        actions.keep(claimed, [])


def test_a_late_worker_keeps_nothing(inquiry, camps):
    late = actions.claim(inquiry)
    Wanted.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    actions.claim(inquiry)
    draft = Analysis(kind=GROUPS, rule="stable", rule_version="1", seed=0, marker="m",
                     input_hash="h", result={}, seconds=1)  # fmt: skip
    with pytest.raises(AnalysisOutlived):
        actions.keep(late, [draft])
    assert not Analysis.objects.exists()


def test_no_worker_is_still_at_it_when_its_lease_runs_out(settings):
    assert actions.LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT


def test_groups_are_kept_where_the_graph_fails_and_both_are_tried_again(
    inquiry, judged, monkeypatch
):
    rank = analysing.graph_result.rank

    def broken(*_):
        raise MemoryError

    monkeypatch.setattr(analysing.graph_result, "rank", broken)
    with pytest.raises(MemoryError):
        analysing.analyse_if_due(inquiry.pk)
    assert [made.kind for made in Analysis.objects.all()] == [GROUPS]
    assert rung() == []
    Wanted.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert rung() == [str(inquiry)]
    monkeypatch.setattr(analysing.graph_result, "rank", rank)
    analysing.analyse_if_due(inquiry.pk)
    assert {made.kind for made in Analysis.objects.all()} == {GROUPS, GRAPH}
    assert rung() == []


def test_the_lease_is_held_anew_for_what_is_left(inquiry, camps):
    claimed = actions.claim(inquiry)
    soon = timezone.now() + timedelta(seconds=1)
    Wanted.objects.update(leased_until=soon)
    claimed.leased_until = soon
    actions.keep(claimed, [], goes_on=True)
    assert Wanted.objects.get().leased_until == claimed.leased_until > soon
    actions.keep(claimed, [])
    assert Wanted.objects.get().leased_until is None


def test_a_graph_whose_claim_another_took_is_not_kept_and_its_groups_are(
    inquiry, judged, monkeypatch
):
    rank = analysing.graph_result.rank

    def overtaken(*asked):
        Wanted.objects.update(leased_until=timezone.now() + timedelta(seconds=9))
        return rank(*asked)

    monkeypatch.setattr(analysing.graph_result, "rank", overtaken)
    with pytest.raises(AnalysisOutlived):
        analysing.analyse(inquiry)
    assert [made.kind for made in Analysis.objects.all()] == [GROUPS]


def test_a_bell_for_what_is_gone_or_fresh_is_passed_over(inquiry, camps):
    analysing.analyse_if_due(uuid4())
    analysing.analyse_if_due(inquiry.pk)
    analysing.analyse_if_due(inquiry.pk)
    assert Analysis.objects.count() == 1
    assert not Wanted.objects.get().is_leased


def test_of_one_hour_the_last_result_stays_and_older_ones_stay(inquiry, values, camps):
    old = analysing.analyse(inquiry)[0]
    stood_for(old)
    analysing.analyse(inquiry)
    last = analysing.analyse(inquiry)[0]
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    assert set(Analysis.objects.filter(made_at__gte=hour)) == {last}
    assert Analysis.objects.filter(pk=old.pk).exists()


def test_a_new_version_of_a_rule_makes_its_results_stale(inquiry, camps):
    (made,) = analysing.analyse(inquiry)
    Analysis.objects.update(rule_version="0")
    assert snapshot(inquiry, GROUPS).stale
    stood_for(made)
    assert rung() == [str(inquiry)]


def test_a_judgement_asks_for_a_result_as_a_vote_does(inquiry, camps, judged):
    analysing.analyse_if_due(inquiry.pk)
    Analysis.objects.update(made_at=timezone.now() - LONG_AGO)
    assert rung() == []
    judge(judged.showings.first(), Saying("unsure"))
    assert rung() == [str(inquiry)]


def test_a_conversation_is_computed_once(assembly, conversation):
    assert rung() == ["Trees"]
    analysing.analyse_if_due(conversation.pk)
    (made,) = Analysis.objects.all()
    assert made.conversation == conversation
    assert made.result["counts"]["people"] == 20
    stood_for(made)
    assert rung() == []
    actions.choose(conversation, "polis", None)
    assert rung() == ["Trees"]


def test_the_command_computes_all_of_an_assembly(assembly, inquiry, camps, conversation):
    said = StringIO()
    call_command("analyse_assembly", "water", stdout=said)
    assert Analysis.objects.count() == 2
    assert "24 people, 8 statements, 192 votes" in said.getvalue()
    assert "20 people, 6 statements, 120 votes" in said.getvalue()
    with pytest.raises(CommandError, match="There are: water"):
        call_command("analyse_assembly", "sand")
