"""The living style page: it shows every component there is, so that none is changed unseen."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[4] / "static" / "css"
FRAME = {"wrap", "wide", "top", "brand", "skip", "foot", "end", "tongue"}  # around every page
# A state a script sets; the grid of one page; a heading that begins one.
ELSEWHERE = {"over", "explored", "first"}


def component_classes():
    sheet = (CSS / "groundwork.css").read_text()
    parts = sheet[sheet.index("@layer parts {") : sheet.index("@layer pages {")]
    selectors = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", parts, flags=re.DOTALL))
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", selectors)) - FRAME - ELSEWHERE


@pytest.mark.django_db
def test_every_component_of_the_style_sheet_is_on_the_style_page(client):
    page = client.get("/style/").content.decode()
    shown = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert component_classes() - shown == set()


@pytest.mark.django_db
def test_the_style_page_turns_dark_and_round_and_is_not_to_be_listed(client):
    plain, turned = client.get("/style/"), client.get("/style/?look=dark&dir=rtl")
    assert plain.headers["X-Robots-Tag"] == "noindex"
    assert '<div class="shown" dir="ltr"' in plain.text
    assert '<div class="shown in-dark" dir="rtl"' in turned.text
    assert '<div class="shown" dir="ltr"' in client.get("/style/?look=x&dir=y").text


def test_both_schemes_of_the_style_page_are_those_of_the_site():
    def tokens(text):
        return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]+);", text))

    sheet, own = (CSS / "groundwork.css").read_text(), (CSS / "style_page.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")[:2]
    in_light, in_dark = own.split(".in-dark")
    assert tokens(in_light) == tokens(light)
    assert tokens(in_dark) == tokens(dark.split("@layer base")[0])
