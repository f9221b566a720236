"""Who runs an assembly says how much is judged by two; rules and pairs of values are, as cards are."""

import pytest
from django.contrib.auth import get_user_model

from deliberation.measures.agreeing import agreeing
from deliberation.moderation.actions import rules as ruling
from deliberation.moderation.actions import undoing, values
from deliberation.moderation.actions.looking import ask_a_second, look_again
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import ShareUnfit, StaleDecision, ValueUnchosen
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.second_looks import both, may_join_rule, open_looks, share_asked
from deliberation.moderation.why import Why
from elicitation.graph.models import Regrouping
from elicitation.record.models import Entry
from tests import rules

NO = Why("Not about the river.")


@pytest.fixture
def everything(assembly):
    ask_a_second(assembly, 100)


@pytest.fixture
def rule(member, prompt):
    return rules.owned(member, prompt)


@pytest.fixture
def pair(assembly, accepted):
    one, other = accepted("Open doors"), accepted("Doors that stay open")
    found = Regrouping.objects.create(
        inquiry=assembly.inquiries.get(), kind="merge", score=0.9, rule="r", engine="e"
    )
    for place, value in enumerate((one, other)):
        found.members.create(value=value, version=value.version, position=place)
    SecondLook.objects.all().delete()
    return found


def test_the_usual_share_is_ten_of_a_hundred_until_somebody_sets_another(assembly, bench, another):
    assert share_asked(assembly) == 10
    ask_a_second(assembly, 0)
    assert share_asked(assembly) == 0
    for wrong in (-1, 101):
        with pytest.raises(ShareUnfit):
            ask_a_second(assembly, wrong)
    (entry,) = Entry.objects.filter(kind="second_look.share_set")
    assert entry.body["per_cent"] == 0


def test_a_rule_is_asked_of_another_and_what_they_say_changes_nothing(
    everything, bench, colleague, rule
):
    ruling.accept_rule(bench, rule, rule.version)
    look = SecondLook.objects.get(rule=rule)
    assert not open_looks(bench).exists()
    assert open_looks(colleague).get() == look
    with pytest.raises(ValueUnchosen):
        look_again(colleague, look, "join_rule")
    before = Decision.objects.count()
    look_again(colleague, look, "drop_rule")
    assert Decision.objects.count() == before
    (told,) = both(bench.assembly)
    assert (told.first, told.second, told.differ) == (("accept_rule", None), ("drop_rule", None), True)  # fmt: skip
    assert Entry.objects.get(kind="second_look.said").body["rule"] == str(rule.pk)


def test_the_shared_rule_made_of_a_rule_is_not_offered_to_be_joined(everything, bench, rule):
    ruling.accept_rule(bench, rule, rule.version)
    assert not may_join_rule(SecondLook.objects.get(rule=rule)).exists()


@pytest.mark.parametrize("first", ["fold", "apart"])
def test_two_values_that_seem_one_are_asked_of_another_than_who_judged_first(
    everything, bench, colleague, pair, first
):
    child, parent = (one.value for one in pair.members.all())
    if first == "fold":
        values.fold_suggested(bench, pair, parent, {one.pk: one.version for one in (child, parent)}, Why("One."))  # fmt: skip
    else:
        values.say_apart(bench, pair)
    look = SecondLook.objects.get(regrouping=pair)
    assert (look.first, look.case) == (first, SecondLook.Case.PAIR)
    assert not open_looks(bench).exists()
    look_again(colleague, open_looks(colleague).get(), "fold")
    (told,) = both(bench.assembly)
    assert told.differ == (first == "apart")


def test_a_pair_whose_words_changed_since_is_asked_of_nobody(everything, bench, colleague, pair):
    values.say_apart(bench, pair)
    one = pair.members.first().value
    values.reword(bench, one, ("Wide doors", ["DOORS"]), one.version, Why("Clearer."))
    assert not open_looks(colleague).exists()


def test_of_three_values_nothing_is_asked(everything, bench, pair, accepted):
    third = accepted("Doors again")
    SecondLook.objects.all().delete()
    pair.members.create(value=third, version=third.version, position=2)
    values.say_apart(bench, pair)
    assert not SecondLook.objects.exists()


def test_with_a_share_of_nothing_nothing_is_asked(assembly, bench, another, rule, pair):
    ask_a_second(assembly, 0)
    ruling.drop_rule(bench, rule, rule.version, NO)
    values.say_apart(bench, pair)
    assert not SecondLook.objects.exists()


def test_who_looked_cannot_look_again_and_a_third_finds_nothing(everything, bench, colleague, rule):
    ruling.drop_rule(bench, rule, rule.version, NO)
    look = open_looks(colleague).get()
    look_again(colleague, look, "drop_rule")
    third = Bench(bench.assembly, get_user_model().objects.create_user("cy-of-the-hall"))
    for one in (colleague, third):
        with pytest.raises(StaleDecision):
            look_again(one, look, "accept_rule")


def test_figures_tell_each_kind_of_case_by_itself(everything, bench, colleague, rule, pair):
    ruling.drop_rule(bench, rule, rule.version, NO)
    undoing.undo_last(bench)  # the first judgement counts as it was made
    values.say_apart(bench, pair)
    for look, says in ((SecondLook.objects.get(rule=rule), "drop_rule"), (SecondLook.objects.get(regrouping=pair), "fold")):  # fmt: skip
        look_again(colleague, look, says)
    told = {(one.key, one.part): (one.count, one.n, one.value) for one in agreeing(bench.assembly)}
    assert told == {
        ("rule", "agreed"): (1, 1, 1.0), ("rule", "kappa"): (None, 1, None), ("rule", "alpha"): (None, 1, None),
        ("pair", "agreed"): (0, 1, 0.0), ("pair", "kappa"): (None, 1, 0.0), ("pair", "alpha"): (None, 1, 0.0),
    }  # fmt: skip
