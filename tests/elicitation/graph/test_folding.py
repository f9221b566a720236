"""Values folded into one and unfolded: folds a forest, one vote a person a root, and everything as it was afterwards."""

import threading

import hypothesis
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from elicitation.graph.actions.endorsing import endorse, erase_endorsements, expose, take_back
from elicitation.graph.actions.folding import fold, unfold
from elicitation.graph.actions.placing import dissolve, join, release
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.errors import (
    FoldGone,
    OtherInquiry,
    OwnValue,
    SameValue,
    ValueGone,
    ValueShared,
)
from elicitation.graph.judged import judged
from elicitation.graph.models import Endorsement, Evidence, Fold, Showing, Tally, Value, ValueVector
from elicitation.graph.open_pairs import not_shown
from elicitation.graph.queries import cards_of, to_weigh, values_of, weighed
from elicitation.interview.models import Inquiry, Respondent
from tests.elicitation.graph._votes import AGREE, DISAGREE, PASS, tally
from tests.elicitation.graph.conftest import a_person, a_transition, a_value, stands_in

SAYS = [AGREE, PASS, DISAGREE]


def held(inquiry, *titles):
    """Values, each with the card of somebody else."""
    values = [a_value(inquiry, title) for title in titles]
    for value in values:
        card = stands_in(value, a_person())
        Value.objects.filter(pk=value.pk).update(worded_from=card)
    return [Value.objects.get(pk=value.pk) for value in values]


@pytest.fixture
def three(inquiry):
    return held(inquiry, "Shade", "Cool places", "Trees")


def state(inquiry):
    """All that undoing has to bring back. Counters that only rise are left out."""
    values = Value.objects.filter(inquiry=inquiry).order_by("pk")
    said = Endorsement.objects.filter(value__inquiry=inquiry, replaced_at=None).order_by("pk")
    counts = Tally.objects.filter(value__retired_at=None, value__inquiry=inquiry).order_by("pk")
    return (
        [
            (v.pk, v.root_id, v.title, v.policies, v.worded_from_id, bool(v.retired_at))
            for v in values
        ],
        list(Evidence.objects.order_by("pk").values_list("value", "candidate")),
        list(said.values_list("pk", "says", "covered")),
        list(counts.values_list("pk", "agrees", "passes", "disagrees", "shown")),
    )


def test_a_folded_value_stands_no_more_and_its_cards_count_at_the_root(three, inquiry):
    shade, cool, _ = three
    fold(cool, shade)
    cool.refresh_from_db()
    assert (cool.root, cool.is_folded, cool.title) == (shade, True, "Cool places")
    assert cool not in Value.objects.standing()
    assert dict(values_of(inquiry).values_list("pk", "cards"))[shade.pk] == 2
    assert len(cards_of(shade, 9)) == 2


def test_of_two_votes_the_last_counts_and_undoing_gives_both_back(three, ada, inquiry):
    shade, cool, _ = three
    endorse(ada, cool, DISAGREE)
    endorse(ada, shade, AGREE)
    before = state(inquiry)
    made = fold(cool, shade)
    assert tally(shade) == (1, 0, 0)
    assert [e.says for e in Endorsement.objects.standing()] == [AGREE]
    unfold(made)
    assert state(inquiry) == before
    assert (tally(shade), tally(cool)) == ((1, 0, 0), (0, 0, 1))


def test_the_later_vote_counts_also_where_it_was_given_to_the_folded_one(three, ada):
    shade, cool, _ = three
    endorse(ada, shade, AGREE)
    endorse(ada, cool, DISAGREE)
    fold(cool, shade)
    assert tally(shade) == (0, 0, 1)
    assert weighed(ada, Inquiry.objects.all()).get(pk=shade.pk).says == DISAGREE


def test_a_vote_after_the_fold_replaces_none_of_before(three, ada):
    shade, cool, _ = three
    endorse(ada, cool, DISAGREE)
    made = fold(cool, shade)
    endorse(ada, shade, AGREE)
    assert tally(shade) == (1, 0, 0)
    unfold(made)
    assert (tally(shade), tally(cool)) == ((1, 0, 0), (0, 0, 1))


def test_a_page_opened_before_the_fold_still_votes_and_counts_once(three, ada):
    shade, cool, _ = three
    endorse(ada, shade, AGREE)
    fold(cool, shade)
    endorse(ada, cool, DISAGREE)
    assert tally(shade) == (0, 0, 1)
    endorse(ada, shade, PASS)
    endorse(ada, cool, AGREE)
    assert tally(shade) == (1, 0, 0)
    assert Endorsement.objects.standing().count() == 1


def test_taking_back_takes_back_all_that_was_said_in_the_tree(three, ada):
    shade, cool, _ = three
    endorse(ada, cool, DISAGREE)
    endorse(ada, shade, AGREE)
    made = fold(cool, shade)
    take_back(ada, shade)
    assert tally(shade) == (0, 0, 0)
    unfold(made)
    assert (tally(shade), tally(cool)) == ((0, 0, 0), (0, 0, 0))


def test_nobody_votes_on_a_root_their_own_card_stands_in(three):
    shade, cool, _ = three
    owner = Evidence.objects.get(value=cool).candidate.reading.revision.response.respondent
    fold(cool, shade)
    with pytest.raises(OwnValue):
        endorse(owner, shade, AGREE)
    assert shade not in to_weigh(owner, Inquiry.objects.all())


def test_who_said_something_to_a_folded_one_is_not_asked_of_the_root(three, ada):
    shade, cool, _ = three
    endorse(ada, cool, AGREE)
    fold(cool, shade)
    assert shade not in to_weigh(ada, Inquiry.objects.all())


def test_people_shown_both_count_once(three, ada):
    shade, cool, _ = three
    for value in (shade, cool):
        expose(ada, value, "few", 0.5)
    made = fold(cool, shade)
    assert Tally.objects.get(value=shade).shown == 1
    unfold(made)
    assert set(Tally.objects.values_list("shown", flat=True)) == {1}


def test_erasing_a_person_leaves_every_tally_right(three, ada, inquiry):
    shade, cool, trees = three
    for value in three:
        expose(ada, value, "few", 0.5)
        endorse(ada, value, AGREE)
    inner = fold(cool, shade)
    outer = fold(shade, trees)
    erase_endorsements(ada)
    assert tally(trees) == (0, 0, 0)
    unfold(outer)
    unfold(inner)
    assert {tally(value) for value in three} == {(0, 0, 0)}
    assert set(Tally.objects.values_list("shown", flat=True)) == {0}


def test_folds_upon_folds_lead_to_one_root_and_come_apart_again(three, inquiry):
    shade, cool, trees = three
    before = state(inquiry)
    inner, outer = fold(cool, shade), fold(shade, trees)
    assert set(Value.objects.values_list("root", flat=True)) == {trees.pk}
    unfold(outer)
    assert Value.objects.get(pk=cool.pk).root == shade
    unfold(inner)
    assert state(inquiry) == before


def test_undone_in_the_other_order_nothing_is_lost(three, ada, inquiry):
    shade, cool, trees = three
    for value, says in zip(three, SAYS, strict=True):
        endorse(ada, value, says)
    before = state(inquiry)
    inner, outer = fold(cool, shade), fold(shade, trees)
    unfold(inner)
    assert Value.objects.get(pk=cool.pk).root == cool
    unfold(outer)
    assert state(inquiry) == before


def test_a_fold_joins_two_standing_values_of_one_inquiry(three, inquiry):
    shade, cool, trees = three
    far = a_value(Inquiry.objects.create(question={"en": "Else?"}, languages=["en"]))
    with pytest.raises(SameValue):
        fold(shade, shade)
    with pytest.raises(OtherInquiry):
        fold(shade, far)
    fold(cool, shade)
    with pytest.raises(ValueGone):
        fold(cool, trees)
    with pytest.raises(ValueGone):
        fold(trees, cool)


def test_what_was_unfolded_is_not_unfolded_twice(three):
    made = fold(three[1], three[0])
    unfold(made)
    with pytest.raises(FoldGone):
        unfold(made)


@pytest.mark.parametrize("pair", [(0, 0), (1, 2), (2, 1), (0, 1)])
def test_the_database_itself_refuses_what_is_no_forest(three, pair):
    fold(three[1], three[0])
    child, parent = (three[n] for n in pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fold.objects.create(child=child, parent=parent)


def test_the_database_refuses_a_fold_across_inquiries_and_one_revived(three):
    far = a_value(Inquiry.objects.create(question={"en": "Else?"}, languages=["en"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Fold.objects.create(child=three[0], parent=far)
    made = fold(three[1], three[0])
    unfold(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fold.objects.filter(pk=made.pk).update(undone_at=None)


def test_words_taken_back_while_folded_leave_the_root_with_those_of_the_others(three):
    shade, cool, _ = three
    made = fold(cool, shade)
    release(shade.worded_from)
    shade.refresh_from_db()
    assert (shade.title, shade.retired_at) == ("Cool places", None)
    unfold(made)
    shade.refresh_from_db()
    cool.refresh_from_db()
    assert (shade.title, bool(shade.retired_at)) == ("", True)
    assert (cool.title, cool.retired_at) == ("Cool places", None)


def test_a_folded_value_whose_last_card_goes_says_nothing_and_stays_an_address(three, ada):
    shade, cool, _ = three
    made = fold(cool, shade)
    release(cool.worded_from)
    cool.refresh_from_db()
    assert (cool.title, cool.root) == ("", shade)
    with pytest.raises(ValueGone):
        endorse(ada, cool, AGREE)
    unfold(made)
    cool.refresh_from_db()
    assert bool(cool.retired_at)


def test_a_card_that_joins_a_folded_value_joins_its_root(three):
    shade, cool, trees = three
    card = stands_in(trees, a_person())
    release(card)
    fold(cool, shade)
    join(card, cool)
    assert Evidence.objects.get(candidate=card).value == shade


@pytest.mark.parametrize("place", [0, 1])
def test_neither_end_of_a_fold_can_be_undone_as_if_it_had_not_been(three, place):
    fold(three[1], three[0])
    value = Value.objects.get(pk=three[place].pk)
    with pytest.raises(ValueShared):
        dissolve(value, value.worded_from)


def test_a_value_once_folded_and_unfolded_can_be_dissolved(three):
    unfold(fold(three[1], three[0]))
    for value in three[:2]:
        dissolve(value, value.worded_from)
    assert list(Value.objects.all()) == three[2:]


def test_vectors_of_a_folded_value_are_forgotten_and_made_anew(three, inquiry):
    ValueVector.objects.create(
        value=three[1], inquiry=inquiry, version=1, encoder="e", whole=b"ab", policies=b"ab"
    )
    fold(three[1], three[0])
    assert not ValueVector.objects.spoken().exists()


def test_judgements_on_both_count_once_a_person_by_the_last_and_come_back(three, ada, inquiry):
    shade, cool, trees = three
    moves = [a_transition(shade, trees), a_transition(trees, cool), a_transition(cool, shade)]
    for move, answer in zip(moves, ("to", "to", "same"), strict=True):
        said(ada, move, answer)
    assert len(list(judged(inquiry))) == 3
    made = fold(cool, shade)
    (left,) = judged(inquiry)
    assert (left.from_value, left.to_value, left.answer) == (trees.pk, shade.pk, "to")
    unfold(made)
    assert len(list(judged(inquiry))) == 3


def said(person, move, answer):
    showing = Showing.objects.create(
        respondent=person,
        transition=move,
        forward=True,
        to_left=True,
        with_story=False,
        route="few",
    )
    judge(showing, Saying(answer))


def test_two_moderators_fold_each_into_the_other_and_one_of_them_is_told(transactional_db, inquiry):
    one, other = (a_value(inquiry, title) for title in "AB")
    ends = []

    def work(child, parent):
        try:
            fold(child, parent)
            ends.append("folded")
        except ValueGone:
            ends.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["folded", "told"]
    assert Fold.objects.count() == 1


steps = st.lists(
    st.tuples(
        st.sampled_from(["vote", "vote", "back", "fold", "unfold"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(SAYS),
    ),
    max_size=12,
)


@hypothesis.settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_whatever_is_folded_and_said_each_person_counts_once_a_root(inquiry, steps):
    with transaction.atomic():
        values = held(inquiry, *"ABCD")
        people = [Respondent.objects.create() for _ in range(4)]
        for act in steps:
            _carry_out(values, people, *act)
        _check(values)
        transaction.set_rollback(True)


def _carry_out(values, people, what, one, other, says):
    value, person = Value.objects.get(pk=values[one].pk), people[other]
    if what == "vote":
        endorse(person, value, says)
    elif what == "back":
        take_back(person, value)
    elif what == "fold":
        parent = Value.objects.get(pk=values[other].pk)
        if value != parent and not value.is_folded and not parent.is_folded:
            fold(value, parent)
    elif living := Fold.objects.living().filter(child=value).first():
        unfold(living)


def _check(values):
    parents = dict(Fold.objects.living().values_list("child", "parent"))
    for value in Value.objects.filter(pk__in=[v.pk for v in values]):
        top = value.pk
        while top in parents:
            top = parents[top]
        assert value.root_id == top
        assert bool(value.retired_at) == (top != value.pk)
    pairs = list(Endorsement.objects.standing().values_list("respondent", "value__root"))
    assert len(pairs) == len(set(pairs))
    for root in Value.objects.standing():
        said = Endorsement.objects.standing().filter(value__root=root)
        told = [said.filter(says=says).count() for says in SAYS]
        assert tuple(told) == tally(root)
        last = Endorsement.objects.filter(value__root=root, replaced_at=None).order_by("id")
        newest = {row.respondent_id: row.pk for row in last}
        assert set(said.values_list("pk", flat=True)) == set(newest.values())


@pytest.mark.parametrize("in_context", [True, False])
@pytest.mark.parametrize("turned", [True, False])
def test_nobody_is_asked_what_they_judged_before_the_fold(
    three, ada, inquiry, context, in_context, turned
):
    shade, cool, trees = three
    where = context if in_context else None
    judged_one = a_transition(*((trees, cool) if turned else (cool, trees)), where)
    twin = a_transition(shade, trees, where)
    elsewhere = a_transition(shade, trees, None if in_context else context)
    said(ada, judged_one, "to")
    here = Inquiry.objects.filter(pk=inquiry.pk)
    assert set(not_shown(ada, here)) == {twin, elsewhere}
    made = fold(cool, shade)
    assert set(not_shown(ada, here)) == {elsewhere}
    assert set(not_shown(a_person(), here)) == {twin, elsewhere}
    unfold(made)
    assert set(not_shown(ada, here)) == {twin, elsewhere}
