"""Reasons are agreed on before answering begins, stand from then on, and everybody can read them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.models import Phase
from deliberation.moderation.models import Decision, Reason, SecondLook
from tests.cards import accepted, own
from tests.deliberation.web.facilitator.test_running import FOUNDING

REASONS = "/run/water/reasons/"


@pytest.fixture
def ahead(assembly):
    """Answering has not begun."""
    now = timezone.now()
    Phase.objects.update(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))


def test_before_answering_they_are_worded_anew_added_and_taken_off(facilitator, ahead, assembly):
    facilitator.post(REASONS, {"word": "insult", "insult-in_en": "It hurts.", "insult-in_fr": ""})
    assert assembly.reasons.get(code="insult").wording["en"] == "It hurts."
    assert assembly.reasons.get(code="insult").wording["fr"].startswith("Elle insulte")
    facilitator.post(REASONS, {"drop": "unclear"})
    assert not assembly.reasons.filter(code="unclear").exists()
    facilitator.post(REASONS, {"new-in_en": "It is an advert.", "new-kinds": ["reject", "hide"]})
    assert assembly.reasons.get(wording__en="It is an advert.").kinds == ["reject", "hide"]


def test_a_reason_without_words_or_kinds_is_refused_and_what_was_typed_is_kept(
    facilitator, ahead, assembly
):
    page = facilitator.post(REASONS, {"new-in_en": "It is an advert."})
    assert page.status_code == 422
    assert "It is an advert." in page.text
    empty = {"word": "insult", "insult-in_en": " ", "insult-in_fr": ""}
    assert facilitator.post(REASONS, empty).status_code == 422
    assert assembly.reasons.get(code="insult").wording["en"].startswith("It insults")


def test_once_answering_has_begun_they_stand(facilitator, assembly):
    assert "Add a reason" not in facilitator.get(REASONS).text
    for wish in (
        {"drop": "insult"},
        {"word": "insult", "insult-in_en": "It hurts."},
        {"new-in_en": "It is an advert.", "new-kinds": ["reject"]},
    ):
        page = facilitator.post(REASONS, wish)
        assert page.status_code == 409
        assert "Answering has begun" in page.text
    assert assembly.reasons.get(code="insult").wording["en"].startswith("It insults")


def test_looking_at_them_keeps_nothing(facilitator, client, assembly):
    facilitator.get(REASONS)
    client.get("/a/water/reasons/")
    assert not Reason.objects.exists()


def test_everybody_reads_them_in_their_own_language(client, assembly, facilitator, ahead):
    page = client.get("/a/water/reasons/").text
    assert "They are fixed when answering begins." in page
    assert "It does not answer the question." in page
    french = client.get("/a/water/reasons/", headers={"accept-language": "fr"}).text
    assert "Elle ne répond pas à la question." in french
    facilitator.post(REASONS, {"word": "insult", "insult-in_en": "It hurts."})
    assert "It hurts." in client.get("/a/water/reasons/").text
    assert "/a/water/reasons/" in client.get("/a/water/").text


def test_a_founded_assembly_has_its_list(client, account):
    client.force_login(account)
    client.post("/run/new/?template=town", FOUNDING)
    assert Reason.objects.filter(assembly__slug="square").exists()


def test_a_second_look_is_given_without_seeing_the_first_decision(
    transactional_db, facilitator, invitation, prompt, assembly, stranger
):
    card = own(invitation, prompt, "Quiet for everybody", title="Quiet")
    value = accepted(
        assembly, stranger, own(invitation, prompt, "Shade for everybody", title="Shade")
    )
    accepted(assembly, stranger, card)
    SecondLook.objects.all().delete()
    decision = Decision.objects.get(candidate=card)
    look = SecondLook.objects.create(
        assembly=assembly, candidate=card, card_version=decision.card_version
    )
    path = "/run/water/queue/second/"
    page = facilitator.get(path).text
    choices = page[page.index('<div class="choose"') :]
    assert "Shade" in choices
    assert "Quiet" not in choices
    assert "accepted as a new value" not in page
    assert facilitator.post(path, {"look": look.pk, "kind": "merge"}).status_code == 422
    said = {"look": look.pk, "kind": "merge", "value": str(value.pk)}
    assert facilitator.post(path, said).status_code == 303
    look.refresh_from_db()
    assert (look.kind, look.value) == ("merge", value)
    assert "needs no second look any more" in facilitator.post(path, said, follow=True).text
    figures = facilitator.get("/run/water/queue/figures/").text
    assert "cards both looked at" in figures
    assert "seen the same way" in figures
