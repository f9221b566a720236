"""The researcher's files: exact, pseudonymous, whole."""

import json
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up, taking_in, taking_part
from deliberation.assemblies.models import Phase
from deliberation.exports import building, writing
from deliberation.exports.pseudonyms import utf16
from deliberation.exports.tables import TABLES
from elicitation.graph.actions import folding, transitions
from elicitation.graph.actions.endorsing import erase_endorsements
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from tests.deliberation.exports.conftest import AWKWARD, everything_in


def rows(assembly, table):
    return [json.loads(line) for line in building.lines(assembly, table)]


def test_each_table_has_its_columns_in_the_order_of_the_dictionary(whole):
    for name, table in TABLES.items():
        found = rows(whole, name)
        assert found, name
        assert list(found[0]) == list(table.columns)


def test_the_tables_join_from_a_clause_to_the_words(whole):
    (clause,) = rows(whole, "clauses")
    (quote,) = [q for q in rows(whole, "quotes") if q["quote"] in clause["quotes"]]
    (candidate,) = [c for c in rows(whole, "candidates") if c["candidate"] == quote["candidate"]]
    (response,) = [r for r in rows(whole, "responses") if r["revision"] == quote["revision"]]
    (norm,) = rows(whole, "norms")
    (rule,) = rows(whole, "rules")
    (said,) = rows(whole, "norm_endorsements")
    (mark,) = rows(whole, "marks")
    words = {r["revision"]: r["text"] for r in rows(whole, "responses")}
    for span in [*rule["quotes"], mark]:
        assert words[span["revision"]][span["start"] : span["end"]] == span["text"]
    assert candidate["value"] in clause["values"]
    assert [norm["norm"]] == clause["norms"] == [rule["norm"]] == [said["norm"]]
    assert (norm["aim"], norm["voices"], said["says"]) == ("open the doors", 1, "agree")
    assert response["text"][quote["start"] : quote["end"]] == quote["text"]
    assert candidate["respondent"] == response["respondent"]
    assert response["status"] == "in_clause"


def test_text_is_exact_and_a_line_is_a_row(assembly, member, prompt):
    taking_part.answer(member, prompt, Words(AWKWARD, "ar", "k"))
    lines = list(building.lines(assembly, "responses"))
    assert json.loads(lines[0])["text"] == AWKWARD
    assert [line.count("\n") for line in lines] == [1]


def test_offsets_are_also_given_as_javascript_counts():
    text = "a👩b"
    assert [utf16(text, at) for at in range(4)] == [0, 1, 3, 4]
    assert utf16(text, 3) == len(text.encode("utf-16-le")) // 2


def test_no_file_tells_who_somebody_is(whole, member, account, tmp_path):
    writing.write(whole, tmp_path)
    everything = everything_in(tmp_path)
    for secret in (
        gates.receipt_code(member), member.code_digest, member.salt, whole.salt, account.username
    ):  # fmt: skip
        assert secret.encode() not in everything


def test_withdrawn_words_are_in_no_table(whole, answered):
    taking_part.withdraw(answered)
    everything = "".join(line for table in TABLES for line in building.lines(whole, table))
    assert "left without a door" not in everything
    assert [row["asked"] for row in rows(whole, "responses")] == ["What should stay?"]
    silent, other = rows(whole, "values")
    assert (silent["title"], silent["retired_at"] is not None) == ("", True)
    assert other["retired_at"] is None


def test_a_package_has_every_table_in_every_form_with_a_manifest_that_fits(whole, tmp_path):
    writing.write(whole, tmp_path / "new")
    manifest = json.loads((tmp_path / "new" / "manifest.json").read_text())
    forms = ("{}.jsonl", "csv/{}.csv", "parquet/{}.parquet")
    assert {form.format(name) for name in TABLES for form in forms} < set(manifest["files"])
    here = {p.relative_to(tmp_path / "new").as_posix() for p in (tmp_path / "new").rglob("*.*")}
    assert here == {*manifest["files"], "manifest.json"} - {"rules/LICENSE"}
    for name, about in manifest["files"].items():
        content = (tmp_path / "new" / name).read_bytes()
        assert sha256(content).hexdigest() == about["sha256"]
        assert len(content) == about["bytes"]
        if name.endswith(".jsonl"):
            assert content.count(b"\n") == manifest["rows"][name[:-6]]
    assert manifest["funnel"]["received"] == 2


def test_a_wrong_name_or_place_is_one_clear_line(whole, tmp_path):
    with pytest.raises(CommandError, match="There are: water"):
        call_command("export", "--assembly", "nope", "--out", str(tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export", "--assembly", "water", "--out", str(tmp_path / "file"))


def test_the_number_of_queries_does_not_grow_with_the_rows(whole, prompt):
    def asked():
        """By table."""
        for table in TABLES:
            with CaptureQueriesContext(connection) as captured:
                list(building.lines(whole, table))
            yield table, len(captured)

    few = dict(asked())
    assert max(few.values()) <= 12
    words = [(uuid4(), Words("I look at doors.", "en", f"k{n}")) for n in range(60)]
    taking_in.take_in_sample(prompt, words)
    assert [table for table, number in asked() if number > few[table]] == []


def test_a_researcher_downloads_a_table(whole, facilitator):
    table = facilitator.get("/research/water/responses.jsonl")
    assert all(json.loads(line)["text"] for line in b"".join(table.streaming_content).splitlines())
    api = facilitator.get("/api/v1/assemblies/water/export/clauses.jsonl")
    assert json.loads(b"".join(api.streaming_content))["text"] == "Doors stay open."


@pytest.mark.parametrize(
    "path",
    ["/research/water/", "/research/water/responses.jsonl", "/research/water/packages/",
     "/api/v1/assemblies/water/export/responses.jsonl"],
)  # fmt: skip
def test_strangers_and_other_assemblies_people_get_nothing(whole, stranger, other_assembly, path):
    outsider = Client()
    outsider.force_login(stranger)
    for client in (Client(), outsider):
        refused = client.get(path)
        assert refused.status_code == 404
        assert "door" not in refused.text


def test_no_such_table_is_not_there(whole, facilitator):
    assert facilitator.get("/research/water/passwords.jsonl").status_code == 404
    told = facilitator.get("/api/v1/assemblies/water/export/passwords.jsonl")
    assert (told.status_code, told.json()["code"]) == (404, "not_here")


def test_comparisons_join_and_reasons_are_exact_and_marked_private(whole):
    (transition,) = rows(whole, "transitions")
    (story,) = rows(whole, "stories")
    (showing,) = rows(whole, "showings")
    first, last = rows(whole, "judgements")
    assert transition["phrase"] == {"en": "the river floods"}
    assert transition["proposed_by"] == story["written_by"] == showing["respondent"]
    assert (story["transition"], story["status"]) == (transition["transition"], "to_decide")
    assert showing["transition"] == first["transition"] == transition["transition"]
    assert showing["own"] is True
    assert first["reason"] == AWKWARD.strip()
    assert first["reason_public"] is last["reason_public"] is False
    assert (first["answer"], last["answer"]) == ("depends", "to")
    assert first["replaced_at"]
    assert last["replaced_at"] is None


def test_what_somebody_erased_of_comparisons_is_gone_from_the_files(whole, member):
    transitions.forget(member.respondent)
    for table in ("stories", "showings", "judgements"):
        assert rows(whole, table) == []
    assert rows(whole, "transitions")[0]["judged"] == 0
    assert rows(whole, "transitions")[0]["proposed_by"] is None


def test_votes_are_told_with_their_history_and_with_why_the_value_was_shown(whole):
    (before, now) = rows(whole, "endorsements")
    assert [(r["says"], r["is_standing"]) for r in (before, now)] == [
        ("agree", False),
        ("disagree", True),
    ]
    assert before["replaced_at"] == now["at"] or before["replaced_at"] < now["at"]
    (shown,) = rows(whole, "exposures")
    assert (shown["route"], shown["chance"]) == ("few_seen", 0.5)
    assert shown["respondent"] == now["respondent"]
    assert now["value"] in {r["value"] for r in rows(whole, "values")}


def test_votes_somebody_erased_are_absent(whole):
    erase_endorsements(Endorsement.objects.first().respondent)
    assert rows(whole, "endorsements") == rows(whole, "exposures") == []


@pytest.fixture
def weighing(whole):
    """Set weighing in an assembly that has votes and judgements, in hours from now."""

    def set_to(start, end):
        now = timezone.now()
        span = now + timedelta(hours=start), now + timedelta(hours=end)
        setting_up.set_phase(whole, Phase.Kind.WEIGHING, *span)

    return set_to


@pytest.mark.parametrize("hours", [(-1, 1), (1, 2)])
@pytest.mark.parametrize("table", ["endorsements", "judgements"])
def test_what_people_say_is_told_to_no_researcher_until_weighing_is_over(
    facilitator, weighing, table, hours
):
    page, api = f"/research/water/{table}.jsonl", f"/api/v1/assemblies/water/export/{table}.jsonl"
    weighing(*hours)
    noted = Entry.objects.filter(kind="export.made").count()
    assert facilitator.get(page).status_code == 409
    told = facilitator.get(api)
    assert (told.status_code, told.json()["code"]) == (409, "still_weighing")
    assert Entry.objects.filter(kind="export.made").count() == noted
    listed = facilitator.get("/research/water/").text
    assert page not in listed
    assert "Told once weighing is over" in listed
    weighing(-2, -1)
    for address in (page, api):
        assert b"".join(facilitator.get(address).streaming_content).count(b"\n") == 2
    assert page in facilitator.get("/research/water/").text


def test_an_export_of_everything_leaves_out_what_people_say_and_says_so(whole, weighing, tmp_path):
    weighing(-1, 1)
    writing.write(whole, tmp_path / "out")
    withheld = {"endorsements.jsonl", "norm_endorsements.jsonl", "judgements.jsonl"}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["withheld"] == dict.fromkeys(withheld, "still_weighing")
    assert not withheld & (set(manifest["files"]) | {p.name for p in (tmp_path / "out").iterdir()})
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert results["withheld"] is True
    assert results["inquiries"] == {}
    assert all(set(told) == {"cards", "voices"} for told in results["tables"]["values"].values())
    assert not list((tmp_path / "out").rglob("*endorsements*"))
    with ZipFile(tmp_path / "out" / "tables.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
    assert "endorsements" not in names
    assert "judgements" not in names


def test_an_assembly_that_never_weighs_hides_nothing_from_researchers(whole, tmp_path):
    assert len(rows(whole, "endorsements")) == len(rows(whole, "judgements")) == 2
    assert writing.write(whole, tmp_path / "out")["withheld"] == {}


def test_what_people_wrote_about_decisions_is_in_no_table(whole):
    text = "".join(line for name in TABLES for line in building.lines(whole, name))
    assert "Doors are not all of it." not in text
    assert "ada-of-the-hall" not in text
    (meaning,) = rows(whole, "meanings")
    (against,) = rows(whole, "appeals")
    assert meaning["decision"] == against["decision"]
    told = {row["kind"] for row in rows(whole, "decisions")}
    assert told == {"accept", "accept_rule", "edit"}


def test_a_folded_value_stays_in_the_export_with_what_it_went_into(whole, account):
    child, parent = Value.objects.order_by("admitted_at")
    folding.fold(child, parent)
    found = {row["value"]: row["root"] for row in rows(whole, "values")}
    assert found == {str(child.pk): str(parent.pk), str(parent.pk): str(parent.pk)}
