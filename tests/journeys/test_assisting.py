"""A helper writes down what somebody says; they come back with the slip. Paper sheets fit A4, one a seat."""

import pytest
from pypdf import PdfReader

from deliberation.assemblies.actions import assisting, setting_up
from deliberation.assemblies.models import Assembly
from deliberation.web.public.links import token_for
from tests.journeys.conftest import SHOTS
from tests.journeys.test_every_page import WIDTHS

WORDS = "I look at who sits alone on the long bench by the river."


@pytest.fixture
def assembly(sample, account):
    assembly = Assembly.objects.get()
    setting_up.give_role(assembly, account, "facilitator")
    return assembly


def test_somebody_without_a_device_is_written_down_and_comes_back_by_the_slip(
    visitor, assembly, account
):
    helper = visitor(viewport={"width": 390, "height": 844})
    helper.page.goto(f"/sign-in/{token_for(account)}/")
    helper.go("/run/riverside/aloud/", "helper-telling")
    helper.page.get_by_label("I read this aloud").check()
    helper.page.locator("textarea").first.fill(WORDS)
    helper.press("Keep it", "helper-slip")
    assert helper.page.evaluate(WIDTHS) == 0
    code = helper.page.locator(".slip code").inner_text()
    helper.press("Handed over")
    author = visitor(viewport={"width": 390, "height": 844})
    author.go("/back/")
    author.page.get_by_label("Your code").fill(code)
    author.page.keyboard.press("Enter")
    author.page.get_by_text("written down by a helper").wait_for()
    author.look("helped-mine")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_seat_has_a_sheet_of_its_own_on_a4(visitor, assembly, account, language):
    assisting.lay_out(assembly, 3, language)
    helper = visitor(viewport={"width": 1280, "height": 900})
    helper.page.goto(f"/sign-in/{token_for(account)}/")
    helper.go("/run/riverside/aloud/sheets/", f"sheets-{language}")
    printed = SHOTS / f"sheets-{language}.pdf"
    helper.page.pdf(path=printed, format="A4", prefer_css_page_size=True)
    pages = PdfReader(printed).pages
    assert len(pages) == 3
    assert all(round(float(side)) in (595, 596, 842) for side in pages[0].mediabox[2:])
