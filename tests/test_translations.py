"""Every page speaks every language the site offers."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "templates").rglob("*.html"))
SAID = re.compile(r"""{% translate (?:"([^"]+)"|'([^']+)') %}""")
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]


class Missing(gettext.NullTranslations):
    """Says nothing where a translation is missing."""

    def gettext(self, message):
        return None


def sentences():
    for page in PAGES:
        for double, single in SAID.findall(page.read_text(encoding="utf-8")):
            yield double or single


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_every_page_is_translated(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)
    known.add_fallback(Missing())
    assert [said for said in sentences() if known.gettext(said) is None] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_entry_of_a_language_is_left_empty(language):
    text = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    empty = re.findall(r'^msgid .*\n(?:".*"\n)*msgstr(?:\[\d\])? ""\n(?!")', text, re.MULTILINE)
    assert empty == []


@pytest.mark.parametrize("language", OTHERS)
def test_places_to_fill_are_the_same_in_every_language(language):
    text = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        parts = re.split(r"^msgstr", block, maxsplit=1, flags=re.MULTILINE)
        if len(parts) == 2 and re.search(r'"[^"]+"', parts[1]) and "msgid_plural" not in block:
            places = [set(re.findall(r"%\((\w+)\)s", part)) for part in parts]
            assert places[0] == places[1], block


@pytest.mark.django_db
def test_the_first_page_is_arabic_for_a_reader_of_arabic(client):
    page = client.get("/", headers={"accept-language": "ar"})
    assert 'dir="rtl"' in page.text
    assert "ما يقدّره الناس" in page.text
