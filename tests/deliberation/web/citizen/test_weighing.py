"""What others value: one value a screen, while it is open; changing one's mind; what all say only after one's own word."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.artifacts import actions as artifacts
from deliberation.assemblies.actions import setting_up, taking_part, weighing
from deliberation.assemblies.errors import ConsentMissing, NotHere, PhaseClosed
from deliberation.assemblies.models import Phase
from deliberation.moderation import actions as moderation
from deliberation.moderation.actions import Bench
from deliberation.opinion.drawing import next_value
from deliberation.opinion.models import Analysis
from elicitation.extraction.models import Quote
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Exposure, Tally, Value
from elicitation.interview.actions import welcome
from tests.conftest import found, newcomer

AGREE, PASS, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.PASS, Endorsement.Says.DISAGREE
WEIGH, SAID = "/a/water/weigh/", "/a/water/weigh/said/"
HTMX = {"HX-Request": "true"}


def set_weighing(assembly, starts=-1, ends=24):
    now = timezone.now()
    span = (now + timedelta(hours=starts), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, Phase.Kind.WEIGHING, *span)


@pytest.fixture
def inquiry(assembly):
    set_weighing(assembly)
    return assembly.inquiries.get()


@pytest.fixture
def value(inquiry):
    return make_value(inquiry, "Shade on the way")


@pytest.fixture
def owned(inquiry, account, assembly, read_answer):
    """The value of somebody's card, with a released quote; its author is `member`."""
    card = taking_part.own_card(read_answer, public=True)
    return moderation.accept(Bench(assembly, account), card, card.version).value


@pytest.fixture
def reader(invitation):
    return newcomer(invitation)


@pytest.fixture
def reader_client(reader):
    return client_of(reader)


def client_of(member):
    client = Client()
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    return client


def make_value(inquiry, title, **more):
    return Value.objects.create(
        inquiry=inquiry, title=title, policies=["TREES"], language="en", **more
    )


def say(client, value, says, **more):
    return client.post(WEIGH, {"value": str(value.pk), "says": says}, **more)


def crowd(value, agree, disagree=0):
    for says, many in ((AGREE, agree), (DISAGREE, disagree)):
        for _ in range(many):
            endorse(welcome(), value, says)


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


def test_before_and_after_its_time_the_page_says_when_in_the_assemblys_zone(
    assembly, reader_client, value
):
    set_weighing(assembly, 24, 48)
    page = reader_client.get(WEIGH).text
    assert "you can say here what you think" in page
    assert re.search(r"\d\d:\d\d CES?T", page)
    assert 'name="says"' not in page
    set_weighing(assembly, -48, -24)
    page = reader_client.get(WEIGH)
    assert page.status_code == 200
    assert "This was open until" in page.text


def test_an_assembly_without_a_time_for_it_says_so_calmly(assembly, reader_client):
    page = reader_client.get(WEIGH)
    assert page.status_code == 200
    assert "not settled yet" in page.text


def test_a_vote_that_comes_too_late_is_refused_and_says_when_it_was_open(
    assembly, reader, reader_client, value
):
    set_weighing(assembly, -48, -24)
    page = say(reader_client, value, "agree")
    assert page.status_code == 409
    assert "This is not open now" in page.text
    assert "This was open until" in page.text
    assert not Endorsement.objects.exists()
    with pytest.raises(PhaseClosed):
        weighing.show(reader, value, "priority", 1.0)


def test_without_consent_to_the_text_as_it_stands_nothing_is_shown_or_kept(
    assembly, reader, reader_client, value
):
    assembly.consent_version = 2
    assembly.save()
    reader.refresh_from_db()
    reader.assembly.refresh_from_db()
    assert reader_client.get(WEIGH).status_code == 302
    page = say(reader_client, value, "agree")
    assert page.status_code == 403
    assert "Read what you agree to" in page.text
    with pytest.raises(ConsentMissing):
        weighing.weigh(reader, value, AGREE)
    assert not Exposure.objects.exists()


def test_a_value_of_another_assembly_is_not_here(reader, reader_client, inquiry, other_assembly):
    elsewhere = make_value(other_assembly.inquiries.get(), "Warmth")
    assert say(reader_client, elsewhere, "agree").status_code == 404
    with pytest.raises(NotHere):
        weighing.weigh(reader, elsewhere, AGREE)
    assert not Endorsement.objects.exists()


def test_a_stranger_is_not_let_in(client, value):
    assert client.get(WEIGH).status_code == 404
    assert say(client, value, "agree").status_code == 404
    assert client.get(SAID).status_code == 404
    assert client.post(f"{SAID}erase/").status_code == 404


def test_a_value_gone_meanwhile_is_said_so_and_the_next_one_is_shown(reader_client, inquiry, value):
    make_value(inquiry, "Quiet")
    Value.objects.filter(pk=value.pk).update(retired_at=timezone.now())
    page = say(reader_client, value, "agree")
    assert page.status_code == 409
    assert "Nobody stands behind this value any more" in page.text
    assert "Quiet" in page.text


def test_links_lead_here_only_while_it_is_open(assembly, reader_client, value):
    assert f'href="{WEIGH}"' in reader_client.get("/a/water/mine/").text
    set_weighing(assembly, -48, -24)
    assert f'href="{WEIGH}"' not in reader_client.get("/a/water/mine/").text


def test_what_all_say_is_shown_after_ones_own_word_and_with_its_number(reader_client, value):
    crowd(value, agree=6, disagree=3)
    assert "agree (" not in reader_client.get(WEIGH).text
    assert "Shade on the way" not in reader_client.get(SAID).text
    say(reader_client, value, "disagree")
    page = reader_client.get(SAID).text
    assert "You disagree." in page
    assert "6 of 10 agree (60 %)" in page


def test_what_fewer_than_five_say_is_not_shown(reader_client, value):
    crowd(value, agree=3)
    say(reader_client, value, "agree")
    page = reader_client.get(SAID).text
    assert "of 4 agree" not in page
    assert "Fewer than 5 people" in page


def test_a_change_of_mind_is_made_in_the_list_and_history_stays(reader_client, value):
    say(reader_client, value, "agree")
    page = reader_client.post(SAID, {"value": value.pk, "says": "disagree"})
    assert (page.status_code, page["Location"]) == (303, f"{SAID}?page=1#value-{value.pk}")
    assert "You disagree." in reader_client.get(SAID).text
    assert list(Endorsement.objects.order_by("id").values_list("says", flat=True)) == [
        AGREE,
        DISAGREE,
    ]


def test_what_is_taken_back_counts_no_more_tells_no_more_and_does_not_come_again(
    reader_client, value
):
    crowd(value, agree=6)
    say(reader_client, value, "agree")
    page = reader_client.post(SAID, {"value": value.pk, "says": "take_back"}, follow=True).text
    assert "Taken back." in page
    assert "You took this back." in page
    assert "agree (" not in page
    assert Tally.objects.get().agrees == 6
    assert (
        "That is all" in reader_client.get(WEIGH).text
        or "nothing to look at" in reader_client.get(WEIGH).text
    )


def test_nothing_can_be_changed_in_the_list_once_it_is_closed(assembly, reader_client, value):
    say(reader_client, value, "agree")
    set_weighing(assembly, -48, -24)
    page = reader_client.get(SAID).text
    assert "You agree." in page
    assert 'value="take_back"' not in page
    refused = reader_client.post(SAID, {"value": value.pk, "says": "take_back"})
    assert refused.status_code == 409
    assert Endorsement.objects.standing().count() == 1


def test_everything_can_be_erased_at_any_time(assembly, reader_client, value):
    say(reader_client, value, "agree")
    set_weighing(assembly, -48, -24)
    page = reader_client.post(f"{SAID}erase/", follow=True).text
    assert "is erased" in page
    assert not Endorsement.objects.exists()
    assert Tally.objects.get().agrees == 0


def test_withdrawing_an_answer_leaves_votes_and_says_so_beforehand(
    member, member_client, answered, inquiry, value
):
    say(member_client, value, "agree")
    page = member_client.get(f"/a/water/mine/{answered.pk}/withdraw/").text
    assert "what you said to others" in page
    member_client.post(f"/a/water/mine/{answered.pk}/withdraw/")
    assert Tally.objects.get().agrees == 1


def test_a_published_document_does_not_change_what_is_weighed(reader_client, owned, assembly):
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Doors stay open.", [owned])
    artifacts.publish(version)
    assert "Open doors" in reader_client.get(WEIGH).text


def test_the_pages_speak_plainly(reader_client, owned):
    pages = [reader_client.get(WEIGH).text]
    say(reader_client, owned, "agree")
    pages.append(reader_client.get(SAID).text)
    for page in pages:
        for jargon in ("attentional", "endorse", "tally", "inquiry"):
            assert jargon not in page.lower()


def test_two_assemblies_do_not_mix(reader, inquiry, stranger):
    set_weighing(found("fire", stranger))
    assert next_value(reader) is None
