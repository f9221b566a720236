"""A facilitator founds from a template or from one sentence: all of it can be changed, a machine's words are labelled, nothing is founded by itself."""

import re
from html import unescape

import pytest

from deliberation.assemblies import outlining
from deliberation.assemblies.actions.organising import give_place
from deliberation.assemblies.models import Assembly, Colleague, Outline
from deliberation.assemblies.ready import ready
from tests.deliberation.assemblies.test_outlining import drafter
from tests.houses import house
from tests.model_server import ModelServer
from tests.told_by_models import OUTLINE

TIMES = {"zone": "Europe/Madrid", "starts_at": "2026-06-01T09:00", "ends_at": "2026-06-30T18:00"}


@pytest.fixture
def staff(client, account):
    give_place(house(), account, Colleague.Kind.STEWARD)
    client.force_login(account)
    return client


def filled(page, **more):
    """All fields of a page's form as they are filled, with times, and with what a person types."""
    form = page.context["form"]
    return {**{name: form[name].value() or "" for name in form.fields}, **TIMES, **more}


def sentence(client, said, language="en"):
    answer = client.post("/run/new/sentence/", {"sentence": said, "language": language})
    assert answer.status_code == 303, answer.text
    return answer["Location"]


def test_cards_show_what_is_in_each_template(staff):
    page = staff.get("/run/new/").text
    assert page.count("Begin with this") == 6
    for one in ready().values():
        for text in (one.name["en"], one.question["en"], one.strata[0].wording["en"]):
            assert text in unescape(page)
    assert "Deutsch" in page


@pytest.mark.parametrize("key", ready())
def test_a_template_sent_as_it_is_founds_all_that_is_in_it_in_every_language_chosen(staff, key):
    page = staff.get(f"/run/new/?template={key}")
    send = filled(page, title="Ours", slug="ours", languages=["en", "de", "ar"])
    assert staff.post(f"/run/new/?template={key}", send).status_code == 302
    assembly, one = Assembly.objects.get(), ready()[key]
    inquiry = assembly.inquiries.get()
    assert [p.wording for p in inquiry.prompts.all()] == [
        {tag: prompt.wording[tag] for tag in ("en", "de", "ar")} for prompt in one.prompts
    ]
    assert inquiry.prompts.first().help["ar"] == one.prompts[0].help["ar"]
    assert assembly.consent["de"] == one.consent["de"]
    assert assembly.welcome["ar"] == one.welcome["ar"]
    assert inquiry.contexts.first().phrase["de"] == one.contexts[0]["de"]
    assert [s.wording["en"] for s in assembly.strata.all()] == [s.wording["en"] for s in one.strata]
    documents = staff.get("/run/ours/documents/").text
    assert one.document_title["en"] in unescape(documents)
    assert f'value="{one.document_kind}" selected' in documents


def test_what_is_changed_is_the_persons_and_what_is_left_out_is_not_there(staff):
    page = staff.get("/run/new/?template=town")
    changed = {
        "title": "Ours", "slug": "ours", "prompts": "What did you see?", "contexts": "", "strata": [], "document": "brief",
        "welcome": "Come in.\r\n\r\nSit down.",
    }  # fmt: skip
    assert staff.post("/run/new/?template=town", filled(page, **changed)).status_code == 302
    assembly = Assembly.objects.get()
    assert assembly.welcome == {"en": "Come in.\n\nSit down."}
    assert not assembly.strata.exists()
    assert assembly.document == {"kind": "brief", "title": {}}
    inquiry = assembly.inquiries.get()
    assert [p.wording for p in inquiry.prompts.all()] == [{"en": "What did you see?"}]
    assert not inquiry.contexts.exists()


def test_words_typed_in_french_are_kept_as_french_though_english_is_chosen_too(staff, settings):
    staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    page = staff.get("/run/new/?template=town")
    send = filled(page, title="Le parc", slug="parc", languages=["en", "fr"], contexts="il pleut")
    assert staff.post("/run/new/?template=town", send).status_code == 302
    assembly = Assembly.objects.get()
    assert (assembly.title, assembly.languages) == ({"fr": "Le parc"}, ["fr", "en"])
    assert assembly.inquiries.get().contexts.get().phrase == {"fr": "il pleut"}
    assert set(assembly.inquiries.get().question) == {"en", "fr"}


def test_offline_a_sentence_is_laid_over_the_nearest_template_by_plain_rules(staff):
    where = sentence(staff, "What should our school yard be for?")
    page = staff.get(where)
    assert "A school or a club" in page.text
    assert "machine" not in page.text
    send = filled(page)
    assert send["title"] == send["question"] == "What should our school yard be for?"
    assert send["slug"] == "what-should-our-school-yard-be-for"
    assert send["prompts"].split("\n")[1].startswith("What should everybody here be able to rely")
    assert not Assembly.objects.exists()
    assert staff.post(where, send).status_code == 302
    assert Assembly.objects.get().titled_in("en") == "What should our school yard be for?"
    assert not Outline.objects.exists()
    assert staff.get(where).status_code == 404


def test_a_sentence_in_another_language_is_drafted_in_it(staff):
    page = staff.get(sentence(staff, "Unser Spielplatz", "de"))
    send = filled(page)
    assert send["languages"] == ["de"]
    assert send["question"] == ready()["town"].question["de"]


def test_what_is_no_sentence_comes_back_with_what_was_typed(staff):
    page = staff.post("/run/new/sentence/", {"sentence": "x" * 501, "language": "en"})
    assert page.status_code == 422
    assert "x" * 501 in page.text
    assert "Begin with this" in page.text


@pytest.mark.django_db(transaction=True)
def test_a_models_draft_is_awaited_labelled_and_founded_only_by_a_person(staff, settings):
    settings.GROUNDWORK_ENGINE = "openai"
    with ModelServer() as server:
        where = sentence(staff, "How we share the river bank.")
        waits = staff.get(where)
        assert "A draft is being made" in waits.text
        assert staff.get(where, headers={"HX-Request": "true"}).status_code == 204
        assert "How we share the river bank" in filled(staff.get(f"{where}?by_rules"))["title"]
        outlining.outline(Outline.objects.get().pk, drafter(server))
    page = staff.get(where)
    assert "Drafted by a model (m)" in page.text
    assert re.search(r'class="machine">', page.text)
    send = filled(page)
    assert (send["title"], send["slug"]) == (OUTLINE["title"], "sharing-the-river-bank")
    assert not Assembly.objects.exists()
    assert staff.post(where, {**send, "languages": ["en", "es"]}).status_code == 302
    inquiry = Assembly.objects.get().inquiries.get()
    assert [p.wording for p in inquiry.prompts.all()] == [{"en": p} for p in OUTLINE["prompts"]]
    assert set(Assembly.objects.get().consent) == {"en", "es"}  # the template's


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("script", "told"),
    [("500", "could not be reached"), ("refuse", "could not be used")],
)
def test_where_no_model_drafts_the_page_says_so_and_the_template_is_there(
    staff, settings, script, told
):
    settings.GROUNDWORK_ENGINE = "openai"
    with ModelServer() as server:
        server.script(script)
        where = sentence(staff, "How we share the river bank.")
        outlining.outline(Outline.objects.get().pk, drafter(server))
    page = staff.get(where)
    assert told in page.text
    assert "A question of a town" in page.text
    assert filled(page)["title"] == "How we share the river bank"


@pytest.mark.django_db(transaction=True)
def test_over_budget_the_page_says_so(staff, settings):
    settings.GROUNDWORK_ENGINE = "openai"
    settings.READING_BUDGETS = {**settings.READING_BUDGETS, "day": 1}
    with ModelServer() as server:
        where = sentence(staff, "How we share the river bank.")
        outlining.outline(Outline.objects.get().pk, drafter(server, price_in=2.0, price_out=9.0))
    assert "the money for today is spent" in staff.get(where).text
