"""The wall of a hall: somebody answers and agrees, a moderator lets their words on, they are seen; they are taken back, and gone."""

import pytest
from playwright.sync_api import expect

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Assembly
from deliberation.moderation import rooms
from deliberation.moderation.actions import cards, screening
from deliberation.moderation.bench import Bench
from deliberation.web.public.links import token_for
from elicitation.extraction import at_work, queries
from elicitation.extraction.models import Candidate
from elicitation.extraction.reading import read
from tests.journeys.test_every_page import WIDTHS

PATIENCE = 4000  # milliseconds the wall may take, with a busy machine
SIZES = ((390, 844), (1280, 720), (1920, 1080))
WORDS = "When the market opens, I look at whether old people find a bench in the shade. Without it they stay at home."
QUOTE = "old people find a bench in the shade"


@pytest.fixture
def room(sample, account):
    """The sample's room, with values people were read to hold, words on the wall and a way to join."""
    for asked in queries.waiting()[:12]:
        read(asked.pk, at_work.engine())
    assembly = Assembly.objects.get()
    setting_up.give_role(assembly, account, "facilitator")
    bench = Bench(assembly, account)
    for one in Candidate.objects.all()[:9]:
        cards.accept(bench, one, one.version)
    room = screening.open_room(assembly, assembly.invitations.get())
    for quote in rooms.may_come_on(room)[:2]:
        screening.let_on(bench, room, quote)
    return room


def test_words_come_onto_the_wall_by_one_press_and_leave_it_with_their_author(
    visitor, room, account
):
    wall = visitor(viewport={"width": 1280, "height": 720})
    wall.go(f"/room/{rooms.code_of(room)}/")
    author = taking_part.join(room.assembly.invitations.get(), "en")
    taking_part.agree(author)
    citizen, moderator = visitor(), visitor()
    citizen.page.goto(f"/back/{gates.receipt_code(author)}/")
    citizen.page.get_by_role("link", name="Answer the next question").click()
    citizen.page.locator("textarea").fill(WORDS)
    citizen.press("Send")
    read(author.respondent.responses.get().latest.pk, at_work.engine())
    citizen.go("/a/riverside/mine/")
    citizen.follow("Is this what you meant?")
    citizen.page.locator("input[name=public]").first.check()
    citizen.press("Yes, that is it")
    moderator.page.goto(f"/sign-in/{token_for(account)}/")
    moderator.go("/run/riverside/room/", "facilitator-room")
    assert wall.page.get_by_text(QUOTE).count() == 0
    waits = moderator.page.get_by_role("listitem").filter(has_text=QUOTE)
    waits.get_by_role("button", name="Onto the wall").click()
    shown = wall.page.get_by_text(QUOTE)
    expect(shown).to_be_visible(timeout=PATIENCE)
    wall.look("room-view")
    wall.page.keyboard.press("b")
    expect(shown).to_be_hidden()
    wall.page.keyboard.press("b")
    expect(shown).to_be_visible()
    moderator.press("Hold it still")
    citizen.follow("Withdraw")
    citizen.press("Erase my words")
    expect(shown).to_have_count(0, timeout=PATIENCE)
    moderator.press("Close the link")
    expect(wall.page.get_by_text("There is nothing here for you")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("how", [{"locale": "en"}, {"locale": "ar"}], ids=["ltr", "rtl"])
def test_the_wall_fits_projectors_and_phones_and_passes_axe(visitor, room, how):
    for width, height in SIZES:
        for look in ("dark", "light"):
            somebody = visitor(viewport={"width": width, "height": height}, **how)
            path = f"/room/{rooms.code_of(room)}/?look={look}"
            somebody.go(path, f"wall-{how['locale']}-{width}-{look}")
            assert somebody.page.evaluate(WIDTHS) == 0
            if width > height:
                tall = "document.documentElement.scrollHeight - innerHeight"
                assert somebody.page.evaluate(tall) <= 0
            somebody.context.close()
