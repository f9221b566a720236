"""Every text of the site is in the catalogue of every language it offers, whole and in step."""

import ast
import gettext
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "templates").rglob("*.html"))
CODE = sorted(
    path for app in ("deliberation", "elicitation") for path in (ROOT / app).rglob("*.py")
)
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
FORMS = {"fr": 2, "es": 2, "ar": 6, "de": 2}
PART = re.compile(r'^(msg\S+) (".*"(?:\n".*")*)$', re.MULTILINE)
PLACE = re.compile(r"%\((\w+)\)[a-z]|%[sd]|<(/?\w+)")
BLOCK = re.compile(
    r"{% *blocktranslate.*?{% *endblocktranslate *%}|{% *comment.*?{% *endcomment *%}|{#.*?#}",
    re.DOTALL,
)
MARKUP = re.compile(
    r"{% block body_class %}.*?{% endblock|<(script|style|code|kbd)\b.*?</\1>|<!doctype.*?>|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
SAID = re.compile(r'(?:^|[\s"])(?:title|alt|aria-label|aria-description|placeholder)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
GIVEN = re.compile(r"\w*\.(?:py|jsonl)\b|/\w+/(?=<)")  # files and addresses
SPECIMENS = {"public/style.html"}  # a page of samples for whoever changes the style sheet
NAMES = {"Groundwork", "API", "OpenAPI", "JSON", "CSV", "ZIP", "GraphML", "GEXF", "SHA"}


@dataclass(frozen=True)
class Message:
    """An entry of a catalogue. `says` are its forms: one, or one for each plural."""

    msgid: str
    plural: str
    says: tuple[str, ...]
    fuzzy: bool


def catalogue(language):
    """Every entry of a language's catalogue as text, by its message."""
    text = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    entries = [message(block) for block in text.split("\n\n")[1:] if "\nmsgstr" in block]
    return {one.msgid: one for one in entries}


def message(block):
    """One entry, its strings put together from the lines they are written on."""
    parts = PART.findall(block)
    told = [(keyword, "".join(map(ast.literal_eval, said.split("\n")))) for keyword, said in parts]
    says = tuple(said for keyword, said in told if keyword.startswith("msgstr"))
    known = dict(told)
    return Message(known["msgid"], known.get("msgid_plural", ""), says, "#, fuzzy" in block)


def compiled(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def said_in_code(path):
    """The texts a module gives to a function of gettext, under whatever name it has there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
        if "gettext" in one.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from (part.value for part in node.args[:1] if isinstance(part, ast.Constant))


def said_in_page(path):
    """The texts a template gives to translate, as xgettext reads them."""
    shown = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for said in re.findall(r"""gettext\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", shown):
        yield ast.literal_eval(said)


def said_anywhere():
    return {said for path in CODE for said in said_in_code(path)} | {
        said for path in PAGES for said in said_in_page(path)
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_pages_and_code_is_in_the_catalogue(language):
    said = said_anywhere()
    assert len(said) > 1900
    assert said - set(catalogue(language)) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_is_translated_and_none_is_a_guess(language):
    entries = catalogue(language).values()
    assert len(entries) > 1900
    assert [one.msgid for one in entries if one.fuzzy or not all(one.says)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_places_to_fill_and_marks_are_the_same_in_every_language(language):
    """A plural may say one or none in words; it fills in nothing that is not there."""
    for one in catalogue(language).values():
        places, many = sorted(PLACE.findall(one.msgid)), sorted(PLACE.findall(one.plural))
        assert sorted(PLACE.findall(one.says[-1])) == (many if one.plural else places), one.msgid
        for said in one.says:
            assert {*PLACE.findall(said)} <= {*places, *many}, one.msgid


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_begins_and_ends_as_it_does_in_english(language):
    """Its parts are set side by side: a space or a line break lost there joins words."""
    for one in catalogue(language).values():
        for said in one.says:
            assert said[:1].isspace() == one.msgid[:1].isspace(), one.msgid
            assert said[-1:].isspace() == one.msgid[-1:].isspace(), one.msgid


@pytest.mark.parametrize("language", OTHERS)
def test_there_are_as_many_plurals_as_the_language_has(language):
    for one in catalogue(language).values():
        assert len(one.says) == (FORMS[language] if one.plural else 1), one.msgid


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_is_what_is_written(language):
    written = {}
    for one in catalogue(language).values():
        forms = {(one.msgid, n): said for n, said in enumerate(one.says)}
        written |= forms if one.plural else {one.msgid: one.says[0]}
    kept = {message: said for message, said in compiled(language).items() if message}
    assert kept == written


def words_of_its_own(page):
    text = MARKUP.sub("", BLOCK.sub("", page.read_text(encoding="utf-8")))
    text = GIVEN.sub("", re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.DOTALL))
    shown = [re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL), *SAID.findall(text)]
    return {word for part in shown for word in WORD.findall(part)} - NAMES


def test_a_template_holds_no_words_of_its_own():
    """Also where no other test leads: in a branch that is rarely taken."""
    pages = {str(page.relative_to(ROOT / "templates")): page for page in PAGES}
    assert len(pages) > 200
    own = {name: words_of_its_own(page) for name, page in pages.items() if name not in SPECIMENS}
    assert {name: words for name, words in own.items() if words} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "way", "words"), [("ar", "rtl", "ما يقدّره الناس"), ("de", "ltr", "Was Menschen wichtig ist")]
)  # fmt: skip
def test_the_first_page_is_in_the_readers_language(client, language, way, words):
    page = client.get("/", headers={"accept-language": language})
    assert f'<html lang="{language}" dir="{way}">' in page.text
    assert words in page.text
