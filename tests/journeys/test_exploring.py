"""Somebody explores values in a real browser: with the picture, by keyboard alone, without JavaScript, on a small phone and a desk."""

import pytest
from playwright.sync_api import expect

from deliberation.assemblies.models import Assembly
from tests.journeys.test_every_page import WIDTHS
from tests.journeys.test_results import HOW, TITLES, results  # noqa: F401  a fixture


@pytest.fixture
def explorer(results):  # noqa: F811
    inquiry = Assembly.objects.get().inquiries.get()
    return f"/a/riverside/results/{inquiry.pk}/explorer/"


def drawn(page):
    page.locator("#picture canvas[data-drawn]").wait_for()


@HOW
def test_the_explorer_fits_every_screen_and_passes_axe(visitor, explorer, how):
    somebody = visitor(**how)
    name = f"explorer-{how['locale']}-{how['viewport']['width']}"
    for number, query in enumerate(("", "?colour=all", "?show=tree")):
        somebody.page.goto(explorer + query)
        drawn(somebody.page)
        somebody.look(f"{name}-{number}")
        assert somebody.page.evaluate(WIDTHS) == 0, query
    somebody.page.locator(".tree summary").first.click()
    somebody.page.locator("#listed [data-value]").first.click()
    somebody.page.locator("#chosen-title").wait_for()
    somebody.look(f"{name}-chosen")
    assert somebody.page.evaluate(WIDTHS) == 0
