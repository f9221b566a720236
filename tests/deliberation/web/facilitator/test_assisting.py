"""People without a device: a helper writes down what they say, marked so everywhere, with the same consent and the same way back."""

import re

import pytest
from django.utils import timezone

from deliberation.artifacts.formats import wording
from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import assisting, taking_part
from deliberation.assemblies.models import Agreement, Consent, Membership, Phase
from deliberation.exports import own
from deliberation.exports import queries as exported
from elicitation.extraction.models import Candidate, Quote
from elicitation.extraction.reading import read
from elicitation.interview.models import Respondent, Response, Revision
from tests.conftest import TEXT, Told, card

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/aloud/"
KEY = "0" * 32


def told(prompt, **more):
    return {"key": KEY, "agreed": "on", f"prompt_{prompt.pk}": TEXT, **more}


@pytest.fixture
def written(facilitator, prompt):
    sent = facilitator.post(PAGE, told(prompt, research="on"))
    assert (sent.status_code, sent.url) == (303, "/run/water/aloud/slip/")
    return Membership.objects.get()


def test_what_somebody_says_is_kept_exactly_and_marked(written):
    words = Revision.objects.get()
    assert (words.text, words.by_helper) == (TEXT, True)
    assert words.response.respondent == written.respondent


def test_consent_is_recorded_as_given_aloud(written):
    assert Consent.objects.get().aloud
    said = Agreement.objects.get(purpose="research")
    assert (said.given, said.aloud) == (True, True)
    assert own.own(written)["seat"]["agreed_to"][0]["aloud"] is True


def test_nothing_is_kept_of_who_does_not_agree_or_says_nothing(facilitator, prompt):
    refused = facilitator.post(PAGE, {**told(prompt), "agreed": ""})
    assert refused.status_code == 422
    assert TEXT in refused.text
    nothing = facilitator.post(PAGE, {**told(prompt), f"prompt_{prompt.pk}": "  \n"})
    assert "Write down at least one answer." in nothing.text
    assert not Respondent.objects.exists()


def test_sending_twice_is_sending_once(facilitator, written, prompt):
    facilitator.post(PAGE, told(prompt))
    assert Membership.objects.get() == written
    assert Response.objects.count() == 1


def test_other_words_sent_by_the_same_page_are_neither_kept_twice_nor_lost(
    facilitator, written, prompt
):
    other = facilitator.post(PAGE, {**told(prompt), f"prompt_{prompt.pk}": "Other words."})
    assert other.status_code == 422
    assert "Other words." in other.text
    assert Response.objects.count() == 1


def test_once_answering_is_over_nothing_is_kept_and_nothing_typed_is_lost(facilitator, prompt):
    Phase.objects.update(ends_at=timezone.now())
    closed = facilitator.post(PAGE, told(prompt))
    assert closed.status_code == 409
    assert TEXT in closed.text
    assert not Membership.objects.exists()


def test_the_slip_is_the_way_back_and_is_shown_until_it_was_handed_over(
    facilitator, written, client
):
    code = gates.receipt_code(written)
    assert code in facilitator.get(f"{PAGE}slip/").text
    facilitator.post(f"{PAGE}slip/")
    assert facilitator.get(f"{PAGE}slip/").status_code == 302
    client.get(f"/back/{code}/")
    mine = client.get("/a/water/mine/").text
    assert "left without a door" in mine
    assert "written down by a helper" in mine


def test_nobody_who_works_here_gets_the_slip_of_who_came_by_themselves(facilitator, member):
    assert facilitator.get(f"{PAGE}slip/").status_code == 302


def test_a_change_its_author_makes_is_no_helpers(written):
    changed = taking_part.change(written, Response.objects.get(), "Quiet nights.", "en")
    assert [r.by_helper for r in changed.revisions.order_by("number")] == [True, False]


def test_quotes_carry_the_mark_into_pages_and_files(written, assembly, facilitator):
    read(Revision.objects.get().pk, Told(card()))
    taking_part.own_card(Candidate.objects.get(), public=True)
    assert Quote.objects.get().by_helper
    assert next(iter(exported.quotes(assembly)))["by_helper"] is True
    assert next(iter(exported.responses(assembly)))["by_helper"] is True
    answer = facilitator.get(f"/run/water/answers/{Response.objects.get().pk}/")
    assert "written down by a helper" in answer.text


def test_a_document_says_it_beside_the_quote():
    quote = {"text": "doors", "language": "en", "confirmed": True, "by_helper": True}
    assert wording.beside(quote) == "written down by a helper"
    assert wording.beside({**quote, "by_helper": False}) == ""
    both = "not confirmed by its author, written down by a helper"
    assert wording.beside({**quote, "confirmed": False}) == both


def test_sheets_have_a_seat_number_the_questions_and_a_way_back(facilitator, assembly, prompt):
    sent = facilitator.post(f"{PAGE}sheets/", {"number": 3, "language": "en"})
    assert sent.status_code == 303
    page = facilitator.get(f"{PAGE}sheets/").text
    seats = queries.laid_out(assembly)
    assert len(seats) == 3
    for seat in seats:
        assert f"Seat number {seat.pk}" in page
        assert gates.receipt_code(seat) in page
    assert page.count(prompt.asked_in("en")) == 3
    assert len(re.findall(r'src="data:image/svg', page)) == 3


def test_a_seat_laid_out_is_nobody_until_its_owner_agrees(assembly):
    seat = assisting.lay_out(assembly, 1, "en")[0]
    assert not seat.consents.exists()
    assert not seat.respondent.in_research


def test_what_a_sheet_says_is_kept_at_its_seat_once(facilitator, assembly, prompt):
    seat = assisting.lay_out(assembly, 1, "en")[0]
    sent = facilitator.post(PAGE, told(prompt, seat=seat.pk), follow=True)
    assert "They have the way back on their sheet." in sent.text
    assert Response.objects.get().respondent == seat.respondent
    again = facilitator.post(PAGE, {**told(prompt, seat=seat.pk), "key": "1" * 32})
    assert again.status_code == 409
    assert "taken, or there is none" in again.text
    assert Response.objects.count() == 1
    assert queries.laid_out(assembly) == []


def test_nobody_is_written_down_at_the_seat_of_a_member_or_of_another_assembly(
    facilitator, member, other_assembly, prompt
):
    elsewhere = assisting.lay_out(other_assembly, 1, "en")[0]
    for seat in (member, elsewhere):
        refused = facilitator.post(PAGE, told(prompt, seat=seat.pk))
        assert refused.status_code == 409
    assert not Response.objects.exists()
