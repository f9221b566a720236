"""A result holds what people say now, by which rule it was made, and nobody's name."""

import json

import pytest
from django.utils import timezone

from deliberation.opinion import analysing, polis, rules, snapshots, stable
from deliberation.opinion.actions import snapshots as actions
from deliberation.opinion.errors import GroupsUnreasonable
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import newest, snapshot
from elicitation.graph.actions.endorsing import endorse, erase_endorsements
from elicitation.graph.models import Endorsement, Value, ValueContext
from elicitation.graph.ranked import VERSION, Rule
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry

Says = Endorsement.Says
GROUPS, GRAPH = Analysis.Kind.GROUPS, Analysis.Kind.GRAPH


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


def test_a_forgotten_voice_is_in_no_places_any_more(inquiry, camps):
    analysing.analyse(inquiry)
    actions.forget(camps[0], [inquiry])
    assert str(camps[0].pk) not in unpack(bytes(newest(inquiry, GROUPS).places)).people


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


def test_what_moderators_rejected_is_counted_and_never_named(conversation):
    (made,) = analysing.analyse(conversation)
    assert made.result["statements"]["5"]["agree"] > 0
    named = [one for group in made.result["representative"].values() for one in group]
    assert "5" not in {one["statement"] for one in [*named, *made.result["consensus"]]}


def test_two_inquiries_are_told_apart(inquiry, camps, other_assembly):
    analysing.analyse(inquiry)
    assert snapshot(other_assembly.inquiries.get(), GROUPS) is None
    assert snapshots.marker(other_assembly.inquiries.get()) == ""
