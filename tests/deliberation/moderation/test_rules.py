"""People's rules in the queue: shared, joined or left out, each with its reason and its way back."""

import pytest

from deliberation.assemblies.actions import ruling
from deliberation.assemblies.errors import NotHere
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import appealing, claiming, showing, undoing
from deliberation.moderation.actions.rules import accept_rule, drop_rule, join_rule, remove_rule
from deliberation.moderation.bench import Item
from deliberation.moderation.errors import ReasonMissing, StaleDecision, UndoFirst
from deliberation.moderation.models import Appeal, Claim, Decision, Thing
from deliberation.moderation.waiting import Wish
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.graph.actions.upholding import endorse_norm
from elicitation.graph.errors import NormWeighed
from elicitation.graph.models import Endorsement, Norm, NormEvidence
from elicitation.graph.norms import quotes_of
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests import rules
from tests.conftest import newcomer

pytestmark = pytest.mark.django_db(transaction=True)
UNFIT = Why("It names nobody.")


@pytest.fixture
def rule(member, prompt):
    return rules.owned(member, prompt)


@pytest.fixture
def another(invitation, prompt):
    return lambda: rules.owned(newcomer(invitation), prompt, "open every door")


def in_queue(bench):
    return [row.thing for row in waiting.waiting(bench, Wish(kind=Thing.RULE), 0, 50)]


def test_a_rule_waits_once_its_author_made_it_theirs_and_released_its_words(bench, member, prompt):
    made = rules.proposed(member, prompt)
    assert in_queue(bench) == []
    ruling.own_rule(made, public=False)
    assert in_queue(bench) == []
    ruling.own_rule(made, public=True)
    (row,) = waiting.waiting(bench, Wish(kind=Thing.RULE), 0, 50)
    assert (row.thing, row.says, row.standing) == (
        made.pk, "The warden must open the door", "confirmed",
    )  # fmt: skip
    ruling.disown_rule(made)
    assert in_queue(bench) == []


def test_a_rule_of_an_author_who_cannot_be_asked_waits_as_it_is(bench, member, prompt):
    made = rules.proposed(member, prompt)
    made.quotes.update(public=True)
    member.delete()
    assert in_queue(bench) == [made.pk]


def test_an_accepted_rule_is_shared_recorded_and_waits_no_more(bench, rule):
    item = Item(Thing.RULE, rule.pk, rule.version)
    claiming.open_item(bench, item)
    decision = accept_rule(bench, rule, rule.version)
    assert decision.norm.worded_from == rule
    assert (decision.grounds.code, decision.waited >= 0) == ("rule_fits", True)
    assert in_queue(bench) == []
    assert not Claim.objects.exists()
    entry = Entry.objects.get(kind="decision.accept_rule")
    assert entry.body["norm"] == str(decision.norm_id)


def test_undone_it_waits_again_as_if_nothing_had_been(bench, rule):
    decision = accept_rule(bench, rule, rule.version)
    undoing.undo(bench, decision, BY_MISTAKE)
    assert not Norm.objects.exists()
    assert in_queue(bench) == [rule.pk]
    accept_rule(bench, rule, rule.version)
    assert Norm.objects.count() == 1


def test_what_joined_it_is_undone_first(bench, rule, another):
    first = accept_rule(bench, rule, rule.version)
    second = another()
    later = join_rule(bench, second, second.version, first.norm)
    with pytest.raises(UndoFirst) as refused:
        undoing.undo(bench, first, BY_MISTAKE)
    assert refused.value.later == [later]
    undoing.undo_chain(bench, first, BY_MISTAKE)
    assert not NormEvidence.objects.exists()
    assert set(in_queue(bench)) == {rule.pk, second.pk}


def test_what_people_weighed_is_not_undone(bench, rule):
    decision = accept_rule(bench, rule, rule.version)
    endorse_norm(Respondent.objects.create(), decision.norm, Endorsement.Says.AGREE)
    with pytest.raises(NormWeighed):
        undoing.undo(bench, decision, BY_MISTAKE)
    decision.refresh_from_db()
    assert decision.undone_at is None


def test_an_author_who_keeps_a_joined_rule_apart_brings_it_back_to_the_queue(bench, rule, another):
    norm = accept_rule(bench, rule, rule.version).norm
    second = another()
    decision = join_rule(bench, second, second.version, norm)
    ruling.keep_apart(second)
    assert in_queue(bench) == [second.pk]
    undoing.undo(bench, decision, BY_MISTAKE)  # what became of it since is its author's matter
    assert in_queue(bench) == [second.pk]
    assert norm.evidence.get().candidate == rule


def test_leaving_out_needs_a_reason_and_can_be_undone(bench, rule):
    with pytest.raises(ReasonMissing):
        drop_rule(bench, rule, rule.version, Why())
    decision = drop_rule(bench, rule, rule.version, UNFIT)
    assert in_queue(bench) == []
    undoing.undo(bench, decision, BY_MISTAKE)
    assert in_queue(bench) == [rule.pk]


def test_a_decision_on_other_words_or_a_second_one_is_refused(bench, rule):
    seen = rule.version
    ruling.own_rule(rule, public=True)
    with pytest.raises(StaleDecision):
        accept_rule(bench, rule, seen)
    rule.refresh_from_db()
    accept_rule(bench, rule, rule.version)
    for again in (accept_rule, lambda *of: drop_rule(*of, UNFIT)):
        with pytest.raises(StaleDecision):
            again(bench, rule, rule.version)


def test_words_taken_back_meanwhile_are_not_shared(bench, rule):
    rule.quotes.update(public=False)
    with pytest.raises(StaleDecision):
        accept_rule(bench, rule, rule.version)
    assert not Norm.objects.exists()


def test_an_author_asks_that_somebody_else_looks_and_the_rule_waits_again(
    bench, colleague, member, rule
):
    decision = drop_rule(bench, rule, rule.version, UNFIT)
    asked = appealing.appeal(member, rule, decision, "It names the warden.")
    assert (asked.rule, asked.candidate) == (rule, None)
    (row,) = waiting.waiting(colleague, Wish(kind=Thing.APPEAL), 0, 50)
    assert row.says == "It names the warden."
    inquiry = bench.assembly.inquiries.get().pk
    assert waiting.waiting(colleague, Wish(kind=Thing.APPEAL, inquiry=inquiry), 0, 50)
    appealing.answer_appeal(colleague, asked, "You are right.", overturn=True)
    assert Appeal.objects.get().state == "overturned"
    assert in_queue(bench) == [rule.pk]


def test_only_its_author_appeals(bench, rule, invitation):
    decision = drop_rule(bench, rule, rule.version, UNFIT)
    with pytest.raises(NotHere):
        appealing.appeal(newcomer(invitation), rule, decision, "It names the warden.")


def test_rules_of_other_assemblies_are_not_in_the_queue(bench, rule, other_assembly):
    assert not queries.rules_waiting(other_assembly).exists()
    assert list(queries.rules_waiting(bench.assembly)) == [rule]
    assert not Decision.objects.exists()


def test_a_shared_rule_is_taken_out_and_put_back_exactly(bench, rule, another):
    norm = accept_rule(bench, rule, rule.version).norm
    second, third = another(), another()
    for one in (second, third):
        join_rule(bench, one, one.version, norm)
    ruling.find_same(third)
    before = told(norm)
    decision = remove_rule(bench, rule, rule.version, UNFIT)
    norm.refresh_from_db()
    assert norm.worded_from == second
    assert in_queue(bench) == []  # its author reads why; changed, it waits again
    undoing.undo(bench, decision, BY_MISTAKE)
    assert told(norm) == before


def test_the_last_one_taken_out_silences_the_rule_until_it_is_put_back(bench, rule):
    norm = accept_rule(bench, rule, rule.version).norm
    endorse_norm(Respondent.objects.create(), norm, Endorsement.Says.AGREE)
    before = told(norm)
    decision = remove_rule(bench, rule, rule.version, UNFIT)
    norm.refresh_from_db()
    assert (norm.aim, bool(norm.retired_at), norm.tally.agrees) == ("", True, 1)
    undoing.undo(bench, decision, BY_MISTAKE)
    assert told(norm) == before


def test_what_its_author_changed_since_is_not_put_back(bench, rule):
    norm = accept_rule(bench, rule, rule.version).norm
    decision = remove_rule(bench, rule, rule.version, UNFIT)
    ruling.own_rule(rule, public=True)
    undoing.undo(bench, decision, BY_MISTAKE)
    assert not norm.evidence.exists()
    assert in_queue(bench) == [rule.pk]


def test_taking_out_needs_a_reason_and_a_rule_that_stands_there(bench, rule):
    with pytest.raises(StaleDecision):
        remove_rule(bench, rule, rule.version, UNFIT)
    norm = accept_rule(bench, rule, rule.version).norm
    with pytest.raises(ReasonMissing):
        remove_rule(bench, rule, rule.version, Why())
    assert norm.evidence.exists()


def test_hidden_words_are_quoted_under_no_rule_and_shown_again_exactly(bench, rule, another):
    norm = accept_rule(bench, rule, rule.version).norm
    waits = another()
    hidden = [
        showing.hide(bench, one.reading.revision.response, Why("It names somebody."))
        for one in (rule, waits)
    ]
    assert quotes_of([norm.pk]) == {}
    assert in_queue(bench) == []
    assert list(queries.ruled_by(rule.reading.revision.response)) == [rule]
    for decision in hidden:
        undoing.undo(bench, decision, BY_MISTAKE)
    assert quotes_of([norm.pk])
    assert in_queue(bench) == [waits.pk]


def told(norm):
    """All a norm is, but for the count of its wordings."""
    norm.refresh_from_db()
    standing = norm.evidence.order_by("at").values_list("candidate", "meant", "at")
    return norm.aim, norm.worded_from_id, norm.retired_at, list(standing)
