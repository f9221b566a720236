"""Agree, disagree, pass; change one's mind, take it back. Whatever the order, the tally is what a recount gives."""

import hypothesis
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from elicitation.graph.actions.endorsing import endorse, erase_endorsements, expose, take_back
from elicitation.graph.actions.placing import release
from elicitation.graph.errors import OwnValue, ValueGone, ValueWeighed
from elicitation.graph.models import Endorsement, Exposure, Tally, Value
from elicitation.graph.queries import to_weigh, weighed
from elicitation.interview.models import Inquiry, Respondent
from elicitation.record.models import Entry
from tests.elicitation.graph._votes import AGREE, DISAGREE, PASS, make_value, recount, tally

PLACES = {AGREE: "agrees", PASS: "passes", DISAGREE: "disagrees"}


@pytest.fixture
def inquiry(db):
    return Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])


def test_a_vote_stands_and_is_counted(ada, value):
    said = endorse(ada, value, AGREE)
    assert (said.says, said.replaced_at) == (AGREE, None)
    assert tally(value) == (1, 0, 0)


def test_the_same_vote_again_changes_nothing(ada, value):
    first = endorse(ada, value, PASS)
    changes = Tally.objects.get().changes
    assert endorse(ada, value, PASS) == first
    assert Endorsement.objects.count() == 1
    assert (tally(value), Tally.objects.get().changes) == ((0, 1, 0), changes)


def test_a_change_of_mind_replaces_the_vote_and_stays_in_history(ada, value):
    endorse(ada, value, AGREE)
    endorse(ada, value, DISAGREE)
    old, new = Endorsement.objects.order_by("id")
    assert (old.says, new.says) == (AGREE, DISAGREE)
    assert old.replaced_at is not None
    assert new.replaced_at is None
    assert tally(value) == (0, 0, 1)
    assert Tally.objects.get().changes == 2


def test_what_is_taken_back_counts_no_more_and_can_be_said_again(ada, value):
    endorse(ada, value, AGREE)
    assert take_back(ada, value).says == AGREE
    assert take_back(ada, value) is None
    assert tally(value) == (0, 0, 0)
    endorse(ada, value, AGREE)
    assert tally(value) == (1, 0, 0)
    assert Endorsement.objects.count() == 2


def test_what_an_ai_agent_says_is_kept_and_never_counted(value):
    agent = Respondent.objects.create(kind="ai_agent")
    expose(agent, value, "priority", 1.0)
    endorse(agent, value, AGREE)
    endorse(agent, value, DISAGREE)
    take_back(agent, value)
    endorse(agent, value, AGREE)
    assert Endorsement.objects.standing().get().says == AGREE
    assert not Tally.objects.exists()
    erase_endorsements(agent)
    assert not Tally.objects.exists()


@pytest.mark.parametrize("says", [2, -2, 7])
def test_the_database_knows_three_answers_only(ada, value, says):
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(respondent=ada, value=value, says=says)


def test_the_record_tells_that_somebody_voted_and_not_what(ada, value):
    endorse(ada, value, AGREE)
    endorse(ada, value, AGREE)
    endorse(ada, value, DISAGREE)
    take_back(ada, value)
    first, second = Endorsement.objects.order_by("id").values_list("pk", flat=True)
    assert list(Entry.objects.order_by("id").values_list("kind", "body")) == [
        ("value.endorsed", {"endorsement": first}),
        ("value.endorsed_again", {"endorsement": first}),
        ("value.endorsed", {"endorsement": second}),
        ("endorsement.taken_back", {"endorsement": second}),
    ]


def test_a_value_nobody_stands_behind_any_more_takes_no_vote(ada, value):
    Value.objects.filter(pk=value.pk).update(retired_at=value.admitted_at)
    with pytest.raises(ValueGone):
        endorse(ada, value, AGREE)
    with pytest.raises(ValueGone):
        expose(ada, value, "priority", 0.5)
    assert not Endorsement.objects.exists()


def test_a_vote_on_a_retired_value_can_still_be_taken_back(ada, value):
    endorse(ada, value, AGREE)
    Value.objects.filter(pk=value.pk).update(retired_at=value.admitted_at)
    take_back(ada, value)
    assert tally(value) == (0, 0, 0)


def test_a_value_that_is_no_more_takes_no_vote(ada, value):
    Value.objects.filter(pk=value.pk).delete()
    with pytest.raises(ValueGone):
        endorse(ada, value, AGREE)


@pytest.fixture
def accepted(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    return moderation.accept(Bench(assembly, account), owned, owned.version).value


def test_nobody_votes_on_a_value_their_own_words_stand_in(accepted, member, ada, read_answer):
    with pytest.raises(OwnValue):
        endorse(member.respondent, accepted, AGREE)
    endorse(ada, accepted, AGREE)
    inquiries = [accepted.inquiry]
    assert accepted not in to_weigh(member.respondent, inquiries)
    release(read_answer)
    with pytest.raises(ValueGone):
        endorse(member.respondent, accepted, AGREE)


def test_a_value_people_have_weighed_is_not_undone_as_if_it_had_not_been(
    accepted, assembly, account, ada
):
    endorse(ada, accepted, AGREE)
    with pytest.raises(ValueWeighed):
        undoing.undo_last(Bench(assembly, account))
    assert tally(accepted) == (1, 0, 0)
    take_back(ada, accepted)
    with pytest.raises(ValueWeighed):
        undoing.undo_last(Bench(assembly, account))
    erase_endorsements(ada)
    undoing.undo_last(Bench(assembly, account))
    assert not Value.objects.exists()


def test_being_shown_a_value_counts_once(ada, value):
    first = expose(ada, value, "few_seen", 0.25)
    assert expose(ada, value, "priority", 0.5) == first
    assert (first.route, first.chance) == ("few_seen", 0.25)
    assert Tally.objects.get().shown == 1


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.5])
def test_what_is_shown_had_a_chance(ada, value, chance):
    with pytest.raises(IntegrityError), transaction.atomic():
        expose(ada, value, "priority", chance)


def test_one_is_asked_about_what_one_has_said_nothing_to(ada, inquiry):
    first, second, third = (make_value(inquiry, title) for title in "ABC")
    Value.objects.filter(pk=third.pk).update(retired_at=third.admitted_at)
    endorse(ada, first, PASS)
    assert list(to_weigh(ada, [inquiry])) == [second]
    take_back(ada, first)
    assert list(to_weigh(ada, [inquiry])) == [second]


def test_what_one_said_is_listed_newest_first_with_what_stands(ada, inquiry):
    first, second, third = (make_value(inquiry, title) for title in "ABC")
    endorse(ada, first, AGREE)
    endorse(ada, second, DISAGREE)
    endorse(ada, first, PASS)
    endorse(ada, third, AGREE)
    take_back(ada, third)
    told = [(v.title, v.says) for v in weighed(ada, [inquiry])]
    assert told == [("C", None), ("A", PASS), ("B", DISAGREE)]


def test_erasing_takes_votes_history_and_exposure_out_of_every_count(ada, inquiry):
    eve = Respondent.objects.create()
    values = [make_value(inquiry, title) for title in "ABC"]
    for respondent in (ada, eve):
        for value, says in zip(values, (AGREE, PASS, DISAGREE), strict=True):
            expose(respondent, value, "priority", 0.5)
            endorse(respondent, value, says)
    endorse(ada, values[0], DISAGREE)
    expose(ada, make_value(inquiry, "only seen"), "priority", 0.5)
    assert erase_endorsements(ada) == 4
    assert (
        [tally(v) for v in values]
        == [recount(v) for v in values]
        == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    )
    assert set(Tally.objects.values_list("shown", flat=True)) == {0, 1}
    assert not Exposure.objects.filter(respondent=ada).exists()
    ada.delete()
    assert [tally(v) for v in values] == [recount(v) for v in values]
    assert erase_endorsements(eve) == 3
    assert erase_endorsements(eve) == 0


ACT = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 3), st.integers(0, 2), st.sampled_from([AGREE, PASS, DISAGREE])),
    st.tuples(st.just("take_back"), st.integers(0, 3), st.integers(0, 2), st.none()),
    st.tuples(st.just("erase"), st.integers(0, 3), st.none(), st.none()),
    st.tuples(st.just("show"), st.integers(0, 3), st.integers(0, 2), st.none()),
)  # fmt: skip


@hypothesis.settings(
    max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACT, max_size=25))
def test_whatever_people_do_the_tally_is_what_a_recount_gives(inquiry, acts):
    values = [make_value(inquiry) for _ in range(3)]
    people = [Respondent.objects.create() for _ in range(3)]
    people.append(Respondent.objects.create(kind="ai_agent"))
    for act, who, which, says in acts:
        do(act, people[who], None if which is None else values[which], says)
    for value in values:
        assert tally(value) == recount(value)
        seen = Exposure.objects.filter(value=value).exclude(respondent__kind="ai_agent").count()
        assert seen == sum(Tally.objects.filter(value=value).values_list("shown", flat=True))
    for person in people:
        standing = Endorsement.objects.standing().filter(respondent=person)
        assert standing.count() == standing.values("value").distinct().count()


def do(act, who, value, says):
    if act == "say":
        endorse(who, value, says)
    elif act == "take_back":
        take_back(who, value)
    elif act == "show":
        expose(who, value, "priority", 0.5)
    else:
        erase_endorsements(who)
