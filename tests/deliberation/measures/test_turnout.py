"""Who came beside who was aimed at: shares with intervals, one index, and nothing of fewer than ten."""

import pytest

from deliberation.assemblies.actions import strata
from deliberation.measures.turnout import representativeness


@pytest.fixture
def ages(assembly):
    options = [{"en": "young"}, {"en": "middle"}, {"en": "old"}]
    return strata.add_stratum(assembly, {"en": "How old are you?"}, options)


@pytest.fixture
def came(comer, ages):
    def said(*numbers):
        for option, number in enumerate(numbers):
            for _ in range(number):
                strata.belong(comer(), {ages.pk: f"o{option}"})

    return said


def told(assembly):
    return {
        (one.key.partition("/")[2], one.part): one for one in representativeness(assembly, "en")
    }


def test_each_share_stands_with_its_interval_beside_its_target_and_an_index(assembly, ages, came):
    strata.aim(ages, {"o0": 30, "o1": 30, "o2": 40})
    came(15, 15, 10)
    by = told(assembly)
    young = by["o0", "people"]
    assert (young.count, young.n, young.value) == (15, 40, 0.375)
    assert young.low < 0.375 < young.high
    assert by["o0", "target"].value == 0.3
    # |.375 - .3| + |.375 - .3| + |.25 - .4| = .3; half of it.
    assert by["", "dissimilarity"].value == pytest.approx(0.15)
    assert 0 < by["", "by_chance"].value < 0.15
    assert by["", "said"].count == 40


def test_kinds_that_are_not_told_count_as_one_and_the_index_is_at_least_that(assembly, ages, came):
    strata.aim(ages, {"o0": 30, "o1": 30, "o2": 40})
    came(20, 6, 4)
    by = told(assembly)
    assert ("o1", "people") not in by
    assert ("o2", "people") not in by
    assert ("", "dissimilarity") not in by
    assert by["", "dissimilarity_at_least"].value == pytest.approx(20 / 30 - 0.3)


def test_where_no_kind_is_told_there_is_no_index(assembly, ages, came):
    strata.aim(ages, {"o0": 30, "o1": 30, "o2": 40})
    came(4, 3, 3)
    assert {part for _, part in told(assembly)} == {"said", "target"}


@pytest.mark.parametrize("targets", [{}, {"o0": 30}, {"o0": 30, "o1": 30, "o2": 30}])
def test_without_targets_for_all_that_make_a_hundred_there_is_no_index(
    assembly, ages, came, targets
):
    strata.aim(ages, targets)
    came(10, 10, 10)
    assert not [part for _, part in told(assembly) if part.startswith(("dissimilarity", "by_chance"))]  # fmt: skip
    assert ("o0", "people") in told(assembly)


def test_of_fewer_than_ten_nothing_but_how_many_said_anything_is_told(assembly, ages, came):
    strata.aim(ages, {"o0": 30, "o1": 30, "o2": 40})
    came(3, 3, 3)
    assert {part for _, part in told(assembly)} == {"said", "target"}
