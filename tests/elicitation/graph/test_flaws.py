"""A model's story is looked through before a person sees it."""

import pytest

from elicitation.graph.flaws import flaw

SENT = [
    "Open doors. who is left without a door to knock on",
    "What matters by the Danube?",
    "the river floods",
]
WELL = (
    "Somebody looks at the rising water first and counts sandbags. A neighbour's light is out, and nobody has asked. "
    "From then on they look for doors that stay closed."
)


def test_a_plain_story_has_no_flaw():
    assert flaw(WELL, SENT, "en") == ""


@pytest.mark.parametrize(
    ("story", "why"),
    [
        ("Maria looks at the rising water first and counts sandbags all night.", "name"),
        ("Somebody in Madrid looks at the rising water and counts sandbags all night.", "name"),
        ("A nurse called Brannagh looks at the water and counts sandbags all night.", "name"),
        ("Somebody asks Mrs. b about the water and counts sandbags the whole night.", "name"),
        ("Somebody said “open the door” and then went away from the rising water.", "quotes"),
        ('Somebody said "open the door" and then went away from the rising water.', "quotes"),
        ("Somebody said 'open the door' and then went away from the rising water.", "quotes"),
        ("Quelqu'un dit « ouvrez la porte » et puis s'en va loin de l'eau qui monte.", "quotes"),
        (
            "Jemand sieht zuerst auf das Wasser und zählt die Säcke, die ganze Nacht lang.",
            "other_language",
        ),
        ("Too short to tell.", "too_short"),
        (WELL * 9, "too_long"),
        (WELL + "\x00", "unstorable"),
        ("", "unstorable"),
    ],
)
def test_what_may_not_be_in_a_story_is_named(story, why):
    assert flaw(story, SENT, "en") == why


def test_a_name_that_the_values_or_the_question_hold_is_no_invention():
    story = (
        "Somebody looks at the Danube first and counts sandbags. Later they look at closed doors."
    )
    assert flaw(story, SENT, "en") == ""


@pytest.mark.parametrize(
    ("story", "language"),
    [
        (
            "Jemand sieht zuerst auf das Wasser und zählt die Säcke. Dann merkt er, dass ein Nachbar allein ist.",
            "de",
        ),
        ("شخص ينظر أولا إلى الماء الذي يرتفع ويعد الأكياس. ثم يرى أن جاره لم يسأل عنه أحد.", "ar"),
        (
            "Quelqu'un regarde d'abord l'eau qui monte. Puis il voit qu'une voisine n'a pas d'aide.",
            "fr",
        ),
        ("有人先看着上涨的水位，数着沙袋。后来发现邻居家没有灯光，没有人去问。", "zh"),
    ],
)
def test_stories_in_other_languages_pass_where_they_were_wanted(story, language):
    assert flaw(story, [], language) == ""


def test_a_plural_with_an_apostrophe_is_no_speech():
    assert (
        flaw(
            "They looked at the neighbours' doors first, and later at the water that rose.",
            SENT,
            "en",
        )
        == ""
    )
