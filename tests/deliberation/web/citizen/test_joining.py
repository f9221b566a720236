"""Ways in: every spelling of a code, the welcome in the visitor's language, consent before the first word, leaving again."""

import pytest
from django.test import Client

from deliberation.assemblies import codes, gates
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Consent, Membership
from elicitation.interview.actions import welcome
from elicitation.interview.models import Response


@pytest.fixture
def code(invitation):
    return gates.invitation_code(invitation)


@pytest.fixture
def let_in(assembly):
    """Somebody given a receipt by a facilitator: a voice that has not agreed to anything yet."""
    return taking_part.open_door(assembly, welcome(), "en")


def came_back(member):
    client = Client()
    client.get(f"/back/{gates.receipt_code(member)}/")
    return client


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/join/{code}/",
        "https://example.org/join/{code}",
        "  {code} ",
        "{slashed}",
    ],
)
def test_a_code_is_understood_as_a_pasted_link_or_with_other_marks_between(client, code, typed):
    sent = typed.format(code=code, slashed=code.replace("-", "/"))
    page = client.post("/join/", {"code": sent})
    assert page.status_code == 303
    assert "What you agree to" in client.get(page["Location"]).text


@pytest.mark.parametrize("typed", ["", "???", "/", "https://example.org/join/"])
def test_what_is_no_code_at_all_is_refused_on_the_same_page(client, invitation, typed):
    page = client.post("/join/", {"code": typed})
    assert page.status_code in {404, 422}
    assert "Type your code" in page.text


def test_a_code_typed_into_the_receipt_page_opens_ones_answers(client, member, answered):
    typed = gates.receipt_code(member).lower().replace("-", " ")
    page = client.post("/back/", {"code": typed}, follow=True)
    assert "My answers" in page.text
    assert "who is left without a door" in page.text


def test_an_invitation_is_no_receipt(client, code):
    page = client.post("/back/", {"code": code})
    assert page.status_code == 404
    assert "members" not in client.session


def test_a_closed_invitation_lets_nobody_in(client, code, invitation):
    invitation.closed_at = invitation.made_at
    invitation.save()
    assert client.post(f"/join/{code}/").status_code == 404
    assert not Membership.objects.exists()


def test_who_is_in_already_goes_straight_on(member_client, code):
    page = member_client.get(f"/join/{code}/", follow=True)
    assert "Think of a flood" in page.text
    assert Membership.objects.count() == 1


def test_who_has_answered_everything_goes_to_their_answers(member_client, member, code):
    for n, prompt in enumerate(member.assembly.inquiries.get().prompts.all()):
        member_client.post(f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": f"k{n}"})
    assert "My answers" in member_client.get(f"/join/{code}/", follow=True).text


def test_the_welcome_speaks_the_language_of_the_visitor_where_the_assembly_has_it(client, code):
    page = client.get(f"/join/{code}/", headers={"accept-language": "de, fr-CA;q=0.8, en;q=0.5"})
    assert "Assemblée water" in page.text
    assert 'lang="fr"' in page.text


def test_an_assembly_in_a_language_the_pages_are_not_translated_into_is_held_in_it(
    client, code, assembly
):
    assembly.languages = ["en", "de"]
    assembly.title = {"en": "Assembly water", "de": "Versammlung Wasser"}
    assembly.save()
    page = client.get(f"/join/{code}/", headers={"accept-language": "de-AT"})
    assert "Versammlung Wasser" in page.text
    client.post(f"/join/{code}/", headers={"accept-language": "de-AT"})
    assert Membership.objects.get().language == "de"


def test_a_language_chosen_on_the_page_goes_before_the_browsers(client, code):
    client.cookies["django_language"] = "en"
    page = client.get(f"/join/{code}/", headers={"accept-language": "fr"})
    assert "Assembly water" in page.text


def test_the_welcome_says_which_engine_reads_and_where(client, code, settings):
    settings.GROUNDWORK_ENGINE = "offline"
    assert "Your words do not leave it" in client.get(f"/join/{code}/").text
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "some-model-7"
    settings.OPENAI_BASE_URL = "https://models.example.org/v1"
    page = client.get(f"/join/{code}/").text
    assert "A language model (some-model-7) at models.example.org may read my answers." in page
    assert "Your words do not leave it" not in page


def test_agreeing_is_kept_with_the_version_of_the_text(client, code):
    client.post(f"/join/{code}/")
    assert Consent.objects.get().text_version == 1


def test_somebody_let_in_by_a_receipt_is_asked_for_consent_before_the_first_word(let_in, prompt):
    client = came_back(let_in)
    page = client.get(f"/a/water/answer/{prompt.pk}/", follow=True)
    assert "What you agree to" in page.text
    assert not Consent.objects.exists()
    page = client.post("/a/water/consent/", follow=True)
    assert "Think of a flood" in page.text
    client.post(f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": "k1"})
    assert Response.objects.count() == 1


def test_words_sent_before_consent_stay_in_the_form_with_the_way_to_agree(let_in, prompt):
    page = came_back(let_in).post(f"/a/water/answer/{prompt.pk}/", {"text": "a bench", "key": "k1"})
    assert page.status_code == 403
    assert "a bench" in page.text
    assert "/a/water/consent/" in page.text


def test_agreeing_again_to_the_same_text_writes_nothing(member_client, member):
    member_client.post("/a/water/consent/")
    assert Consent.objects.count() == 1


def test_the_session_gets_a_new_key_when_somebody_sits_down(client, code):
    client.get("/")
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(f"/join/{code}/")
    assert client.session.session_key != session.session_key


def test_one_session_may_sit_in_two_assemblies(client, code, other_assembly):
    client.post(f"/join/{code}/")
    other = taking_part.open_door(other_assembly, welcome(), "en")
    client.get(f"/back/{codes.normal(gates.receipt_code(other))}/")
    assert client.get("/a/water/mine/").status_code == 200
    assert client.get("/a/fire/mine/").status_code == 200


def test_leaving_a_shared_device_closes_ones_answers_until_the_receipt_is_used(
    member_client, member, answered, code
):
    page = member_client.post("/a/water/leave/")
    assert page["Clear-Site-Data"] == '"cache", "storage"'
    assert member_client.get("/a/water/mine/").status_code == 404
    assert "What you agree to" in member_client.get(f"/join/{code}/").text
    back = member_client.get(f"/back/{gates.receipt_code(member)}/", follow=True)
    assert "who is left without a door" in back.text


def test_looking_at_the_leave_address_leaves_nothing(member_client):
    assert member_client.get("/a/water/leave/").status_code == 405
    assert member_client.get("/a/water/mine/").status_code == 200
