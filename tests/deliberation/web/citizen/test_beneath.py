"""A citizen is asked what lies beneath, may leave it, and says whether a rule is what was meant."""

import pytest

from elicitation.extraction.engines.base import Beneath, MarkProposal, NormProposal
from elicitation.extraction.models import NormCandidate, ReadingRequest
from elicitation.extraction.reading import read
from elicitation.interview.models import FollowUp, Response
from tests.conftest import Says, Told, card

DOOR = "who is left without a door to knock on"


@pytest.fixture
def asked(transactional_db, answered):
    read(answered.latest.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    return FollowUp.objects.get()


@pytest.fixture
def ruled(transactional_db, answered):
    rule = NormProposal("must", "open the doors", (DOOR,), conditions="the river floods")
    read(answered.latest.pk, Says(norms=(rule,), marks=(MarkProposal("claim", DOOR),)))
    return NormCandidate.objects.get()


def test_the_question_is_shown_with_the_persons_own_words_marked(member_client, asked):
    page = member_client.get("/a/water/mine/").content.decode()
    assert asked.question in page
    page = member_client.get(f"/a/water/mine/more/{asked.pk}/").content.decode()
    assert asked.question in page
    assert "<mark>I want quiet nights</mark>" in page


def test_what_one_says_is_kept_with_the_question_and_goes_to_be_read(member_client, asked):
    said = {"text": "Hearing the river from my bed.", "key": "k", "do": "say"}
    page = member_client.post(f"/a/water/mine/more/{asked.pk}/", said, follow=True)
    assert "read together with your answer" in page.content.decode()
    reply = Response.objects.get(follows=asked)
    assert reply.latest.text == said["text"]
    assert reply.follows.asked == asked.question
    assert ReadingRequest.objects.get(revision=reply.latest).state == "waiting"
    again = member_client.post(f"/a/water/mine/more/{asked.pk}/", said)
    assert again.status_code == 303
    assert Response.objects.filter(follows=asked).count() == 1


def test_leaving_it_is_one_press_and_the_answer_stands(member_client, asked, answered):
    member_client.post(f"/a/water/mine/more/{asked.pk}/", {"do": "skip"})
    assert FollowUp.objects.get().state == "skipped"
    assert answered.revisions.get().reading_request.state == "nothing_found"
    assert asked.question not in member_client.get("/a/water/mine/").content.decode()


def test_nothing_typed_is_an_error_that_keeps_the_page(member_client, asked):
    page = member_client.post(f"/a/water/mine/more/{asked.pk}/", {"text": "", "key": "k"})
    assert page.status_code == 422
    assert "leave it as it is" in page.content.decode()


def test_somebody_elses_question_is_not_there(client, asked):
    assert client.get(f"/a/water/mine/more/{asked.pk}/").status_code in {302, 404}


def test_a_reply_is_part_of_its_answer_in_every_count(member_client, asked):
    said = {"text": "Hearing the river from my bed.", "key": "k", "do": "say"}
    member_client.post(f"/a/water/mine/more/{asked.pk}/", said)
    reply = Response.objects.get(follows=asked)
    read(reply.latest.pk, Told(card(quote="Hearing the river from my bed")))
    steps = {
        s["key"]: s["count"] for s in member_client.get("/api/v1/assemblies/water/became/").json()
    }
    assert (steps["received"], steps["read"], steps["waiting"]) == (1, 1, 0)
    page = member_client.get("/a/water/mine/").content.decode()
    assert "Open doors" in page
    assert page.count("<section") == 1


def test_a_rule_is_shown_in_its_parts_and_what_was_not_said_is_said_to_be_open(
    member_client, ruled
):
    page = member_client.get(f"/a/water/mine/rules/{ruled.pk}/").content.decode()
    assert "open the doors" in page
    assert "not said" in page
    assert f"<mark>{DOOR}</mark>" in page


@pytest.mark.parametrize(
    ("posted", "state"),
    [({"said": "yes", "public": "on"}, "confirmed"), ({"said": "no"}, "rejected"),
     ({"said": "change", "attribute": "The town", "deontic": "should", "aim": "open doors at night",
       "conditions": "", "or_else": ""}, "edited")],
)  # fmt: skip
def test_its_author_owns_rejects_or_rewords_a_rule(member_client, ruled, posted, state):
    member_client.post(f"/a/water/mine/rules/{ruled.pk}/", posted)
    ruled.refresh_from_db()
    assert ruled.state == state
    assert ruled.quotes.get().public == ("public" in posted)
    if state == "edited":
        assert (ruled.attribute, ruled.deontic, ruled.by_author) == ("The town", "should", True)


def test_a_rule_without_an_aim_comes_back_with_what_was_typed(member_client, ruled):
    posted = {"said": "change", "attribute": "The town", "deontic": "must", "aim": " "}
    page = member_client.post(f"/a/water/mine/rules/{ruled.pk}/", posted)
    assert page.status_code == 422
    assert "The town" in page.content.decode()


def test_a_facilitator_sees_the_thread_the_rule_and_the_marks(facilitator, ruled, answered):
    page = facilitator.get(f"/run/water/answers/{answered.pk}/").content.decode()
    assert "open the doors" in page
    assert "a claim of fact" in page
