"""Who has joined, by what they say of themselves: told in tens, never of fewer than ten, beside what is aimed at."""

import pytest

from deliberation.assemblies.actions import strata, taking_part
from deliberation.assemblies.models import Belonging
from deliberation.opinion.aiming import Gap, Standing
from deliberation.opinion.joined import turnout_by_kind
from elicitation.interview.models import Respondent


@pytest.fixture
def ages(assembly):
    options = [{"en": "young"}, {"en": "middle"}, {"en": "old"}]
    return strata.add_stratum(assembly, {"en": "How old are you?"}, options)


def come(invitation, ages, *said):
    """One person for each of `said`, in order; "" says nothing."""
    members = [taking_part.join(invitation, "en") for _ in said]
    for member, option in zip(members, said, strict=True):
        taking_part.agree(member)
        strata.belong(member, {ages.pk: option})
    return members


def numbers(assembly):
    [told] = turnout_by_kind(assembly)
    return (told.said, told.silent, told.told), [kind.number for kind in told.kinds]


def test_nothing_is_told_of_fewer_than_ten(assembly, invitation, ages):
    come(invitation, ages, *["o0"] * 9, "")
    assert numbers(assembly) == ((9, 1, 0), [None, None, None])


def test_counts_move_when_ten_more_have_said_something(assembly, invitation, ages):
    come(invitation, ages, *["o0"] * 10)
    at_first = numbers(assembly)[1]
    assert at_first == [10, None, None]
    come(invitation, ages, *["o1"] * 9)
    assert numbers(assembly)[1] == at_first
    come(invitation, ages, "o1")
    assert numbers(assembly) == ((20, 0, 20), [10, 10, None])


def test_what_is_left_over_is_never_a_few(assembly, invitation, ages):
    come(invitation, ages, *["o0"] * 14, *["o1"] * 12, *["o2"] * 4)
    assert numbers(assembly) == ((30, 0, 30), [14, None, None])  # 12 would leave the four


def test_who_has_not_agreed_and_machines_are_not_counted(assembly, invitation, ages):
    members = come(invitation, ages, *["o0"] * 11)
    taking_part.join(invitation, "en")
    Respondent.objects.filter(pk=members[0].respondent_id).update(kind=Respondent.Kind.AI_AGENT)
    assert numbers(assembly) == ((10, 0, 10), [10, None, None])


def test_those_of_another_assembly_are_not_counted(assembly, other_assembly, invitation, ages):
    come(invitation, ages, *["o0"] * 10)
    assert turnout_by_kind(other_assembly) == []
    assert Belonging.objects.count() == 10


def test_shares_stand_beside_what_is_aimed_at(assembly, invitation, ages):
    strata.aim(ages, {"o0": 70, "o1": 20, "o2": 10})
    come(invitation, ages, *["o0"] * 12, *["o1"] * 18)
    young, middle, old = turnout_by_kind(assembly)[0].kinds
    assert (young.number, young.share, young.target) == (12, 40, 70)
    assert young.gap == Gap(Standing.SHORT, 30)  # 42 of 60 is 70 %
    assert (middle.share, middle.gap) == (60, Gap(Standing.OVER))
    assert (old.number, old.share, old.target, old.gap) == (None, None, 10, None)
