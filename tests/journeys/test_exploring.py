"""Somebody explores values in a real browser: with picture and mouse, by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from deliberation.assemblies.models import Assembly
from tests.journeys.test_results import TITLES, results  # noqa: F401  a fixture


@pytest.fixture
def explorer(results):  # noqa: F811
    inquiry = Assembly.objects.get().inquiries.get()
    return f"/a/riverside/results/{inquiry.pk}/explorer/"


def test_values_are_explored_with_the_picture_by_keyboard_and_without_javascript(visitor, explorer):
    with_the_picture(visitor(locale="en", viewport={"width": 1280, "height": 900}), explorer)
    by_keyboard(visitor(locale="en"), explorer)
    by_touch(visitor(locale="en", viewport={"width": 390, "height": 800}, has_touch=True), explorer)
    without_javascript(visitor(locale="en", java_script_enabled=False), explorer)


def with_the_picture(somebody, explorer):
    """A filter, a mark that is pressed, the card beside it, and back."""
    page = somebody.page
    page.goto(explorer)
    page.locator("#picture canvas[data-drawn]").wait_for()
    page.get_by_label("Who holds it").select_option("A")
    expect(page.locator("#found")).to_contain_text("4 values of 8")
    assert "held=A" in page.url
    assert page.evaluate("explorer.shown.reduce((a, b) => a + b)") == 4
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("#found")).to_contain_text("8 values of 8")
    x, y = page.evaluate("explorer.onScreen(explorer.file.titles.indexOf('Nights that are quiet'))")
    page.locator("#picture canvas").click(position={"x": x, "y": y})
    expect(page.locator("#chosen-title")).to_have_text("Nights that are quiet")
    expect(page.locator("#chosen")).to_contain_text("Found wiser than")
    somebody.look("exploring-chosen")
    page.locator("#chosen .branch a").first.click()
    expect(page.locator("#chosen-title")).not_to_have_text("Nights that are quiet")
    page.go_back()
    expect(page.locator("#chosen-title")).to_have_text("Nights that are quiet")


def by_keyboard(somebody, explorer):
    """The table's own link, then the arrows along a line of the picture."""
    page = somebody.page
    page.goto(explorer)
    page.locator("#picture canvas[data-drawn]").wait_for()
    page.locator("#listed").get_by_role("link", name="Nights that are quiet").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen-title")).to_have_text("Nights that are quiet")
    expect(page.locator("#chosen-title")).to_be_focused()
    page.locator("#picture canvas").focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        if page.locator("#picture .hint").inner_text() != "Nights that are quiet":
            break
    near = page.locator("#picture .hint").inner_text()
    assert near in (TITLES[0], TITLES[2])  # what it was compared with
    page.keyboard.press("Enter")
    expect(page.locator("#chosen-title")).to_have_text(near)
    expect(page.locator("#chosen-title")).to_be_focused()
    somebody.look()


def by_touch(somebody, explorer):
    """A tap on a mark of a phone chooses it."""
    page = somebody.page
    page.goto(explorer)
    canvas = page.locator("#picture canvas[data-drawn]")
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    x, y = page.evaluate("explorer.onScreen(explorer.file.titles.indexOf('Benches with backs'))")
    canvas.tap(position={"x": x, "y": y})
    expect(page.locator("#chosen-title")).to_have_text("Benches with backs")


def without_javascript(somebody, explorer):
    """The same by links and one form."""
    page = somebody.page
    page.goto(explorer)
    assert not page.locator("#picture").is_visible()
    page.get_by_label("Who holds it").select_option("A")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#found")).to_contain_text("4 values of 8")
    page.get_by_role("link", name="As a tree").click()
    page.locator(".tree summary").first.click()
    page.locator(".tree details[open] a").first.click()
    assert page.locator("#chosen-title").is_visible()
    assert "held=A" in page.url
    page.locator("#chosen").get_by_role("link", name="All that is known of it").click()
    assert page.get_by_role("heading", name="How widely it holds").is_visible()
