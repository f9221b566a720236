"""Profiles by what people say of themselves: counted right, told from ten people on, and of no cell that could be worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.actions import strata as asking
from deliberation.assemblies.models import Belonging
from deliberation.opinion import ground, groups_result, snapshots
from deliberation.opinion.models import Wanted
from deliberation.opinion.shown import _large
from deliberation.opinion.withholding import FEWEST_OF_STRATUM, kept
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Value
from elicitation.interview.models import Respondent

OPTIONS = [{"en": "young"}, {"en": "old"}]


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def weighed(assembly, inquiry):
    """Twelve young people agree with the first value, eleven old ones disagree, three said nothing of themselves and pass."""
    ages = asking.add_stratum(assembly, {"en": "Age?"}, OPTIONS)
    values = [Value.objects.create(inquiry=inquiry, title=t, language="en") for t in "AB"]
    for option, says, number in (("o0", 1, 12), ("o1", -1, 11), ("", 0, 3)):
        for _ in range(number):
            person = Respondent.objects.create()
            if option:
                Belonging.objects.create(stratum=ages, respondent=person, option=option)
            for value in values:
                endorse(person, value, says)
    return ages, values


def test_each_answer_has_its_own_share_of_a_value(inquiry, weighed):
    ages, (value, _) = weighed
    result = groups_result.compute(inquiry, Wanted(inquiry=inquiry)).result
    cells = result["profiles"][str(value.pk)]["strata"][ages.code]
    told = {name: (c["agree"], c["disagree"], c["pass"], c["n"]) for name, c in cells.items()}
    assert told == {"o0": (12, 0, 0, 12), "o1": (0, 11, 0, 11), "": (0, 0, 3, 3)}
    assert cells["o0"]["support"] == 1
    assert 0.75 < cells["o0"]["low"] < cells["o0"]["high"] == 1


def test_who_said_nothing_is_not_told_and_not_left_over_alone(inquiry, weighed):
    ages, (value, _) = weighed
    result = groups_result.compute(inquiry, Wanted(inquiry=inquiry)).result
    shown = _large(result["profiles"][str(value.pk)]["strata"][ages.code])
    assert set(shown) == {"o0"}  # with both told, the three would be what is left over


def test_a_result_is_stale_once_somebody_says_something_else_of_themselves(inquiry, weighed):
    before = snapshots.marker(inquiry)
    first = groups_result.compute(inquiry, Wanted(inquiry=inquiry)).input_hash
    Belonging.objects.filter(option="o0").first().delete()
    assert snapshots.marker(inquiry) != before
    assert groups_result.compute(inquiry, Wanted(inquiry=inquiry)).input_hash != first


def test_without_strata_nothing_is_different(inquiry):
    value = Value.objects.create(inquiry=inquiry, title="A", language="en")
    endorse(Respondent.objects.create(), value, 1)
    result = groups_result.compute(inquiry, Wanted(inquiry=inquiry)).result
    assert result["profiles"][str(value.pk)]["strata"] == {}
    assert ground.lines({}) == []


@given(
    st.dictionaries(st.text("abcde", min_size=1, max_size=1), st.integers(0, 40)),
    st.integers(0, 40),
)
def test_no_cell_of_few_people_is_told_or_left_over(cells, silent):
    numbers = {**cells, "": silent}
    told = {name for name in kept(numbers, sum(numbers.values()), FEWEST_OF_STRATUM) if name}
    assert all(numbers[name] >= FEWEST_OF_STRATUM for name in told)
    rest = sum(numbers.values()) - sum(numbers[name] for name in told)
    assert not told or rest == 0 or rest >= FEWEST_OF_STRATUM
