"""Nothing is said that is not translated: in a language in which every translated text is marked, nothing of ours stands outside the marks."""

import re
from copy import deepcopy
from dataclasses import asdict
from zoneinfo import available_timezones

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation import trans_real
from django.views import defaults

from deliberation.artifacts import plain
from deliberation.artifacts.formats.blocks import blocks
from deliberation.artifacts.models import Artifact, Version
from deliberation.artifacts.told import told
from deliberation.assemblies.ready import ready
from deliberation.exports import polis_csv
from deliberation.exports.tables import TABLES
from deliberation.project import failing
from deliberation.web.rights import Who, who_may
from elicitation.extraction.instructions import prompt
from elicitation.graph.models import Norm
from tests.deliberation.web.test_torture import UNNAMED, path_of
from tests.doors import Hall, addresses, closed
from tests.pseudo import TAKES_THE_PLACE_OF, Marked, Page, outside, strings, told_by_people

pytestmark = pytest.mark.django_db
WHO = {
    "nobody": (Who.ANYBODY,),
    "author": (Who.ANYBODY, Who.MEMBER),
    "facilitator": (Who.FACILITATOR, Who.ACCOUNT),
    "researcher": (Who.RESEARCHER,),
}
SPECIMENS = {"public:style"}  # a page of samples for whoever changes the style sheet
NAMES = {"Groundwork", "API", "OpenAPI", "CSV", "DOCX", "GEXF", "GraphML", "JSON", "Markdown", "PDF", "XLSX", "ZIP", "SHA-"}  # fmt: skip
# What stands in the files this hall was brought, and who read its answers.
TYPED = {
    "answer",
    "id",
    "I look at who sits alone on the long bench.",
    "kind, a",
    "offline · told · en",
    "The town should light the stairs",
}
GIVEN = re.compile(r"(https?://)?testserver/\S*|[0-9a-f-]{12,}")  # links and hashes
CLOCK = re.compile(r"\b(CET|CEST|UTC)\b")
SIGNS = " \n.,;:()·“”„«»…–-+×%/0123456789"


@pytest.fixture
def pseudo(monkeypatch):
    """Whoever asks for this language gets every translated text between marks."""
    monkeypatch.setitem(trans_real._translations, TAKES_THE_PLACE_OF, Marked(TAKES_THE_PLACE_OF))
    return {"HTTP_ACCEPT_LANGUAGE": TAKES_THE_PLACE_OF}


@pytest.fixture
def hall(db, tmp_path):
    with translation.override("en"):
        hall = Hall(tmp_path)
    hall.water.ids["tongue"] = TAKES_THE_PLACE_OF
    return hall


def bare(words):
    """Words without the numbers, signs and clocks around them."""
    return CLOCK.sub("", words).strip(SIGNS)


def not_ours():
    """What may be said untranslated: people's words, names, and what a program is given as it is."""
    begun = [asdict(one) for one in ready().values()]
    rules = [plain.of_norm(norm, norm.language) for norm in Norm.objects.all()]
    tongues = [name for _, name in settings.LANGUAGES] + ["français"]
    whole = [*told_by_people(), *strings(begun), *strings(prompt("read_answer")), *rules, *tongues]
    files = [*(f"{table}.jsonl" for table in TABLES), *polis_csv.FILES]
    return {
        bare(words) for words in (*whole, *files, *TABLES, *NAMES, *TYPED, *available_timezones())
    } | {""}


def untranslated(found):
    """Of (what, words) those that nobody may say."""
    ours = not_ours()
    return sorted(
        {one for one in found if bare(one[1]) not in ours and not GIVEN.fullmatch(one[1])}
    )


def is_page(response):
    return response.headers["Content-Type"].startswith("text/html")


def asked_and_left(client, path, pseudo):
    """A page as it opens, and what comes of sending it nothing; neither leaves a trace."""
    kept = deepcopy(client.cookies)
    for ask in (client.get, client.post):
        with transaction.atomic():
            yield closed(ask(path, **pseudo))
            transaction.set_rollback(True)
        client.cookies = deepcopy(kept)


@pytest.mark.parametrize(
    ("who", "fewest"), [("nobody", 90), ("author", 120), ("facilitator", 130), ("researcher", 5)]
)
def test_no_page_says_anything_that_is_not_translated(pseudo, hall, who, fewest):
    """Each is looked at as it opens, and as it answers a form with nothing in it; words of people there have a direction of their own."""
    client, seen, found, beside = hall.client(who), 0, [], []
    for address, asks in addresses():
        if who_may(address) not in WHO[who] or {"form", "table"} & {*asks}:
            continue
        if address in UNNAMED | SPECIMENS:
            continue
        path = path_of(hall, address, asks)
        for page in asked_and_left(client, path, pseudo):
            if is_page(page):
                seen, read = seen + 1, Page(page.text)
                found += [(f"{address} <{where}>", words) for where, words in read.found]
                beside += [(f"{address} <{where}>", words) for where, words in read.beside]
    assert untranslated(found) == []
    people = {bare(words) for words in told_by_people() if " " in words.strip(SIGNS)}
    assert sorted({one for one in beside if bare(one[1]) in people}) == []
    assert seen >= fewest


def test_pages_of_what_went_wrong_are_translated(pseudo):
    ask = RequestFactory().get("/")
    with translation.override(TAKES_THE_PLACE_OF):
        pages = [failing.broken(ask), defaults.bad_request(ask, ValueError())]
    pages += [Client().get("/nowhere/", **pseudo), Client(enforce_csrf_checks=True).post("/join/", {"code": "4821"}, **pseudo)]  # fmt: skip
    assert [page.status_code for page in pages] == [500, 400, 404, 403]
    for page in pages:
        assert "⟦" in page.text
        assert untranslated(Page(page.text).found) == []


def test_files_of_a_document_say_nothing_that_is_not_translated(pseudo, hall):
    Artifact.objects.update(language=TAKES_THE_PLACE_OF)
    found = []
    for version in Version.objects.exclude(published_at=None):
        with translation.override(TAKES_THE_PLACE_OF):
            parts = list(blocks(told(version)))
        for part in parts:
            if part.language == TAKES_THE_PLACE_OF:
                found += [(part.kind, words) for words in outside(f"{part.words} {part.mark}")[0]]
    assert found
    assert untranslated(found) == []


def test_words_without_marks_are_found_wherever_they_stand():
    page = '<p lang="de">⟦All ⟪5⟫ of <b>them⟧</b> left</p><img alt="A tree"><input placeholder="⟦Say⟧"><p lang="fr">Oui</p>'
    assert Page(page).found == [("p", "left"), ("img alt", "A tree")]
    assert Page(page).beside == [("p", "left"), ("p", "Oui")]
    assert outside("⟦kept by ⟪must⟫⟧")[0] == ["must"]
