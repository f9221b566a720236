"""The measures on a small phone: how many of how many is read in one line."""

import pytest
from django.contrib.auth import get_user_model

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Assembly
from deliberation.web.public.links import token_for

LINES = """cells => cells.map(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    const tops = [...words.getClientRects()].map(box => Math.round(box.top));
    return [cell.innerText.trim(), new Set(tops).size];
})"""


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}, {"locale": "de"}],
    ids=["left to right", "right to left, dark", "long words"],
)
def test_how_many_of_how_many_stands_in_one_line_on_a_small_phone(visitor, sample, how):
    assembly = Assembly.objects.get()
    account = get_user_model().objects.create_user("ada-of-the-measures")
    setting_up.give_role(assembly, account, "facilitator")
    somebody = visitor(viewport={"width": 320, "height": 640}, **how)
    somebody.page.goto(f"/sign-in/{token_for(account)}/")
    somebody.go("/run/riverside/measures/", f"measures-{how['locale']}")
    numbers = ".measured td:nth-of-type(-n + 2):not([colspan])"
    told = somebody.page.locator(numbers).evaluate_all(LINES)
    assert len(told) > 10
    assert [words for words, lines in told if lines > 1] == []
