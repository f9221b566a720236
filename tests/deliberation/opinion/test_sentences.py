"""A profile in plain words."""

import pytest
from django.utils import translation

from deliberation.opinion.sentences import lowest, sentence


def profile(groups=(0, 0), contexts=(0, 0), rounds=(), trend="single", **more):
    return {
        "held": {"groups": list(groups), "contexts": list(contexts)},
        "rounds": [{"n": n} for n in rounds],
        "trend": trend,
        **more,
    }


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            profile((3, 3), (4, 5), (80, 90), "steady"),
            "held by all 3 groups, in 4 of 5 contexts, steady over 2 rounds",
        ),
        (profile((1, 1)), "held by the one group"),
        (profile((1, 2), (1, 1)), "held by 1 of 2 groups, in 1 of 1 context"),
        (profile((0, 3)), "not shown to be held by any group so far"),
        (profile(), "there are no groups yet to compare"),
        (
            profile((2, 2), rounds=(9, 0, 9), trend="open"),
            "held by all 2 groups, too few answers to compare 2 rounds",
        ),
        (
            profile((2, 2), hidden_groups=1),
            "held by all 2 groups, too few to tell in 1 group",
        ),
        (profile(hidden_groups=2), "too few to tell in 2 groups"),
    ],
)
def test_the_sentence_says_what_the_profile_holds(told, said):
    with translation.override("en"):
        assert sentence(told) == said


def test_the_lowest_group_is_told_with_its_interval():
    told = {"lowest": "B", "groups": {"B": {"support": 0.6123, "low": 0.5, "high": 0.71}}}
    with translation.override("en"):
        assert lowest(told) == "least in group B: 61% (50 to 71%)"
        assert lowest({"lowest": None, "groups": {}}) == ""
