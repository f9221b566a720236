"""What others value, one value a screen: what a card shows, what is kept, and what comes next."""

import re

import pytest

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies.actions import taking_part
from deliberation.opinion.drawing import next_value
from deliberation.opinion.models import Analysis
from elicitation.extraction.models import Quote
from elicitation.graph.models import Endorsement, Exposure, Tally
from tests._publishing import signed_and_published
from tests.deliberation.web.citizen._weighing import (
    AGREE,
    DISAGREE,
    PASS,
    SAID,
    WEIGH,
    make_value,
    say,
)

HTMX = {"HX-Request": "true"}


def test_a_card_shows_title_situation_what_matters_voices_and_released_words(reader_client, owned):
    page = reader_client.get(WEIGH).text
    assert "Open doors" in page
    assert "when the river floods" in page
    assert "<q>who is left without a door to knock on</q>" in page
    assert "One voice stands behind it." in page
    for says in ("agree", "disagree", "pass"):
        assert f'value="{says}"' in page


def test_words_not_released_or_taken_back_are_never_shown_as_a_quote(
    reader_client, owned, answered
):
    Quote.objects.update(public=False)
    assert "<q>" not in reader_client.get(WEIGH).text
    Quote.objects.update(public=True)
    assert "<q>" in reader_client.get(WEIGH).text
    taking_part.withdraw(answered)
    page = reader_client.get(WEIGH).text
    assert "door to knock on" not in page
    assert "nothing to look at" in page


def test_a_vote_is_kept_and_the_next_value_comes(reader, reader_client, inquiry):
    values = {v.title: v for v in (make_value(inquiry, "Shade"), make_value(inquiry, "Quiet"))}
    first = next_value(reader)
    page = reader_client.post(WEIGH, {"value": first.pk, "says": "agree"}, follow=True)
    assert page.redirect_chain == [(WEIGH, 303)]
    (other,) = set(values) - {first.title}
    assert "Kept: you agree." in page.text
    assert other in page.text
    assert "1 answered" in page.text
    assert Endorsement.objects.get().says == AGREE
    assert Tally.objects.get(value=first).agrees == 1


@pytest.mark.parametrize(
    ("says", "kept"), [("agree", AGREE), ("disagree", DISAGREE), ("pass", PASS)]
)
def test_each_button_says_what_it_says(reader_client, value, says, kept):
    assert say(reader_client, value, says).status_code == 303
    assert Endorsement.objects.get().says == kept


@pytest.mark.parametrize(
    "sent", [{}, {"says": "agree"}, {"says": "maybe"}, {"says": "agree", "value": "\u0000"}, {"value": "7", "says": "agree"}]
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_the_card_stays(reader_client, value, sent):
    page = reader_client.post(WEIGH, {"value": "", **sent})
    assert page.status_code == 422
    assert "Shade on the way" in page.text
    assert not Endorsement.objects.exists()


def test_without_a_whole_page_the_answer_is_the_next_card_and_a_word_of_what_was_kept(
    reader_client, value
):
    page = say(reader_client, value, "pass", headers=HTMX)
    assert page.status_code == 200
    assert re.search(r'<output[^>]*id="kept">Kept: you passed\.', page.text)
    assert 'id="weigh"' in page.text
    assert "autofocus" in page.text


def test_the_first_look_takes_the_focus_nowhere(reader_client, value):
    assert "autofocus" not in reader_client.get(WEIGH).text


def test_a_reload_shows_the_same_card_and_counts_it_once(reader, reader_client, inquiry):
    for title in "ABCDEFGH":
        make_value(inquiry, title)
    titles = {
        re.search(r'id="value"[^>]*>([^<]*)<', reader_client.get(WEIGH).text)[1] for _ in range(5)
    }
    assert len(titles) == 1
    assert Exposure.objects.get().respondent == reader.respondent
    assert Tally.objects.get().shown == 1


def test_what_comes_next_follows_from_the_seed_and_tells_its_rule(assembly, reader, inquiry):
    for title in "ABCDEFGH":
        make_value(inquiry, title)
    first = next_value(reader)
    shown = Exposure.objects.get()
    assert shown.route in {"priority", "few_seen"}
    assert 0 < shown.chance < 1
    Exposure.objects.all().delete()
    Tally.objects.all().delete()
    assert next_value(reader) == first


def test_every_value_comes_once_and_then_it_is_done(reader, reader_client, inquiry):
    titles = set("ABCDEFGH")
    for title in titles:
        make_value(inquiry, title)
    seen = []
    while value := next_value(reader):
        seen.append(value.title)
        say(reader_client, value, "pass")
    assert sorted(seen) == sorted(titles)
    page = reader_client.get(WEIGH).text
    assert "That is all there is for now" in page
    assert "8 values" in page


def test_ones_own_value_never_comes_and_takes_no_vote_of_ones_own(member, member_client, owned):
    assert next_value(member) is None
    page = say(member_client, owned, "agree")
    assert page.status_code == 409
    assert "Your own words stand behind this value" in page.text
    assert not Endorsement.objects.exists()


def test_the_newest_analysis_is_followed_whatever_it_holds(reader, inquiry):
    values = [make_value(inquiry, title) for title in "ABC"]
    votes = {"a": [9, 0, 9], "b": [0, 9, 9]}
    for result in (
        {"statements": {str(values[0].pk): {"priority": 1e9, "votes": votes}}},
        {"statements": None},
        {"statements": {str(values[0].pk): "nonsense"}},
        [],
    ):
        Analysis.objects.create(
            inquiry=inquiry, kind="groups", rule="stable", rule_version="1", seed=1, marker="m",
            input_hash="h", result=result, seconds=0.0,
        )  # fmt: skip
        Exposure.objects.all().delete()
        assert next_value(reader) in values


def test_a_published_document_does_not_change_what_is_weighed(reader_client, owned, assembly):
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Doors stay open.", [owned])
    signed_and_published(version)
    assert "Open doors" in reader_client.get(WEIGH).text


def test_the_pages_speak_plainly(reader_client, owned):
    pages = [reader_client.get(WEIGH).text]
    say(reader_client, owned, "agree")
    pages.append(reader_client.get(SAID).text)
    for page in pages:
        for jargon in ("attentional", "endorse", "tally", "inquiry"):
            assert jargon not in page.lower()
