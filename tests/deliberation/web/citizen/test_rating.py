"""With one tap an author says whether a card says what they care about, on the card's page and among their answers."""

import pytest
from django.urls import reverse

from deliberation.assemblies.actions import taking_part
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.models import Rating
from elicitation.extraction.reading import read
from tests.conftest import Told, card

ASKED = "Does this card say what you care about?"


@pytest.fixture
def proposed(answered):
    (found,) = read(answered.latest.pk, Told(card()))
    return found


def at(name, **more):
    return reverse(f"citizen:{name}", kwargs={"slug": "water", **more})


@pytest.mark.parametrize("back", ["card", "mine"])
def test_a_tap_is_kept_shown_and_leads_back_to_the_page_it_came_from(member_client, proposed, back):
    path = at("rating", candidate_id=proposed.pk)
    pages = {"card": at("card", candidate_id=proposed.pk), "mine": at("mine")}
    assert ASKED in member_client.get(pages[back]).text
    gone = member_client.post(path, {"says": "partly", "back": back})
    assert (gone.status_code, gone.url) == (303, pages[back])
    page = member_client.get(pages[back]).text
    assert 'value="partly" class="quiet" aria-pressed="true"' in page
    assert 'value="yes" class="quiet" aria-pressed="false"' in page
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
    assert "Of the card as it was read you said: No." in page
    assert 'value="yes"' not in page.partition(ASKED)[2].partition("</form>")[0]
    assert member_client.post(path, {"says": "yes"}).status_code == 409


def test_a_card_of_somebody_else_is_as_one_that_never_was(member_client, proposed, other_assembly):
    path = reverse("citizen:rating", kwargs={"slug": "fire", "candidate_id": proposed.pk})
    assert member_client.post(path, {"says": "yes"}).status_code in (302, 404)
    assert not Rating.objects.exists()
