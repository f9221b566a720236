"""The overview says what machines have cost, what those that wait will cost, and the limit; nothing where nothing has a price."""

import pytest

from deliberation.assemblies.actions import taking_part
from elicitation.extraction.models import Reading, ReadingRequest, Spend
from elicitation.interview.drafts import Words


@pytest.fixture
def paid(read_answer, assembly, settings):
    """One answer read for two cents, of 19.99 spent on its question in all."""
    settings.OPENAI_PRICE_IN = 1.0
    Reading.objects.update(cost=20_000)
    key = str(assembly.inquiries.get().pk)
    return Spend.objects.create(scope="inquiry", key=key, spent=19_990_000)


def capped(settings, **caps):
    settings.READING_BUDGETS = {"day": None, "inquiry": None, "respondent": None, **caps}


def one_more(assembly, member):
    prompt = assembly.inquiries.get().prompts.order_by("position").last()
    taking_part.answer(member, prompt, Words("I look at the water.", "en", "more"))
    assert ReadingRequest.objects.filter(state="waiting").count() == 1


def test_without_prices_nothing_is_said_of_money(facilitator, assembly):
    assert "Spent so far" not in facilitator.get("/run/water/").text


def test_before_anything_was_paid_nothing_is_forecast(facilitator, assembly, settings):
    settings.OPENAI_PRICE_OUT = 2.0
    page = facilitator.get("/run/water/").text
    assert "Spent so far: 0.00." in page
    assert "nothing can be forecast" in page
    assert "no limit of its own" in page


def test_what_was_spent_what_waits_and_the_limits_are_told_in_words(
    facilitator, assembly, paid, settings, member
):
    capped(settings, inquiry=30_000_000, day=5_000_000)
    one_more(assembly, member)
    page = facilitator.get("/run/water/").text
    assert "Spent so far: 19.99." in page
    assert "One answer waits and will cost about 0.02" in page
    assert "More than 30.00 is never spent" in page
    assert "A day may cost 5.00" in page
    assert "The limit will be reached" not in page


def test_a_limit_that_will_be_reached_is_said_beforehand(
    facilitator, assembly, paid, settings, member
):
    capped(settings, inquiry=20_000_000)
    assert "The limit will be reached" not in facilitator.get("/run/water/").text
    one_more(assembly, member)
    assert "The limit will be reached" in facilitator.get("/run/water/").text
