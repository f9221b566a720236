"""With one tap an author says whether a card says what they care about, on the card's page and among their answers."""

import pytest
from django.urls import reverse

from deliberation.assemblies.actions import taking_part
from elicitation.extraction.actions.cards import Rewording, rate
from elicitation.extraction.models import Rating
from elicitation.extraction.reading import read
from tests.conftest import Told, card

ASKED = "Does it say what you care about?"


@pytest.fixture
def proposed(answered):
    (found,) = read(answered.latest.pk, Told(card()))
    return found


def at(name, **more):
    return reverse(f"citizen:{name}", kwargs={"slug": "water", **more})


@pytest.fixture
def owned(proposed):
    return taking_part.own_card(proposed, public=False)


def test_it_is_asked_once_the_author_has_said_whether_it_is_what_they_meant(
    member_client, proposed
):
    page = at("card", candidate_id=proposed.pk)
    assert ASKED not in member_client.get(page).text
    assert ASKED not in member_client.get(at("mine")).text
    taking_part.own_card(proposed, public=False)
    assert ASKED in member_client.get(page).text
    assert ASKED in member_client.get(at("mine")).text


def test_of_a_card_set_aside_it_is_asked_on_its_own_page_alone(member_client, proposed):
    taking_part.disown_card(proposed)
    assert ASKED in member_client.get(at("card", candidate_id=proposed.pk)).text
    assert ASKED not in member_client.get(at("mine")).text


def test_what_was_said_before_that_stands_and_can_be_changed(member_client, proposed):
    rate(proposed, Rating.Says.NO)
    page = member_client.get(at("mine")).text
    assert 'value="no" class="plain" aria-pressed="true"' in page
    assert "Take this back" in page


@pytest.mark.parametrize("back", ["card", "mine"])
def test_a_tap_is_kept_shown_and_leads_back_to_the_page_it_came_from(member_client, owned, back):
    path = at("rating", candidate_id=owned.pk)
    pages = {"card": at("card", candidate_id=owned.pk), "mine": at("mine")}
    assert ASKED in member_client.get(pages[back]).text
    gone = member_client.post(path, {"says": "partly", "back": back})
    assert (gone.status_code, gone.url) == (303, pages[back])
    page = member_client.get(pages[back]).text
    assert 'value="partly" class="plain" aria-pressed="true"' in page
    assert 'value="yes" class="plain" aria-pressed="false"' in page
    member_client.post(path, {"says": "", "back": back})
    assert not Rating.objects.exists()


def test_what_is_no_answer_is_none(member_client, proposed):
    member_client.post(at("rating", candidate_id=proposed.pk), {"says": "very much"})
    assert not Rating.objects.exists()


def test_of_ones_own_words_nothing_is_asked(member_client, proposed):
    path = at("rating", candidate_id=proposed.pk)
    member_client.post(path, {"says": "no"})
    taking_part.reword_card(proposed, Rewording("Other", "", {0: "DOORS"}), public=False)
    page = member_client.get(at("card", candidate_id=proposed.pk)).text
    assert "Whether the card, as it was read, says what you care about: you said No." in page
    assert 'value="yes"' not in page.partition('id="cares-')[2].partition("</form>")[0]
    assert member_client.post(path, {"says": "yes"}).status_code == 409


def test_a_card_of_somebody_else_is_as_one_that_never_was(member_client, proposed, other_assembly):
    path = reverse("citizen:rating", kwargs={"slug": "fire", "candidate_id": proposed.pk})
    assert member_client.post(path, {"says": "yes"}).status_code in (302, 404)
    assert not Rating.objects.exists()
