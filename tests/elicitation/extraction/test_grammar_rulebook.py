"""In statutes and by-laws weak words bind, and a fragment is a rule."""

import pytest

from elicitation.extraction.grammar import statements
from tests.elicitation.extraction._rules import parts


def test_will_and_can_bind_in_a_rulebook_alone():
    text = "The board will meet every month. Its chair may vote twice."
    assert [rule["deontic"] for rule in parts(text, rulebook=True)] == ["must", "may"]
    assert statements("The board will meet every month.") == []


def test_the_head_of_a_list_leaves_its_aim_open_only_in_a_rulebook():
    assert statements("The keeper must:") == []
    (rule,) = parts("The keeper must:", rulebook=True)
    assert rule["aim"] is None
    (rule,) = parts("The keeper must:\n(1) close the gate;\n(2) feed the goats.")
    assert rule["aim"] == "close the gate"


@pytest.mark.parametrize(
    ("deontic", "text"),
    [
        ("must", "Any keeper who may be called at night must live near the gate."),
        ("must", "A member who cannot come must send a letter."),
        ("must", "Members that are not allowed to vote must leave the room."),
        ("must", "Rules which the board may pass must be printed."),
        ("must not", "Fish which may be sold elsewhere must not be sold here."),
        ("must not", "The sale of fish, or of anything that may be eaten, is prohibited."),
        ("must", "Except as may be agreed in writing, the board must meet at noon."),
        ("must", "If the board may meet at night, it must tell the neighbours."),
        ("must", "No later than March the board must report."),
        ("must", "So that neighbours may sleep, the hall must close at ten."),
        ("must", "Although the board may be late, the clerk must wait."),
        ("must not", "Members may, even when asked, not vote twice."),
    ],
)
def test_a_mood_that_leads_up_to_the_rule_is_not_the_rule(deontic, text):
    assert [rule["deontic"] for rule in parts(text, "en", rulebook=True)] == [deontic]


@pytest.mark.parametrize(
    "text",
    [
        "Members whose terms expire shall serve until successors may be appointed.",
        "Within ten days the board shall print the names of all who may vote.",
        "Where a member resigns the board shall name a person who may vote.",
        "Every clerk, whether or not he may vote, shall be heard.",
    ],
)
def test_what_stands_before_a_rule_does_not_hide_it(text):
    assert parts(text, "en", rulebook=True)[0]["deontic_at"] == "shall"


def test_a_mood_that_leans_on_another_clause_is_a_rule_of_a_rulebook_where_none_else_is():
    text = "Officers who may inspect the books."
    assert [rule["deontic"] for rule in parts(text, "en", rulebook=True)] == ["may"]
    assert statements(text, "en") == []


def test_who_has_authority_may_in_a_rulebook():
    (rule,) = parts("The board has the authority to close the road.", "en", rulebook=True)
    assert (rule["deontic"], rule["aim"]) == ("may", "close the road")
