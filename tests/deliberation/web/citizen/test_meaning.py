"""What became of a card, on its author's own page: asked whether it is still what they meant, and asking that somebody else looks again."""

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards, undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import asked_of
from deliberation.moderation.models import Appeal, Meaning
from deliberation.moderation.why import BY_MISTAKE, Why
from tests.cards import accepted, own

MINE = "/a/water/mine/"


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


@pytest.fixture
def joined(bench, assembly, account, owned, invitation, prompt):
    """The member's card stands in the value of somebody else."""
    value = accepted(assembly, account, own(invitation, prompt, "Shade at noon", title="Shade"))
    cards.merge(bench, owned, owned.version, value, Why(code="same_value"))
    return owned


@pytest.fixture
def asked(joined, member):
    return asked_of(member).get()


def test_the_author_is_asked_on_their_own_page_and_says_so(member_client, asked):
    page = f"{MINE}meant/{asked.pk}/"
    assert page in member_client.get(MINE).content.decode()
    shown = member_client.get(page).content.decode()
    assert "Open doors" in shown
    assert "Shade at noon" in shown
    answer = member_client.post(page, {"answer": "not_quite", "words": "Doors are missing."})
    assert answer.status_code == 303
    asked.refresh_from_db()
    assert (asked.answer, asked.words) == ("not_quite", "Doors are missing.")
    assert "not quite" in member_client.get(MINE).content.decode()


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_an_answer_that_is_none_is_asked_again(member_client, asked, said):
    answer = member_client.post(f"{MINE}meant/{asked.pk}/", {"answer": said, "words": "Doors."})
    assert answer.status_code == 422
    assert "Doors." in answer.content.decode()


def test_what_is_asked_no_more_is_refused_with_what_was_typed(member_client, asked, bench):
    undoing.undo(bench, asked.decision, BY_MISTAKE)
    answer = member_client.post(f"{MINE}meant/{asked.pk}/", {"answer": "no", "words": "Doors."})
    assert answer.status_code == 409
    assert "Doors." in answer.content.decode()
    assert not Meaning.objects.exclude(answer="").exists()


def test_every_decision_is_told_with_its_reason_and_can_be_appealed(member_client, joined):
    shown = member_client.get(MINE).content.decode()
    assert "Both attend to the same things." in shown
    decision = joined.decisions.get()
    page = f"{MINE}cards/{joined.pk}/again/{decision.pk}/"
    assert page in shown
    assert member_client.post(page, {"words": ""}).status_code == 422
    assert member_client.post(page, {"words": "They are not the same."}).status_code == 303
    assert Appeal.objects.get().words == "They are not the same."
    assert "It waits." in member_client.get(MINE).content.decode()
    assert "They are not the same." in member_client.get(page).content.decode()
    assert member_client.post(page, {"take_back": "1"}).status_code == 303
    assert Appeal.objects.get().state == "withdrawn"


def test_somebody_elses_card_and_question_are_not_here(
    member_client, client, assembly, account, invitation, prompt, bench
):
    value = accepted(assembly, account, own(invitation, prompt, "Shade at noon", title="Shade"))
    other = own(invitation, prompt, "Trees that stand", title="Trees")
    decision = cards.merge(bench, other, other.version, value)
    foreign = asked_of(other.revision.response.respondent.membership).get()
    for address in (f"{MINE}meant/{foreign.pk}/", f"{MINE}cards/{other.pk}/again/{decision.pk}/"):
        assert member_client.get(address).status_code == 404
        assert member_client.post(address, {"answer": "no", "words": "x"}).status_code == 404
        assert client.get(address).status_code == 404
