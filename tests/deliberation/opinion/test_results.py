"""Results are computed from what people say now, once for many votes, kept whole, and hold nobody's name."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from deliberation.opinion import analysing, polis, queries, rules, snapshots, stable
from deliberation.opinion.actions import snapshots as actions
from deliberation.opinion.errors import AnalysisOutlived, AnalysisUnderWay, GroupsUnreasonable
from deliberation.opinion.models import Analysis, Conversation, Statement, StatementVote, Wanted
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import due, newest, snapshot
from elicitation.graph.actions.endorsing import endorse, erase_endorsements, take_back
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.models import Endorsement, Showing, Transition, Value, ValueContext
from elicitation.graph.ranked import VERSION, Rule
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry

Says = Endorsement.Says
GROUPS, GRAPH = Analysis.Kind.GROUPS, Analysis.Kind.GRAPH
LONG_AGO = timedelta(hours=2)


def stood_for(analysis, long=LONG_AGO):
    """As if the result had been made a while ago."""
    Analysis.objects.filter(pk=analysis.pk).update(made_at=timezone.now() - long)


def rung():
    """What the sweep would ring for, by its words."""
    return [str(subject) for subject in due()]


def test_a_result_counts_what_people_say_now(inquiry, values, camps):
    endorse(camps[0], values[0], Says.PASS)
    (made,) = analysing.analyse(inquiry)
    told = made.result["statements"][str(values[0].pk)]
    assert (told["agree"], told["disagree"], told["pass"]) == (23, 0, 1)
    assert made.result["counts"] == {"people": 24, "grouped": 24, "statements": 8, "votes": 192}
    assert [g["size"] for g in made.result["groups"]] == [12, 12]


def test_what_both_camps_hold_is_told_as_held_by_all_groups(inquiry, values, camps):
    (made,) = analysing.analyse(inquiry)
    profiles = made.result["profiles"]
    assert profiles[str(values[0].pk)]["held"]["groups"] == [2, 2]
    assert profiles[str(values[1].pk)]["held"]["groups"] == [1, 2]


def test_a_result_says_by_what_it_was_made(inquiry, camps):
    (made,) = analysing.analyse(inquiry)
    kept = Analysis.objects.get()
    assert (kept.rule, kept.rule_version, kept.seed) == ("stable", rules.GROUPS["stable"], 0)
    assert len(kept.input_hash) == 64
    assert kept.seconds > 0
    assert newest(inquiry, GROUPS) == made


def test_the_same_votes_give_the_same_hash_and_the_same_result(inquiry, values, camps):
    first = analysing.analyse(inquiry)[0]
    endorse(camps[0], values[0], Says.PASS)
    other = analysing.analyse(inquiry)[0]
    endorse(camps[0], values[0], Says.AGREE)
    again = analysing.analyse(inquiry)[0]
    assert first.input_hash == again.input_hash != other.input_hash
    assert first.result == again.result


def test_a_result_holds_no_persons_id(inquiry, camps):
    (made,) = analysing.analyse(inquiry)
    text = json.dumps(made.result)
    assert not any(str(person.pk) in text or person.pk.hex in text for person in camps)
    assert set(unpack(bytes(made.places)).people) == {str(person.pk) for person in camps}


def test_groups_keep_their_names_when_votes_arrive(inquiry, values, camps):
    before = unpack(bytes(analysing.analyse(inquiry)[0].places))
    for _ in range(5):
        person = Respondent.objects.create()
        for value in values:
            endorse(person, value, Says.PASS if value == values[1] else Says.AGREE)
    after = unpack(bytes(analysing.analyse(inquiry)[0].places))
    group = dict(zip(after.people, after.groups, strict=True))
    assert [group[person] for person in before.people] == list(before.groups)


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


def test_a_value_that_retires_makes_the_result_stale_and_leaves_the_next_one(
    inquiry, values, camps
):
    analysing.analyse(inquiry)
    Value.objects.filter(pk=values[1].pk).update(retired_at=timezone.now())
    assert snapshot(inquiry, GROUPS).stale
    (made,) = analysing.analyse(inquiry)
    assert str(values[1].pk) not in made.result["statements"]


def test_a_result_of_no_votes_is_still_a_result(inquiry, values, camps):
    for person in camps:
        erase_endorsements(person)
    (made,) = analysing.analyse(inquiry)
    assert made.result["counts"] == {"people": 0, "grouped": 0, "statements": 0, "votes": 0}
    assert made.result["profiles"] == {}


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


def test_a_facilitator_may_choose_the_rule_and_the_number(inquiry, camps):
    analysing.analyse(inquiry)
    actions.choose(inquiry, "polis", 2)
    assert snapshot(inquiry, GROUPS).stale
    (made,) = analysing.analyse(inquiry)
    assert (made.rule, made.wanted, made.result["k"]) == ("polis", 2, 2)
    assert not snapshot(inquiry, GROUPS).stale
    assert Entry.objects.get(kind="groups.chosen").body["groups"] == 2


@pytest.mark.parametrize(("mode", "groups"), [("magic", None), ("stable", 1), ("polis", 99)])
def test_a_choice_that_makes_no_sense_is_refused(inquiry, mode, groups):
    with pytest.raises(GroupsUnreasonable):
        actions.choose(inquiry, mode, groups)


def test_the_versions_told_without_numerics_are_those_of_the_rules():
    assert rules.GROUPS == {"stable": stable.VERSION, "polis": polis.VERSION}
    assert VERSION[Rule.GROUNDWORK] == rules.GRAPH["groundwork"]


def test_a_new_version_of_a_rule_makes_its_results_stale(inquiry, camps):
    (made,) = analysing.analyse(inquiry)
    Analysis.objects.update(rule_version="0")
    assert snapshot(inquiry, GROUPS).stale
    stood_for(made)
    assert rung() == [str(inquiry)]


def test_a_forgotten_voice_is_in_no_places_any_more(inquiry, camps):
    analysing.analyse(inquiry)
    actions.forget(camps[0], [inquiry])
    assert str(camps[0].pk) not in unpack(bytes(newest(inquiry, GROUPS).places)).people


@pytest.fixture
def judged(inquiry, values, camps):
    """Everybody finds the first value wiser than the second when the river floods."""
    context = inquiry.contexts.get()
    transition = Transition.objects.create(
        inquiry=inquiry, from_value=values[1], to_value=values[0], context=context, source="pairing"
    )
    for n, person in enumerate(camps):
        showing = Showing.objects.create(
            respondent=person, transition=transition, forward=n % 2 == 0, to_left=True,
            with_story=False, route="few",
        )  # fmt: skip
        judge(showing, Saying("to"))
    return transition


def test_judgements_become_a_graph_and_a_place_in_contexts(inquiry, values, judged):
    groups, graph = analysing.analyse(inquiry)
    context = str(inquiry.contexts.get().pk)
    (edge,) = graph.result["edges"]
    assert (edge["from_value"], edge["to_value"]) == (str(values[1].pk), str(values[0].pk))
    assert (graph.result["people"], graph.result["judgements"]) == (24, 24)
    assert {name: said["for"] for name, said in edge["groups"].items()} == {"A": 12, "B": 12}
    profile = groups.result["profiles"][str(values[0].pk)]
    assert profile["contexts"][context]["standing"] == "held"
    assert profile["held"]["contexts"] == [1, 1]
    against = groups.result["profiles"][str(values[1].pk)]["contexts"][context]
    assert against["standing"] == "against"


def test_a_graph_holds_no_persons_id(inquiry, camps, judged):
    text = json.dumps(analysing.analyse(inquiry)[1].result)
    assert not any(str(person.pk) in text for person in camps)


def test_a_judgement_asks_for_a_result_as_a_vote_does(inquiry, camps, judged):
    analysing.analyse_if_due(inquiry.pk)
    Analysis.objects.update(made_at=timezone.now() - LONG_AGO)
    assert rung() == []
    judge(judged.showings.first(), Saying("unsure"))
    assert rung() == [str(inquiry)]


def test_when_judgements_go_the_graph_is_empty_and_not_stale_for_ever(inquiry, values, judged):
    analysing.analyse(inquiry)
    Value.objects.filter(pk=values[1].pk).update(retired_at=timezone.now())
    graph = analysing.analyse(inquiry)[1]
    assert graph.result["edges"] == []
    assert not snapshot(inquiry, GRAPH).stale


def test_a_context_a_machine_found_counts_from_an_even_chance_on(inquiry, values, camps):
    context = inquiry.contexts.get()
    for value, score in zip(values, (None, 0.8, 0.2), strict=False):
        ValueContext.objects.create(value=value, context=context, score=score)
    (made,) = analysing.analyse(inquiry)
    standing = [
        made.result["profiles"][str(v.pk)]["contexts"][str(context.pk)]["standing"]
        for v in values[:3]
    ]
    assert standing == ["named", "named", "open"]


def weigh_from(assembly, *hours):
    """Set the times of weighing one after the other: (start, end), in hours from now."""
    now = timezone.now()
    for start, end in hours:
        setting_up.set_phase(
            assembly, Phase.Kind.WEIGHING, now + timedelta(hours=start), now + timedelta(hours=end)
        )


def test_weighing_set_once_is_no_rounds_to_compare(assembly, inquiry, values, camps):
    weigh_from(assembly, (-1, 1))
    (made,) = analysing.analyse(inquiry)
    assert made.result["profiles"][str(values[0].pk)]["rounds"] == []


@pytest.fixture
def two_rounds(assembly, camps):
    """Weighing was opened again after its end, and all said what they said in the first round."""
    weigh_from(assembly, (-9, -5), (-1, 1))
    Endorsement.objects.update(at=timezone.now() - timedelta(hours=7))


def rounds(inquiry, value):
    """What the newest result tells of the rounds of a value: (agree, disagree, pass) in each, and how it went."""
    (made,) = analysing.analyse(inquiry)
    profile = made.result["profiles"][str(value.pk)]
    counts = [(told["agree"], told["disagree"], told["pass"]) for told in profile["rounds"]]
    return counts, profile["trend"]


def test_weighing_opened_again_is_a_second_round(inquiry, values, camps, two_rounds):
    for person in camps[:12]:
        endorse(person, values[1], Says.DISAGREE)
    for person in camps[12:18]:
        endorse(person, values[1], Says.PASS)
    assert rounds(inquiry, values[1]) == ([(12, 12, 0), (0, 18, 6)], "fell")


def test_who_says_nothing_new_in_a_round_still_says_it(inquiry, values, camps, two_rounds):
    assert rounds(inquiry, values[0]) == ([(24, 0, 0), (24, 0, 0)], "steady")


def test_who_agrees_again_counts_in_the_round_as_who_changed_their_mind(
    inquiry, values, camps, two_rounds
):
    for person in camps[:17]:
        endorse(person, values[0], Says.AGREE)
    for person in camps[17:22]:
        endorse(person, values[0], Says.PASS)
    counts, trend = rounds(inquiry, values[0])
    assert counts == [(24, 0, 0), (19, 0, 5)]
    assert trend == "fell"  # Newcombe: from 24 of 24 to 19 of 24 is -0.40 to -0.03


def test_the_last_round_is_what_everybody_says_now(inquiry, values, camps, two_rounds):
    for person in camps[:5]:
        endorse(person, values[2], Says.PASS)
    take_back(camps[6], values[2])
    told = analysing.analyse(inquiry)[0].result
    for value in map(str, (value.pk for value in values)):
        last, now = told["profiles"][value]["rounds"][-1], told["statements"][value]
        assert [last[said] for said in ("agree", "disagree", "pass")] == [
            now[said] for said in ("agree", "disagree", "pass")
        ]


def test_what_was_taken_back_leaves_the_rounds_before_it_too(inquiry, values, camps, two_rounds):
    for person in camps[:20]:
        take_back(person, values[0])
    assert rounds(inquiry, values[0])[0] == [(4, 0, 0), (4, 0, 0)]


def test_who_said_something_else_in_between_counts_as_they_stood_at_each_end(
    assembly, inquiry, values, camps
):
    weigh_from(assembly, (-9, -7), (-6, -4), (-1, 1))
    now = timezone.now()
    Endorsement.objects.update(at=now - timedelta(hours=8))
    endorse(camps[0], values[0], Says.DISAGREE)
    endorse(camps[0], values[0], Says.PASS)
    said = Endorsement.objects.filter(respondent=camps[0], value=values[0]).order_by("id")
    for before, after, hours in zip(said, said[1:], (5, 0.5), strict=False):
        changed = now - timedelta(hours=hours)
        Endorsement.objects.filter(pk=before.pk).update(replaced_at=changed)
        Endorsement.objects.filter(pk=after.pk).update(at=changed)
    assert rounds(inquiry, values[0])[0] == [(24, 0, 0), (23, 1, 0), (23, 0, 1)]


@pytest.fixture
def conversation(assembly):
    held = Conversation.objects.create(assembly=assembly, name="Trees", content_hash="c")
    for number in range(6):
        statement = Statement.objects.create(
            conversation=held, number=number, text="x", moderated=-1 if number == 5 else 1
        )
        for voter in range(20):
            says = 1 if (number % 3 == 0) == (voter < 10) else -1
            StatementVote.objects.create(statement=statement, voter=voter, says=says)
    return held


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


def test_what_moderators_rejected_is_counted_and_never_named(conversation):
    (made,) = analysing.analyse(conversation)
    assert made.result["statements"]["5"]["agree"] > 0
    named = [one for group in made.result["representative"].values() for one in group]
    assert "5" not in {one["statement"] for one in [*named, *made.result["consensus"]]}


def test_the_command_computes_all_of_an_assembly(assembly, inquiry, camps, conversation):
    said = StringIO()
    call_command("analyse_assembly", "water", stdout=said)
    assert Analysis.objects.count() == 2
    assert "24 people, 8 statements, 192 votes" in said.getvalue()
    assert "20 people, 6 statements, 120 votes" in said.getvalue()
    with pytest.raises(CommandError, match="There are: water"):
        call_command("analyse_assembly", "sand")


def test_two_inquiries_are_told_apart(inquiry, camps, other_assembly):
    analysing.analyse(inquiry)
    assert snapshot(other_assembly.inquiries.get(), GROUPS) is None
    assert snapshots.marker(other_assembly.inquiries.get()) == ""
