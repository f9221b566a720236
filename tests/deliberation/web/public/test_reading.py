"""Everybody reads: the assemblies, the document with the voices and words behind each clause, what became of the answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.artifacts.actions import publishing
from deliberation.artifacts.models import Clause
from deliberation.assemblies.actions import taking_in, taking_part
from deliberation.assemblies.models import Phase
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from deliberation.web.public import reading
from elicitation.extraction.models import Quote
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from elicitation.interview.models import Respondent, Response
from tests._publishing import signed_and_published
from tests.conftest import TEXT, Told, card

QUOTE = "who is left without a door to knock on"


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def publish(assembly, value, title="Charter of the river"):
    version = artifacts.draft(assembly, "charter", title, "en")
    artifacts.write_clause(version, "Nobody is left without a door.", [value])
    return signed_and_published(version)


@pytest.fixture
def published(assembly, bench, owned):
    return publish(assembly, moderation.accept(bench, owned, owned.version).value)


def address(version):
    return f"/a/water/documents/{version.artifact_id}/{version.number}/"


def brought(prompt, text=TEXT, who=None):
    """An answer somebody collected elsewhere: its author cannot be asked."""
    key = uuid4().hex
    taking_in.take_in_sample(prompt, [(who or uuid4(), Words(text, "en", key, "imported"))])
    return Response.objects.get(key=key)


def test_the_door_lists_public_assemblies_and_takes_a_code(client, assembly, other_assembly):
    other_assembly.is_public = False
    other_assembly.save()
    page = client.get("/").text
    assert "Assembly water" in page
    assert "Assembly fire" not in page
    assert 'action="/join/"' in page


def test_an_assembly_not_public_is_as_one_that_does_not_exist(client, assembly):
    assembly.is_public = False
    assembly.save()
    for path in ("", "became/", "charter/"):
        assert client.get(f"/a/water/{path}").status_code == 404
        assert client.get(f"/a/nothing/{path}").status_code == 404


def test_an_assembly_says_what_it_is_about_and_until_when_it_is_open(client, assembly):
    phase = Phase.objects.get()
    phase.ends_at = timezone.now().replace(month=12, day=24, hour=17, minute=0) + timedelta(
        days=366
    )
    phase.save()
    page = client.get("/a/water/").text
    assert "Ten minutes about the river." in page
    assert "What matters by the river?" in page
    assert "18:00 CET" in page
    assert "Nothing is published yet" in page


def test_an_assembly_that_is_not_open_says_when_it_is(client, assembly):
    phase = Phase.objects.get()
    phase.starts_at = timezone.now() + timedelta(days=1)
    phase.ends_at = timezone.now() + timedelta(days=2)
    phase.save()
    page = client.get("/a/water/").text
    assert "Not open now: answers are taken from" in page


def test_an_assembly_speaks_the_visitors_language(client, assembly):
    page = client.get("/a/water/", headers={"accept-language": "fr"}).text
    assert "Assemblée water" in page
    assert "Qu&#x27;est-ce qui compte ?" in page


def test_who_has_a_seat_is_led_to_their_answers(client, member_client, assembly):
    assert "/a/water/mine/" in member_client.get("/a/water/").text
    assert "/a/water/mine/" not in client.get("/a/water/").text


def test_a_clause_leads_to_its_value_and_to_the_words_its_author_released(client, published):
    page = client.get(address(published)).text
    clause = page.split('class="clause"')[1]
    assert "Nobody is left without a door." in clause
    assert "Open doors" in clause
    assert f"<q>{QUOTE}</q>" in clause
    assert f"Entry {published.entry_id} of the record" in page


def test_voices_are_counted_of_all_who_still_stand_by_an_answer(client, published, prompt):
    brought(prompt, "The library should stay.")
    assert "1 of 2 voices (50 %)" in client.get(address(published)).text
    taking_part.withdraw(brought(prompt, "Nothing."))
    assert "1 of 2 voices (50 %)" in client.get(address(published)).text


def test_an_ai_agent_is_never_a_voice(client, published, prompt):
    brought(prompt, "I am a program.")
    Respondent.objects.filter(membership=None).update(kind="ai_agent")
    assert "1 of 1 voices (100 %)" in client.get(address(published)).text


def test_words_their_author_did_not_release_are_nowhere_on_it(client, published, owned):
    taking_part.own_card(owned, public=False)
    page = client.get(address(published)).text
    assert QUOTE not in page
    assert "One quote taken back by its author." in page


def test_withdrawn_words_are_gone_from_a_published_page_which_says_so(client, published, answered):
    taking_part.withdraw(answered)
    page = client.get(address(published)).text
    assert QUOTE not in page
    assert "Open doors" not in page
    assert "Correction: one quote was taken back" in page
    assert "A value its authors have taken back" in page


@pytest.mark.django_db(transaction=True)
def test_what_nobody_could_confirm_is_marked(client, assembly, bench, prompt):
    (found,) = read(brought(prompt).latest.pk, Told(card()))
    Quote.objects.update(public=True)  # its people agreed beforehand that it may be shown
    value = moderation.accept(bench, found, found.version).value
    page = client.get(address(publish(assembly, value))).text
    assert "not confirmed by its author" in page
    assert "0 confirmed their card themselves" in page


def test_what_its_author_confirmed_is_not_marked(client, published):
    page = client.get(address(published)).text
    assert "not confirmed by its author" not in page
    assert "could not be asked" not in page


def test_the_words_of_people_are_shown_as_words_and_never_as_markup(client, published):
    Clause.objects.update(text="<b onmouseover=alert(1)>doors</b>")
    page = client.get(address(published)).text
    assert "<b onmouseover" not in page
    assert "&lt;b onmouseover=alert(1)&gt;" in page


def test_an_older_version_stays_readable_and_points_to_the_newer(client, published):
    newer = signed_and_published(publishing.next_version(published))
    page = client.get(address(published)).text
    assert "There is a newer version" in page
    assert address(newer) in page
    assert "There is a newer version" not in client.get(address(newer)).text


def test_the_charters_address_leads_to_what_is_said_now(client, published, assembly):
    assert client.get("/a/water/charter/")["Location"] == address(published)
    newer = signed_and_published(publishing.next_version(published))
    assert client.get("/a/water/charter/")["Location"] == address(newer)


def test_a_draft_is_not_here(client, assembly, bench, owned):
    value = moderation.accept(bench, owned, owned.version).value
    draft = artifacts.draft(assembly, "charter", "Secret yet", "en")
    artifacts.write_clause(draft, "Nobody is left without a door.", [value])
    assert client.get(address(draft)).status_code == 404
    assert client.get("/a/water/charter/").status_code == 404
    assert "Secret yet" not in client.get("/a/water/").text


def test_the_document_of_another_assembly_is_not_here(client, published, other_assembly):
    assert client.get(address(published).replace("water", "fire")).status_code == 404


def test_the_document_asks_the_database_no_more_for_more_quotes(
    client, published, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        client.get(address(published))
    quote = Quote.objects.get()
    for _ in range(5):
        again = Quote.objects.create(
            policy=quote.policy,
            revision=quote.revision,
            start=quote.start,
            end=quote.end,
            text=quote.text,
            public=True,
        )
        citation = quote.citations.get()
        citation.pk, citation.quote = None, again
        citation.save()
    with django_assert_num_queries(len(one)):
        page = client.get(address(published)).text
    assert page.count("<q>") == 3
    assert "3 more quotes" in page


def test_a_clause_by_itself_shows_every_quote_a_page_at_a_time(client, published, monkeypatch):
    quote = Quote.objects.get()
    for text in ("who is left", "without a door", "to knock on"):
        at = quote.revision.text.index(text)
        again = Quote.objects.create(policy=quote.policy, revision=quote.revision, start=at, end=at + len(text), text=text, public=True)  # fmt: skip
        citation = quote.citations.get()
        citation.pk, citation.quote = None, again
        citation.save()
    clause = f"{address(published)}clauses/1/"
    assert clause in client.get(address(published)).text
    page = client.get(clause).text
    assert page.count("<q>") == 4
    assert "All 4 quotes behind it" in page
    monkeypatch.setattr(reading, "PAGE", 3)
    assert client.get(clause).text.count("<q>") == 3
    assert client.get(f"{clause}?page=2").text.count("<q>") == 1
    Quote.objects.filter(text="who is left").update(public=False)
    assert "All 3 quotes behind it" in client.get(clause).text
    assert client.get(f"{address(published)}clauses/2/").status_code == 404
    assert client.get(f"{address(published)}clauses/0/").status_code == 404


def test_every_step_from_received_to_used_is_counted_and_can_be_followed(client, published, prompt):
    brought(prompt, "The library should stay.")
    page = client.get("/a/water/became/").text
    funnel = page.split('class="funnel"')[1].split("</ul>")[0]
    steps = funnel.split("<li")[1:]
    assert len(steps) == 10
    assert all("<a href=" in step for step in steps)
    assert ">2</span>" in steps[0]
    assert 'href="/a/water/charter/"' in funnel
    for step in steps:
        target = step.split('href="')[1].split('"')[0]
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in page


def test_only_a_facilitator_is_led_to_the_answers_behind_a_step(client, facilitator, published):
    assert "/run/water/answers/?state=" in facilitator.get("/a/water/became/").text
    page = client.get("/a/water/became/").text
    assert "/run/" not in page
    assert TEXT not in page
