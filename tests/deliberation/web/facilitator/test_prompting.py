"""A facilitator writes a prompt, sees what it changes on golden answers, and uses it, without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.actions import prompts, trying
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, EngineFailure, Options, Reply
from elicitation.extraction.instructions import prompt as standard
from elicitation.extraction.models import GoldenAnswer, OwnPrompt
from elicitation.extraction.trying import try_out
from tests.conftest import TEXT, Told, card
from tests.model_server import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/readings/prompt/"
NEW = "Read what the person says about doors."
GOLDEN = {
    "do": "add",
    "question": "What did you look at?",
    "answer": TEXT,
    "language": "en",
    "title": "Open doors",
    "context": "the river floods",
    "policy": "WHO is left outside",
    "quote": "who is left without a door to knock on",
}


class Differs(Told):
    """Finds nothing with the standard prompt, and a card with another."""

    def propose(self, ask):
        return Reply((card(),) if ask.instructions else ())


class Away(Told):
    def propose(self, ask):
        raise EngineFailure("endpoint_down")


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def written(facilitator, inquiry):
    facilitator.post(PAGE, GOLDEN)
    facilitator.post(PAGE, {"do": "write", "prompt": NEW})
    return OwnPrompt.objects.get()


def test_the_standard_prompt_is_shown_and_ready_to_be_changed(facilitator, assembly):
    page = facilitator.get(PAGE)
    assert "Answers are read with the standard prompt." in page.text
    assert page.context["form"].initial["prompt"] == standard("read_answer")
    assert PAGE in facilitator.get("/run/water/readings/").text


def test_it_says_that_the_offline_reader_follows_no_prompt(facilitator, assembly, settings):
    assert "which follows no prompt" in facilitator.get(PAGE).text
    settings.GROUNDWORK_ENGINE = "openai"
    assert "which follows no prompt" not in facilitator.get(PAGE).text


def test_it_says_where_golden_answers_come_from(facilitator, assembly):
    assert "No answer of the assembly comes here by itself." in facilitator.get(PAGE).text


def test_a_golden_answer_is_typed_with_its_card_and_removed(facilitator, inquiry):
    assert facilitator.post(PAGE, GOLDEN).status_code == 303
    golden = GoldenAnswer.objects.get()
    assert golden.cards[0]["policies"] == [
        {"text": "WHO is left outside", "quotes": ["who is left without a door to knock on"]}
    ]
    facilitator.post(PAGE, {"do": "remove", "golden": str(golden.pk)})
    assert not GoldenAnswer.objects.exists()


def test_an_answer_in_which_there_is_nothing_to_find_needs_no_card(facilitator, inquiry):
    told = {**GOLDEN, "nothing": "on", "title": "", "policy": "", "quote": ""}
    assert facilitator.post(PAGE, told).status_code == 303
    assert GoldenAnswer.objects.get().cards == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quote": "words that nobody here has written"}, "These words do not stand in the answer"),
        ({"policy": ""}, "Needed, unless there is no value to find."),
        ({"language": "xx"}, "xx"),
    ],
)
def test_a_faulty_golden_answer_comes_back_as_it_was_typed(facilitator, inquiry, wrong, said):
    page = facilitator.post(PAGE, {**GOLDEN, **wrong})
    assert page.status_code == 422
    assert said in page.text
    assert "the river floods" in page.text
    assert not GoldenAnswer.objects.exists()


def test_a_golden_answer_gets_one_more_card(facilitator, inquiry):
    facilitator.post(PAGE, GOLDEN)
    golden = GoldenAnswer.objects.get()
    page = f"{PAGE}{golden.pk}/"
    assert page in facilitator.get(PAGE).text
    assert "quiet nights" in facilitator.get(page).text
    told = {"title": "Quiet", "policy": "NIGHTS that are quiet", "quote": "I want quiet nights."}
    assert facilitator.post(page, {**told, "quote": "I want loud nights."}).status_code == 422
    assert facilitator.post(page, told).status_code == 303
    golden.refresh_from_db()
    assert len(golden.cards) == 2


def test_the_unchanged_prompt_is_not_kept_whatever_the_browser_does_to_line_ends(
    facilitator, inquiry
):
    same = standard("read_answer").replace("\n", "\r\n")
    assert facilitator.post(PAGE, {"do": "write", "prompt": same}).status_code == 422
    assert not OwnPrompt.objects.exists()


def test_while_it_is_tried_the_page_follows_by_itself(facilitator, written):
    page = facilitator.get(PAGE).text
    assert 'hx-trigger="every 4s"' in page
    assert "0 of 1 golden answers were read" in page
    assert "Use this prompt" not in page


def test_what_changes_is_shown_side_by_side_and_counted(facilitator, written):
    try_out(written.pk, Differs())
    page = facilitator.get(PAGE)
    assert {str(word): n for word, n in page.context["seen"].counts} == {
        "same": 0, "changed": 0, "lost": 0, "new": 1, "fails": 0,
    }  # fmt: skip
    assert (
        "Cards made by hand: 1. Found with the prompt in use: 0; with the new one: 1." in page.text
    )
    assert "hx-trigger" not in page.text
    assert "With the new prompt" in page.text


def test_a_prompt_whose_replies_are_of_no_use_shows_as_failing(facilitator, written):
    with ModelServer() as server:
        server.script("well", "broken")
        try_out(written.pk, build("openai", Options(base_url=server.url, api_key="k", model="m")))
    page = facilitator.get(PAGE)
    assert {str(w): n for w, n in page.context["seen"].counts}["fails"] == 1
    assert "was not in the shape it has to have" in page.text.replace("&#x27;", "'")


def test_a_tried_prompt_is_used_and_the_standard_one_comes_back(facilitator, written, inquiry):
    try_out(written.pk, Differs())
    facilitator.post(PAGE, {"do": "use"})
    assert queries.instructions_of(inquiry.pk) == NEW
    assert "Answers are read with a prompt of your own." in facilitator.get(PAGE).text
    facilitator.post(PAGE, {"do": "standard"})
    assert queries.instructions_of(inquiry.pk) == ""
    assert written.version in facilitator.get(PAGE).text


def test_an_untried_prompt_is_not_used(facilitator, written, inquiry):
    page = facilitator.post(PAGE, {"do": "use"})
    assert page.status_code == 409
    assert "was not tried on every golden answer yet" in page.text
    assert queries.instructions_of(inquiry.pk) == ""


def test_a_model_that_was_away_is_tried_again_on_request(facilitator, written):
    try_out(written.pk, Away())
    page = facilitator.get(PAGE).text
    assert "Try again" in page
    assert "Use this prompt" not in page
    facilitator.post(PAGE, {"do": "again"})
    written.refresh_from_db()
    assert written.state == "draft"


def test_a_prompt_tried_on_another_model_is_tried_again_before_it_is_used(
    facilitator, written, settings
):
    try_out(written.pk, Differs())
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "newer"
    page = facilitator.get(PAGE).text
    assert "Try again" in page
    assert "Use this prompt" not in page


def test_where_machine_reading_is_off_the_page_says_that_the_trial_waits(facilitator, written):
    facilitator.post("/run/water/readings/", {"do": "off"})
    page = facilitator.get(PAGE).text
    assert "The trial goes on once it is on again." in page
    assert "hx-trigger" not in page


def test_nothing_of_one_assembly_shows_in_another(facilitator, written, client, other_assembly):
    theirs = other_assembly.inquiries.get()
    golden = prompts.add_golden(theirs, Ask("Their own words about fire.", "en", "Why?"), [])
    assert facilitator.get("/run/fire/readings/prompt/").status_code == 404
    assert facilitator.post("/run/fire/readings/prompt/", GOLDEN).status_code == 404
    assert facilitator.get(f"{PAGE}?question={theirs.pk}").status_code == 404
    assert facilitator.get(f"{PAGE}?question=nonsense").status_code == 404
    remove = {"do": "remove", "golden": str(golden.pk)}
    assert facilitator.post(PAGE, remove).status_code == 404
    assert facilitator.get(f"{PAGE}{golden.pk}/").status_code == 404
    assert facilitator.post(f"{PAGE}{golden.pk}/", GOLDEN).status_code == 404
    assert GoldenAnswer.objects.filter(pk=golden.pk).exists()
    assert client.get(PAGE).status_code in {302, 404}
    assert "about fire" not in facilitator.get(PAGE).text


def test_an_unknown_wish_does_nothing(facilitator, written):
    assert facilitator.post(PAGE, {"do": "dance"}).status_code == 303
    assert facilitator.post(PAGE, {}).status_code == 303


def test_a_trial_without_money_says_when_it_goes_on(facilitator, written):
    trying.put_off_trial(written.pk, timezone.now() + timedelta(hours=24))
    assert "the budget is used up" in facilitator.get(PAGE).text
    trying.put_off_trial(written.pk, timezone.now())
    assert "the budget is used up" not in facilitator.get(PAGE).text
