"""What others value, on a phone and at a desk: by button, by key, by swipe, and without a script."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Assembly, Phase
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.extraction import at_work, queries
from elicitation.extraction.models import Candidate, Quote
from elicitation.extraction.reading import read
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.actions import welcome

WEIGH = "/a/riverside/weigh/"
PHONE = {"viewport": {"width": 320, "height": 640}}
WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "document.activeElement.id"
AGREE, PASS, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.PASS, Endorsement.Says.DISAGREE


@pytest.fixture
def member(sample):
    """A member of the sample, in which there are values of others to weigh."""
    for asked in queries.waiting()[:14]:
        read(asked.pk, at_work.engine())
    assembly = Assembly.objects.get()
    moderator = get_user_model().objects.create_user("moderator")
    setting_up.give_role(assembly, moderator, "facilitator")
    Quote.objects.update(public=True)
    for card in Candidate.objects.all()[:8]:
        moderation.accept(Bench(assembly, moderator), card, card.version)
    joined = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(joined)
    return joined


def enter(visitor, member, **how):
    somebody = visitor(**how)
    somebody.page.goto(f"/back/{gates.receipt_code(member)}/")
    return somebody


def button(somebody, says):
    return somebody.page.locator(f".three button[value={says}]")


def says(member):
    standing = Endorsement.objects.standing().filter(respondent=member.respondent)
    return list(standing.order_by("id").values_list("says", flat=True))


def kept(somebody, text):
    somebody.page.locator("#kept", has_text=text).wait_for()


def test_a_citizen_weighs_by_button_and_by_key_and_changes_their_mind(visitor, member):
    citizen = enter(visitor, member, viewport={"width": 1280, "height": 860})
    citizen.look()
    citizen.follow("What others value", "weigh-desk")
    title = citizen.page.locator("#value")
    first = title.inner_text()
    button(citizen, "agree").click()
    kept(citizen, "Kept: you agree.")
    assert title.inner_text() != first
    assert citizen.page.evaluate(FOCUSED) == "value"
    citizen.look("weigh-desk-after")
    for key, told in (("d", "Kept: you disagree."), ("p", "Kept: you passed.")):
        citizen.page.keyboard.press(key)
        kept(citizen, told)
    assert says(member) == [AGREE, DISAGREE, PASS]
    citizen.page.get_by_label("Keys").uncheck()
    citizen.page.locator("main").focus()
    citizen.page.keyboard.press("a")
    citizen.page.reload()
    citizen.page.keyboard.press("a")
    citizen.look()
    assert says(member) == [AGREE, DISAGREE, PASS]
    for value in Value.objects.all():
        for _ in range(6):
            endorse(welcome(), value, AGREE)
    citizen.follow("What I said", "weigh-said-desk")
    assert citizen.sees("7 of 7 agree (100 %)")
    citizen.page.get_by_role("button", name="Disagree").last.click()
    citizen.page.get_by_text("Kept: you disagree.").wait_for()
    assert sorted(says(member)) == [DISAGREE, DISAGREE, PASS]


def swipe(citizen, x, y):
    """One finger over the card, from its middle, `x` pixels to the right and `y` down."""
    box = citizen.page.locator("[data-swipe]").bounding_box()
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = citizen.context.new_cdp_session(citizen.page)

    def send(kind, points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [at])
    for step in (1, 2, 3, 4):
        send("touchMove", [{"x": at["x"] + x * step / 4, "y": at["y"] + y * step / 4}])
    send("touchEnd", [])


@pytest.mark.parametrize(
    ("x", "y", "told", "stands"),
    [(120, 5, "you agree", AGREE), (-120, 5, "you disagree", DISAGREE), (3, -120, "you passed", PASS)],
)  # fmt: skip
def test_a_finger_weighs_by_swipe(visitor, member, x, y, told, stands):
    tall = {"viewport": {"width": 360, "height": 1600}}
    citizen = enter(visitor, member, has_touch=True, is_mobile=True, **tall)
    citizen.go(WEIGH, "weigh-touch")
    assert citizen.sees("You can also swipe")
    swipe(citizen, x, y)
    kept(citizen, told)
    assert says(member) == [stands]


def test_a_finger_that_reads_on_or_hesitates_says_nothing(visitor, member):
    citizen = enter(visitor, member, has_touch=True, is_mobile=True, **PHONE)
    citizen.go(WEIGH)
    for x, y in ((30, 0), (60, 60), (0, -60)):
        swipe(citizen, x, y)
    citizen.page.wait_for_timeout(300)
    assert says(member) == []


def test_what_the_quick_way_cannot_send_is_said_on_a_whole_page(visitor, member):
    citizen = enter(visitor, member, **PHONE)
    citizen.go(WEIGH)
    later = timezone.now() + timedelta(days=1)
    Phase.objects.filter(kind="weighing").update(starts_at=later, ends_at=later + timedelta(days=9))
    button(citizen, "agree").click()
    citizen.page.get_by_text("This is not open now").wait_for()
    assert citizen.sees("you can say here what you think")
    citizen.look("weigh-closed")
    assert says(member) == []


def test_a_page_open_for_too_long_gives_the_answer_back_one_press_from_being_sent(visitor, member):
    citizen = enter(visitor, member, **PHONE)
    citizen.go(WEIGH)
    citizen.context.clear_cookies(name="csrftoken")
    button(citizen, "agree").click()
    citizen.page.get_by_role("button", name="Send once more").click()
    citizen.page.get_by_text("Kept: you agree.").wait_for()
    assert says(member) == [AGREE]


def test_a_lost_connection_is_said_and_nothing_is_kept(visitor, member):
    citizen = enter(visitor, member, **PHONE)
    citizen.go(WEIGH)
    citizen.context.set_offline(True)
    button(citizen, "pass").click()
    kept(citizen, "This did not reach us.")
    citizen.context.set_offline(False)
    button(citizen, "pass").click()
    kept(citizen, "Kept: you passed.")
    assert says(member) == [PASS]


def test_everything_works_without_a_script(visitor, member):
    citizen = enter(visitor, member, java_script_enabled=False, **PHONE)
    citizen.page.goto(WEIGH)
    button(citizen, "disagree").click()
    assert citizen.sees("Kept: you disagree.")
    assert not citizen.sees("You can also swipe")
    citizen.page.get_by_role("link", name="What I said").click()
    citizen.page.get_by_role("button", name="Take it back").click()
    assert citizen.sees("You took this back.")
    assert says(member) == []


@pytest.mark.parametrize(
    "how",
    [
        {"locale": "en", **PHONE},
        {"locale": "ar", "color_scheme": "dark", **PHONE},
        {"locale": "ar", "viewport": {"width": 1280, "height": 860}},
        {"locale": "en", "color_scheme": "dark", "viewport": {"width": 1280, "height": 860}},
    ],
    ids=["phone", "phone, right to left, dark", "desk, right to left", "desk, dark"],
)
def test_every_state_fits_and_passes_axe(visitor, member, how):
    name = f"weigh-{how['locale']}-{how['viewport']['width']}-{how.get('color_scheme', 'light')}"
    citizen = enter(visitor, member, **how)
    values = list(Value.objects.all())
    for value, vote in zip(values, (AGREE, DISAGREE, PASS), strict=False):
        endorse(member.respondent, value, vote)
    for _ in range(7):
        endorse(welcome(), values[0], AGREE)
    fits(citizen, WEIGH, f"{name}-card")
    fits(citizen, f"{WEIGH}said/", f"{name}-said")
    for value in values:
        endorse(member.respondent, value, AGREE)
    fits(citizen, WEIGH, f"{name}-done")
    Phase.objects.filter(kind="weighing").delete()
    fits(citizen, WEIGH, f"{name}-closed")


def fits(citizen, path, name):
    citizen.go(path, name)
    assert citizen.page.evaluate(WIDTHS) == 0, path
