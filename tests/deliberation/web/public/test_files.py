"""Everybody takes the files of a published document along, reads how it was made, and sees what changed."""

import json

import pytest
from django.test import Client

from deliberation.artifacts import printing
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.tasks import sweep_corrections
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published


@pytest.fixture
def version(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    draft = drafting.draft(assembly, "charter", "Charter of the river", "en")
    drafting.write_clause(draft, "Doors stay open.", [value])
    signed_and_published(draft)
    seal()
    return draft


@pytest.fixture
def path(version):
    return f"/a/water/documents/{version.artifact_id}/1/"


def test_files_are_offered_once_they_are_whole(client, version, path):
    waiting = client.get(path).text
    assert "0 of 6 files are made." in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert client.get(f"{path}files/pdf").status_code == 404
    printing.make_files(version.pk)
    page = client.get(path).text
    assert "files are made." not in page
    for form in ("pdf", "docx", "md", "json", "txt", "ai"):
        file = client.get(f"{path}files/{form}")
        assert file.status_code == 200
        assert "attachment" in file["Content-Disposition"]
        assert f"{path}files/{form}" in page
    assert client.get(f"{path}files/exe").status_code == 404


def test_files_that_held_words_taken_back_are_gone(client, version, path, answered):
    printing.make_files(version.pk)
    taking_part.withdraw(answered)
    sweep_corrections()
    assert client.get(f"{path}files/pdf").status_code == 404
    assert "are erased" in client.get(path).text
    corrected = client.get("/a/water/charter/", follow=True)
    assert corrected.context["version"].number == 2
    assert "Correction: this version is the one before" in corrected.text


def test_how_it_was_made_is_told_in_plain_words(client, path):
    text = client.get(f"{path}made/").text
    assert "One answer was received." in text
    assert "2 people who run the assembly stand by it." in text


def test_what_changed_is_shown_word_by_word(client, version, path):
    assert client.get(f"{path}changed/").status_code == 404
    following = publishing.next_version(version)
    clause = following.clauses.get()
    drafting.rewrite_clause(clause, 1, "Doors stay shut.", list(clause.values.all()))
    publishing.say_what_changed(following, "Nights are cold.")
    signed_and_published(following)
    text = client.get(path.replace("/1/", "/2/") + "changed/").text
    assert "<del>open</del><ins>shut</ins>" in text
    assert "Nights are cold." in text


def test_of_an_assembly_that_is_not_public_those_who_run_it_or_take_part_read_and_nobody_else(
    client, version, path, assembly, facilitator, member_client, stranger
):
    printing.make_files(version.pk)
    Assembly.objects.update(is_public=False)
    other = Client()
    other.force_login(stranger)
    for page in (path, f"{path}made/", f"{path}files/", f"{path}files/pdf", f"{path}bundle.json"):
        assert facilitator.get(page).status_code == 200
        assert member_client.get(page).status_code == 200
        for nobody in (client, other):
            assert nobody.get(page).status_code in (302, 303, 404)


def test_schemas_are_served(client):
    for name in ("document", "constitution"):
        answer = client.get(f"/schemas/{name}.json")
        assert json.loads(b"".join(answer.streaming_content))["$schema"]
    assert client.get("/schemas/nothing.json").status_code == 404
