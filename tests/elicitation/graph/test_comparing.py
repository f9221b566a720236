"""Others' values are offered to the author of a card after the fact, and change nothing by themselves."""

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.models import Candidate
from elicitation.extraction.reading import read
from elicitation.graph.actions.placing import offer, wish
from elicitation.graph.comparing import compare
from elicitation.graph.models import Likeness
from elicitation.graph.queries import BELL, cards_to_compare, open_likenesses
from elicitation.graph.remembering import said
from elicitation.interview.drafts import Words
from tests.conftest import Told, newcomer

ONE = "Honesty matters most to me, telling the truth even when it is hard."
SAME = "Being honest and telling the truth, also when it is hard."
OTHER = "I look for shade and trees where children can play in summer."


@pytest.fixture
def owned(transactional_db, invitation, prompt):
    """Somebody's card of these words, owned by its author."""

    def own(text):
        member = newcomer(invitation)
        answer = taking_part.answer(member, prompt, Words(text, "en", text[:20]))
        (card,) = read(
            answer.latest.pk, Told(ValueProposal("Mine", (PolicyProposal(text, (text,)),)))
        )
        return taking_part.own_card(card, public=False)

    return own


@pytest.fixture
def shared(owned, assembly, account):
    card = owned(ONE)
    return moderation.accept(Bench(assembly, account), card, card.version).value


def test_what_others_said_close_is_offered_to_who_owns_a_card(shared, owned):
    mine = owned(SAME)
    ((value, score),) = compare(mine.pk)
    assert value == shared
    assert 0 < score <= 1
    assert [likeness.value for likeness in open_likenesses(mine)] == [shared]
    assert Candidate.objects.get(pk=mine.pk).policies.get().text == SAME


def test_something_else_is_not_offered(shared, owned):
    assert compare(owned(OTHER).pk) == []


def test_a_card_its_author_has_not_owned_is_not_compared(shared, invitation, prompt):
    member = newcomer(invitation)
    answer = taking_part.answer(member, prompt, Words(SAME, "en", "k"))
    (card,) = read(answer.latest.pk, Told(ValueProposal("Mine", (PolicyProposal(SAME, (SAME,)),))))
    assert compare(card.pk) == []
    assert not Likeness.objects.exists()


def test_a_wish_is_kept_and_not_asked_again_and_places_nothing(shared, owned):
    mine = owned(SAME)
    compare(mine.pk)
    wish(mine, shared)
    compare(mine.pk)
    assert Likeness.objects.get().wish == "join"
    assert not open_likenesses(mine).exists()
    assert not hasattr(Candidate.objects.get(pk=mine.pk), "evidence")


def test_a_title_that_repeats_a_policy_is_said_once():
    assert said("open doors", ["nights with open doors"]) == "nights with open doors"
    assert said("Doors", ["nights"]) == "Doors. nights"


def test_on_the_page_one_joins_or_keeps_and_a_moderator_sees_it(shared, owned, facilitator, client):
    mine = owned(SAME)
    compare(mine.pk)
    member = mine.revision.response.respondent.membership
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    page = client.get("/a/water/mine/").content.decode()
    assert "Others said something close" in page
    client.post(f"/a/water/mine/cards/{mine.pk}/same/", {"value": str(shared.pk)})
    assert "Others said something close" not in client.get("/a/water/mine/").content.decode()
    assert (
        "Its author says it is the same as"
        in facilitator.get(f"/run/water/queue/{mine.pk}/").content.decode()
    )


def test_somebody_else_cannot_wish_for_a_card(shared, owned, member_client):
    mine = owned(SAME)
    compare(mine.pk)
    posted = member_client.post(f"/a/water/mine/cards/{mine.pk}/same/", {"value": str(shared.pk)})
    assert posted.status_code == 404
    assert Likeness.objects.get().wish == ""


def test_a_card_whose_message_was_lost_is_compared_by_the_sweep(shared, owned):
    mine, late = owned(SAME), owned(OTHER)
    earlier = timezone.now() - 2 * BELL
    Candidate.objects.filter(pk=mine.pk).update(answered_at=earlier)
    assert cards_to_compare(9) == [mine.pk]  # the other's message may still be on its way
    compare(mine.pk)
    assert [likeness.value for likeness in open_likenesses(mine)] == [shared]
    compare(late.pk)
    Candidate.objects.update(answered_at=earlier)
    assert cards_to_compare(9) == []


def test_a_card_put_in_other_words_is_compared_again(shared, owned):
    mine = owned(OTHER)
    compare(mine.pk)
    taking_part.reword_card(mine, Rewording("Mine", "", {0: SAME}), public=False)
    Candidate.objects.update(answered_at=timezone.now() - 2 * BELL)
    assert cards_to_compare(9) == [mine.pk]
    compare(mine.pk)
    assert cards_to_compare(9) == []
    assert [likeness.value for likeness in open_likenesses(mine)] == [shared]


def test_a_card_taken_back_while_it_is_compared_is_offered_nothing(shared, owned):
    mine = owned(SAME)
    held = Candidate.objects.get(pk=mine.pk)
    taking_part.withdraw(mine.revision.response)
    offer(held, [(shared, 0.9)])
    assert not Likeness.objects.exists()
