"""One prompt a page: shown, skipped, answered exactly, and never twice by mistake."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.models import Phase
from elicitation.extraction.models import ReadingRequest
from elicitation.interview.models import Response, Revision


@pytest.fixture
def second(assembly):
    return assembly.inquiries.get().prompts.last()


def shown_text(page):
    """What a browser puts into the text field: it drops one line break right after the tag."""
    inside = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL).group(1)
    return html.unescape(inside.removeprefix("\n"))


def key_in(page):
    return re.search(r'name="key" value="([^"]+)"', page.text).group(1)


def close(phase_ended_ago=timedelta(minutes=5)):
    phase = Phase.objects.get()
    phase.ends_at = timezone.now() - phase_ended_ago
    phase.save()


def test_a_prompt_says_how_far_one_has_come_and_lets_one_skip(member_client, prompt, second):
    page = member_client.get(f"/a/water/answer/{prompt.pk}/").text
    assert "1 of 2" in page
    assert f"/a/water/answer/{second.pk}/" in page
    last = member_client.get(f"/a/water/answer/{second.pk}/").text
    assert "2 of 2" in last
    assert 'class="button quiet" href="/a/water/mine/"' in last


def test_help_and_example_wait_behind_a_fold_and_are_not_there_where_there_are_none(
    member_client, prompt
):
    assert "<details" not in member_client.get(f"/a/water/answer/{prompt.pk}/").text
    prompt.help, prompt.example = {"en": "A real moment."}, {"en": "My neighbour's steps."}
    prompt.save()
    page = member_client.get(f"/a/water/answer/{prompt.pk}/").text
    fold = page.split("<details")[1].split("</details>")[0]
    assert "A real moment." in fold
    assert "neighbour" in fold


def test_the_draft_is_kept_on_the_device_under_the_prompt_and_cleared_once_received(
    member_client, prompt
):
    page = member_client.get(f"/a/water/answer/{prompt.pk}/")
    assert f'data-draft="{prompt.pk}"' in page.text
    done = member_client.post(
        f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": key_in(page)}, follow=True
    )
    assert f'data-draft-clear="{prompt.pk}"' in done.text


def test_each_form_carries_a_key_of_its_own_which_stays_when_it_is_shown_again(
    member_client, prompt
):
    first, other = (member_client.get(f"/a/water/answer/{prompt.pk}/") for _ in range(2))
    assert key_in(first) != key_in(other)
    again = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "", "key": key_in(first)})
    assert again.status_code == 422
    assert key_in(again) == key_in(first)


def test_sending_leads_to_the_received_page_with_receipt_and_the_next_prompt(
    member_client, member, prompt, second
):
    sent = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": "k1"})
    assert sent.status_code == 303
    page = member_client.get(sent["Location"]).text
    code = gates.receipt_code(member)
    assert f"http://testserver/back/{code}/" in page
    assert f"/a/water/answer/{second.pk}/" in page


@pytest.mark.parametrize(
    "text", ["\nfirst line empty", "\n\ntwo", "  spaces  \n\n", "<b>&amp;</b> \"'", "نعم\u200cلا"]
)
def test_words_come_back_exactly_as_they_were_typed(member_client, prompt, text):
    member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": text, "key": "k1"})
    given = Response.objects.get()
    assert given.latest.text == text
    assert shown_text(member_client.get(f"/a/water/mine/{given.pk}/change/")) == text
    member_client.post(f"/a/water/mine/{given.pk}/change/", {"text": text.replace("\n", "\r\n")})
    assert Revision.objects.count() == 1


def test_a_form_shown_again_holds_exactly_what_was_typed(member_client, prompt):
    close()
    text = "\nfirst line empty & <i>"
    page = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": text, "key": "k1"})
    assert shown_text(page) == text


def test_what_cannot_be_stored_is_refused_by_name_and_nothing_is_kept(member_client, prompt):
    page = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "a\x00b", "key": "k1"})
    assert page.status_code == 422
    assert not Response.objects.exists()


def test_a_closed_phase_is_named_with_its_times_in_the_assemblys_zone(member_client, prompt):
    phase = Phase.objects.get()
    phase.starts_at = phase.starts_at.replace(year=2026, month=1, day=10, hour=8, minute=0)
    phase.ends_at = phase.starts_at + timedelta(days=2)
    phase.save()
    page = member_client.get(f"/a/water/answer/{prompt.pk}/").text
    assert "10 January 2026, 09:00 CET" in page
    assert "12 January 2026, 09:00 CET" in page


def test_an_answered_prompt_is_shown_with_the_words_to_change(member_client, prompt, answered):
    page = member_client.get(f"/a/water/answer/{prompt.pk}/", follow=True)
    assert "You have answered this" in page.text
    assert shown_text(page).startswith("When the river floods")


def test_a_second_window_makes_no_second_answer_and_loses_no_words(member_client, prompt, answered):
    page = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "newer", "key": "other"})
    assert page.status_code == 409
    assert shown_text(page) == "newer"
    assert Response.objects.count() == 1
    where = re.search(r'<form method="post" action="(/a/water/mine/[^"]+)"', page.text).group(1)
    member_client.post(where, {"text": "newer"})
    assert Response.objects.get().latest.text == "newer"


def test_after_withdrawing_one_may_answer_anew(member_client, prompt, answered):
    member_client.post(f"/a/water/mine/{answered.pk}/withdraw/")
    sent = member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "anew", "key": "k2"})
    assert sent.status_code == 303
    assert Response.objects.standing().get().latest.text == "anew"


def test_an_answer_is_kept_in_the_language_the_prompt_was_shown_in(member_client, prompt):
    prompt.wording = {"en": "What did you look at?", "fr": "Qu'avez-vous regardé ?"}
    prompt.save()
    french = {"accept-language": "fr"}
    assert "regardé" in member_client.get(f"/a/water/answer/{prompt.pk}/", headers=french).text
    member_client.post(
        f"/a/water/answer/{prompt.pk}/", {"text": "le banc", "key": "k1"}, headers=french
    )
    assert Revision.objects.get().language == "fr"


def test_without_a_seat_no_prompt_is_shown_and_nothing_is_kept(client, prompt):
    assert client.get(f"/a/water/answer/{prompt.pk}/").status_code == 404
    sent = client.post(f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": "k1"})
    assert sent.status_code == 404
    assert not Response.objects.exists()


def test_the_prompt_of_another_assembly_is_not_here(member_client, other_assembly):
    foreign = other_assembly.inquiries.get().prompts.first()
    sent = member_client.post(f"/a/water/answer/{foreign.pk}/", {"text": "a bench", "key": "k1"})
    assert sent.status_code == 404
    assert not ReadingRequest.objects.exists()


def test_the_page_of_a_prompt_asks_the_database_few_questions_and_so_does_answering_it(
    member_client, prompt, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        page = member_client.get(f"/a/water/answer/{prompt.pk}/")
    with django_assert_max_num_queries(17):
        member_client.post(
            f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": key_in(page)}
        )
    assert Response.objects.count() == 1
