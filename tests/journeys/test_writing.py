"""Writing is safe: over a lost connection, a dead battery, another device, and a closed page, in a real browser."""

import pytest
from django.contrib.auth import get_user_model

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Membership, Unsent
from elicitation.interview.models import Response, Revision
from tests.conftest import found

PHONE = {"viewport": {"width": 320, "height": 640}}
WORDS = "When the market opens, I look at whether old people find a bench."


@pytest.fixture
def link(transactional_db):
    """The link of an invitation to a small assembly."""
    assembly = found("water", get_user_model().objects.create_user("ada"))
    return f"/join/{gates.invitation_code(setting_up.invite(assembly, 'hall'))}/"


@pytest.fixture
def citizen(link, visitor):
    one = visitor(**PHONE)
    one.go(link)
    one.press("I agree, let me begin")
    return one


def sent():
    return Response.objects.filter(revisions__text=WORDS).count()


def newest():
    return Membership.objects.latest("joined_at")


def test_what_was_sent_without_a_connection_goes_by_itself_once_it_is_back(citizen):
    citizen.page.fill("textarea", WORDS)
    citizen.context.set_offline(True)
    citizen.page.get_by_role("button", name="Send").click()
    citizen.page.get_by_text("No connection.").wait_for()
    citizen.look("citizen-no-connection")
    assert not sent()
    citizen.page.locator("textarea").press_sequentially("!")  # one may go on writing meanwhile
    citizen.page.fill("textarea", WORDS)
    citizen.context.set_offline(False)
    citizen.page.get_by_role("heading", name="Received").wait_for()
    assert sent() == 1
    assert citizen.page.evaluate("Object.keys(localStorage).length") == 0


def test_what_waited_in_a_page_that_was_closed_is_sent_when_one_comes_back(citizen):
    citizen.page.fill("textarea", WORDS)
    citizen.context.set_offline(True)
    citizen.page.get_by_role("button", name="Send").click()
    citizen.page.get_by_text("No connection.").wait_for()
    where = citizen.page.url
    citizen.page.close()  # the battery
    citizen.context.set_offline(False)
    assert not sent()
    citizen.page = citizen.context.new_page()
    citizen.page.goto(where)
    citizen.page.get_by_role("heading", name="Received").wait_for()
    assert sent() == 1


def test_an_answer_whose_reply_was_lost_is_sent_again_and_kept_once(citizen):
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))  # it arrived, and nobody hears of it
            return route.abort()
        return route.continue_()

    citizen.page.route("**/answer/*/", lose)
    citizen.page.fill("textarea", WORDS)
    where = citizen.page.url
    citizen.page.get_by_role("button", name="Send").click()
    citizen.page.wait_for_timeout(2000)  # the browser's loop runs meanwhile
    assert sent() == 1
    citizen.page.goto(where)  # answered already: the words are there, to be changed
    citizen.page.get_by_role("heading").first.wait_for()
    assert citizen.page.locator("textarea").input_value() == WORDS
    assert sent() == Revision.objects.filter(text=WORDS).count() == 1


def test_what_is_being_written_is_found_again_on_another_device(citizen, visitor):
    citizen.page.fill("textarea", WORDS)
    citizen.page.get_by_text("Kept, on this device and on this site").wait_for()
    other = visitor(**PHONE)
    other.go(f"/back/{gates.receipt_code(newest())}/")
    other.look("citizen-begun")
    other.page.locator("main section a").first.click()
    other.page.wait_for_load_state()
    assert other.page.locator("textarea").input_value() == WORDS
    other.page.fill("textarea", f"{WORDS} In the shade.")
    other.page.get_by_text("Kept, on this device and on this site").wait_for()
    citizen.page.reload()  # the site's state is newer, and this device's is offered
    assert citizen.page.locator("textarea").input_value() == f"{WORDS} In the shade."
    citizen.press("Use the other text", "citizen-two-devices")
    assert citizen.page.locator("textarea").input_value() == WORDS
    citizen.press("Send")
    assert sent() == 1
    assert not Unsent.objects.exists()


def test_what_has_to_be_mended_is_sent_by_a_person_alone(citizen):
    where = citizen.page.url
    citizen.page.fill("textarea", "   ")
    citizen.press("Send")
    citizen.go(where)
    citizen.page.wait_for_timeout(1000)
    assert citizen.page.url.endswith(where)
    assert not Response.objects.filter(respondent=newest().respondent).exists()


HEARS = """
window.SpeechRecognition = class {
  start() { window.heard = this; }
  stop() { this.onend(); }
};
window.say = (transcript, isFinal) => {
  const result = Object.assign([{ transcript }], { isFinal });
  window.heard.onresult({ results: [result], resultIndex: 0 });
};
"""  # what a browser with a microphone has; this one has none


def test_what_is_spoken_stands_in_the_field_to_be_corrected_before_it_is_sent(link, visitor):
    one = visitor(**PHONE)
    one.context.add_init_script(HEARS)
    one.go(link)
    one.press("I agree, let me begin")
    one.page.fill("textarea", "By the river.")
    one.press("Speak instead of typing")
    assert one.page.evaluate("window.heard.lang") == "en"
    one.page.evaluate("say('when the mar', false)")
    one.look("citizen-speaking")
    assert one.sees("when the mar")
    one.page.evaluate("say('When the market opens', true)")
    assert one.page.locator("textarea").input_value() == "By the river. When the market opens"
    one.page.evaluate("window.heard.onerror({ error: 'not-allowed' })")
    one.press("Stop listening")
    assert one.sees("The microphone cannot be used")
    one.page.fill("textarea", WORDS)
    one.press("Send")
    assert sent() == 1


def test_a_browser_that_cannot_hear_offers_no_speaking(link, visitor):
    one = visitor(**PHONE)
    one.context.add_init_script(
        "delete window.webkitSpeechRecognition; delete window.SpeechRecognition"
    )
    one.go(link)
    one.press("I agree, let me begin")
    assert not one.sees("Speak instead of typing")


def test_without_scripts_a_button_keeps_it_for_later(link, visitor):
    one = visitor(**PHONE, java_script_enabled=False)
    one.page.goto(link)
    one.page.get_by_role("button", name="I agree, let me begin").click()
    one.page.fill("textarea", WORDS)
    one.page.get_by_role("button", name="Keep it for later").click()
    assert one.sees("Begun, and not sent yet")
    one.page.locator("main section a").first.click()
    assert one.page.locator("textarea").input_value() == WORDS
