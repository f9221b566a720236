"""What authors make of their cards, by who read them; against counts by hand."""

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.measures.authors import editing, reading_quality
from deliberation.opinion.intervals import wilson
from elicitation.extraction.actions.cards import Rewording, rate
from elicitation.extraction.models import Edit, Rating
from elicitation.interview.models import Respondent

YES, PARTLY, NO = Rating.Says


def told(figures):
    return {(one.key, one.part): (one.count, one.n) for one in figures}


def put(card, policy):
    taking_part.reword_card(card, Rewording(card.title, card.context, {0: policy}), public=False)


def test_ratings_are_told_by_who_read_with_share_and_interval(assembly, carded):
    for says in (YES, YES, PARTLY, NO):
        rate(carded(), says)
    taking_part.own_card(carded(), public=False)  # asked, and left out
    carded()  # its author has not said yet whether it was meant, so it was not asked
    figures = list(reading_quality(assembly))
    by = told(figures)
    for key in ("all", "offline/told//en"):
        assert by[key, "rated"] == (4, 5)
        assert (by[key, "yes"], by[key, "partly"], by[key, "no"]) == ((2, 4), (1, 4), (1, 4))
    (yes,) = [one for one in figures if (one.key, one.part) == ("all", "yes")]
    assert (yes.value, (yes.low, yes.high)) == (0.5, pytest.approx(wilson(2, 4)))
    assert {one.of for one in figures if one.key != "all"} == {"offline · told · en"}


def test_an_ai_agents_ratings_and_cards_are_not_counted(assembly, carded):
    card = carded()
    rate(card, NO)
    Respondent.objects.filter(pk=card.revision.response.respondent_id).update(kind="ai_agent")
    assert told(reading_quality(assembly)) == {
        ("all", "rated"): (0, 0), ("all", "yes"): (0, 0), ("all", "partly"): (0, 0), ("all", "no"): (0, 0),
    }  # fmt: skip


def test_how_often_cards_were_put_in_other_words_and_by_how_many(assembly, carded):
    same = "who is left without a door to knock on"
    taking_part.own_card(carded(), public=False)
    taking_part.disown_card(carded())
    put(carded(), same)  # sent, and nothing changed
    put(carded(), same + " tonight")
    twice = carded()
    put(twice, same + " at night")
    put(twice, same)
    carded()  # not answered
    figures = list(editing(assembly))
    assert told(figures)["all", "edited"] == (2, 5)
    (middle,) = [one for one in figures if one.part == "words_median"]
    assert (middle.n, middle.value, middle.low) == (2, (1 + 4) / 2, None)


def test_a_card_changed_before_words_were_counted_is_edited_by_an_unknown_number(assembly, carded):
    put(carded(), "other words")
    Edit.objects.all().delete()
    assert [(one.part, one.count, one.n) for one in editing(assembly)] == [("edited", 1, 1)]


def test_what_another_assembly_holds_is_not_counted(carded, other_assembly):
    rate(carded(), YES)
    assert told(reading_quality(other_assembly))["all", "rated"] == (0, 0)
    assert told(editing(other_assembly)) == {("all", "edited"): (0, 0)}
