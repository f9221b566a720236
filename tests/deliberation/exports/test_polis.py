"""A conversation goes out as Polis' own files, as it came in; so do the values of an assembly and what people say to them."""

import csv
import gzip
import re
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.models import Phase
from deliberation.exports import polis_csv, polis_rows
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import Places, pack
from elicitation.graph.actions.endorsing import endorse, erase_endorsements
from elicitation.graph.models import Endorsement
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests.conftest import newcomer
from tests.deliberation.web.citizen._weighing import set_weighing
from tests.elicitation.graph.conftest import a_value

DATA = Path(__file__).parents[4] / "shared" / "data" / "polis"
HELD = sorted(p.name for p in DATA.glob("*") if (p / "comments.csv").exists())
DOCS = Path(__file__).parents[3] / "docs" / "researchers" / "polis.md"
LISTED = {"dates", "order", "xid", "consensus", "no log", "formula", "history"}
ZONES = {"WIB": 7, "PDT": -7, "PST": -8, "CDT": -5, "UTC": 0}
JAVA = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) (\w+) (\d{4})")
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1600000000000,Sun Sep 13 19:26:40 WIB 2020,3,7,0,0,-1,=1+1
1600000000001,Sun Sep 13 19:26:40 WIB 2020,0,5,2,1,1,"Keep ""the"" trees,
all of them"
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1600000000000,Sun Sep 13 19:26:40 WIB 2020,0,5,1
1600000001000,Sun Sep 13 19:26:41 WIB 2020,0,7,-1
1600000002000,Sun Sep 13 19:26:42 WIB 2020,0,7,1
1600000003000,Sun Sep 13 19:26:43 WIB 2020,4,5,0
"""
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,4\n7,,1,1,1,0,1,\n5,0,1,2,1,0,1,0\n"


def text_of(folder, name):
    plain, packed = folder / name, folder / f"{name}.gz"
    if packed.exists():
        with gzip.open(packed, "rt", encoding="utf-8", newline="") as file:
            return file.read()
    return plain.read_bytes().decode() if plain.exists() else None


def brought_and_taken(assembly, folder, out):
    call_command("import_polis", str(folder), "--assembly", assembly.slug, stdout=StringIO())
    (kept,) = assembly.conversations.all()
    said = StringIO()
    call_command("export_polis", "--assembly", assembly.slug, "--out", str(out), "--of", str(kept.pk), stdout=said)  # fmt: skip
    return out / str(kept.pk)


def rows(text):
    return list(csv.DictReader(StringIO(text, newline="")))


def moment(text):
    """What Java's date says, wherever it was written."""
    month, day, time, zone, year = JAVA.fullmatch(text).groups()
    there = datetime.strptime(f"{day} {month} {year} {time} +0000", "%d %b %Y %H:%M:%S %z")
    return there - timedelta(hours=ZONES[zone])


def differences(before, after):
    """By what two exports differ, each difference by its name in the docs; what is not listed there fails."""
    found = set()
    if text_of(before, "stats-history.csv"):
        found.add("history")
    assert text_of(after, "summary.csv") == text_of(before, "summary.csv")
    found |= votes_differ(text_of(before, "votes.csv"), text_of(after, "votes.csv"))
    log = text_of(before, "votes.csv") is not None
    for name, key in (("comments.csv", "comment-id"), ("participants-votes.csv", "participant")):
        old, new = rows(text_of(before, name)), rows(text_of(after, name))
        if [one[key] for one in old] != [one[key] for one in new]:
            found.add("order")
        there = {one[key]: one for one in new}
        assert there.keys() == {one[key] for one in old}
        header = [column for column in old[0] if column != "xid"]
        assert list(new[0]) == header
        for one in (one for one in old if one != there[one[key]]):
            found |= cells_differ(one, there[one[key]], log=log)
    return found


def cells_differ(old, new, *, log):
    found = set()
    for column, was in old.items():
        now = new.get(column)
        if column == "xid":
            assert (was, now) == ("", None)
            found.add("xid")
        elif was == now:
            pass
        elif column == "datetime":
            assert moment(was) == moment(now)
            found.add("dates")
        elif column == "group-informed-consensus":
            assert now == ""
            found.add("consensus")
        elif column in ("agrees", "disagrees") and not log:
            assert int(now) <= int(was)
            found.add("no log")
        else:
            assert (column, now) == ("comment-body", f"'{was}")
            found.add("formula")
    return found


def votes_differ(before, after):
    if before is None:
        assert after is None
        return {"no log"}
    if before == after:
        return set()
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    for one, other in zip(old[1:-1], new[1:-1], strict=True):
        was, now = one.split(","), other.split(",")
        assert was[:1] + was[2:] == now[:1] + now[2:]
    for at in (1, len(old) // 2, -2):  # all are made in one way
        assert moment(old[at].split(",")[1]) == moment(new[at].split(",")[1])
    return {"dates"}


@pytest.mark.skipif(not HELD, reason="../shared/data/polis is not here")
def test_every_conversation_we_have_comes_out_as_it_came_in_but_for_what_the_docs_list(assembly, tmp_path):  # fmt: skip
    found = set()
    for name in HELD:
        after = brought_and_taken(assembly, DATA / name, tmp_path)
        found |= differences(DATA / name, after)
        assembly.conversations.get().delete()
    assert found == LISTED - {"formula"}  # of which none has one


def test_the_docs_list_what_may_differ():
    listed = DOCS.read_text(encoding="utf-8").split("| what | how it comes out |")[1].split("\n\n")[0]  # fmt: skip
    assert set(re.findall(r"^\| `([\w ]+)` \|", listed, re.MULTILINE)) == LISTED


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "trees"
    path.mkdir()
    for name, text in (("comments", COMMENTS), ("votes", VOTES), ("participants-votes", MATRIX)):
        (path / f"{name}.csv").write_text(text, newline="")
    return path


def test_the_files_are_polis_to_the_letter(assembly, folder, tmp_path):
    out = brought_and_taken(assembly, folder, tmp_path / "out")
    assert (out / "comments.csv").read_bytes().decode() == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '1600000000001,Sun Sep 13 12:26:40 UTC 2020,0,5,2,1,1,"Keep ""the"" trees,\nall of them"\n'
        "1600000000000,Sun Sep 13 12:26:40 UTC 2020,3,7,0,0,-1,'=1+1\n"
        ",,4,,0,0,0,\n"
    )
    assert (out / "votes.csv").read_bytes().decode() == re.sub(r"19(:\d\d:\d\d) WIB", r"12\1 UTC", VOTES)  # fmt: skip
    assert (out / "participants-votes.csv").read_bytes().decode() == (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,4\n5,0,1,2,1,0,1,0\n7,,1,1,1,0,1,\n"
    )


def test_of_two_votes_at_one_time_the_later_line_counts(assembly, folder, tmp_path):
    (folder / "participants-votes.csv").unlink()
    (folder / "votes.csv").write_text(VOTES.replace("1600000002000", "1600000001000"))
    out = brought_and_taken(assembly, folder, tmp_path / "out")
    assert rows((out / "participants-votes.csv").read_text())[1]["0"] == "1"


def test_without_a_log_there_is_no_file_of_votes(assembly, folder, tmp_path, facilitator):
    (folder / "votes.csv").unlink()
    out = brought_and_taken(assembly, folder, tmp_path / "out")
    assert sorted(p.name for p in out.iterdir()) == ["comments.csv", "participants-votes.csv", "summary.csv"]  # fmt: skip
    address = f"/research/water/polis/{assembly.conversations.get().pk}/"
    assert facilitator.get(f"{address}votes.csv").status_code == 404
    assert facilitator.get(f"{address}summary.csv").status_code == 200
    assert f"{address}votes.csv" not in facilitator.get("/research/water/").content.decode()


def test_a_command_for_what_is_not_there_says_so(assembly, tmp_path):
    with pytest.raises(CommandError, match="has the id"):
        call_command("export_polis", "--assembly", "water", "--out", str(tmp_path), "--of", "00000000-0000-4000-8000-000000000000")  # fmt: skip


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def weighed(assembly, inquiry, invitation):
    """Two values; three people, of whom one is not studied and one takes back what they said; a machine."""
    first, second = a_value(inquiry, "Dry cellars"), a_value(inquiry, "Open doors")
    people = [newcomer(invitation).respondent for _ in range(4)]
    stays, private, gone, machine = people
    for who in people:
        endorse(who, first, Endorsement.Says.DISAGREE)
    endorse(stays, first, Endorsement.Says.AGREE)
    endorse(gone, second, Endorsement.Says.AGREE)
    erase_endorsements(gone)
    Respondent.objects.filter(pk=private.pk).update(in_research=False)
    Respondent.objects.filter(pk=machine.pk).update(kind=Respondent.Kind.AI_AGENT)
    return people


def parted(assembly, inquiry):
    held = polis_rows.held(assembly, inquiry)
    return {file: rows("".join(polis_csv.lines(file, held))) for file in polis_rows.FILES[1:]}


def test_what_was_weighed_here_comes_out_of_those_who_are_studied_alone(assembly, inquiry, weighed):
    files = parted(assembly, inquiry)
    assert [(v["comment-id"], v["voter-id"], v["vote"]) for v in files["votes.csv"]] == [("0", "1", "-1"), ("0", "1", "1")]  # fmt: skip
    assert [(c["comment-id"], c["author-id"], c["agrees"], c["disagrees"], c["comment-body"]) for c in files["comments.csv"]] == [
        ("0", "0", "1", "1", "Dry cellars"), ("1", "0", "0", "0", "Open doors"),
    ]  # fmt: skip
    (one,) = files["participants-votes.csv"]
    assert (one["participant"], one["n-votes"], one["0"], one["group-id"]) == ("1", "1", "1", "")
    at = Endorsement.objects.filter(respondent=weighed[0]).latest("id").at
    assert files["votes.csv"][1]["timestamp"] == str(int(at.timestamp() * 1000))


def test_nobody_is_told_to_be_in_a_group_of_fewer_than_five_nor_in_any_before_results_are_open(assembly, inquiry, invitation):  # fmt: skip
    value = a_value(inquiry, "Dry cellars")
    people = [str(newcomer(invitation).respondent_id) for _ in range(9)]
    for who in Respondent.objects.filter(pk__in=people):
        endorse(who, value, Endorsement.Says.AGREE)
    Analysis.objects.create(
        inquiry=inquiry, kind="groups", rule="stable", rule_version="0", seed=0, marker="m", input_hash="0" * 64,
        result={}, seconds=0, places=pack(Places(people, [0] * 5 + [1] * 4, [0] * 9)),
    )  # fmt: skip
    groups = [p["group-id"] for p in parted(assembly, inquiry)["participants-votes.csv"]]
    assert groups == [""] * 9
    now = timezone.now()
    Phase.objects.create(assembly=assembly, kind="weighing", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))  # fmt: skip
    groups = [p["group-id"] for p in parted(assembly, inquiry)["participants-votes.csv"]]
    assert sorted(groups) == [""] * 4 + ["0"] * 5


def test_while_people_weigh_there_are_no_files_of_it_on_page_api_and_terminal(assembly, inquiry, weighed, facilitator, tmp_path):  # fmt: skip
    set_weighing(assembly)
    page = f"/research/water/polis/{inquiry.pk}/votes.csv"
    assert facilitator.get(page).status_code == 409
    api = facilitator.get(f"/api/v1/assemblies/water/polis/{inquiry.pk}/votes.csv")
    assert (api.status_code, api.json()["code"]) == (409, "still_weighing")
    assert page not in facilitator.get("/research/water/").text
    said = StringIO()
    call_command("export_polis", "--assembly", "water", "--out", str(tmp_path), stdout=said)
    assert "not written" in said.getvalue()
    assert not list(tmp_path.rglob("*.csv"))


def test_page_and_api_give_the_same_and_note_it(assembly, inquiry, weighed, facilitator):
    page = facilitator.get(f"/research/water/polis/{inquiry.pk}/votes.csv")
    api = facilitator.get(f"/api/v1/assemblies/water/polis/{inquiry.pk}/votes.csv")
    assert b"".join(page) == b"".join(api)
    noted = Entry.objects.filter(kind="export.made").latest("pk").body
    assert noted["files"] == [f"{inquiry.pk}/votes.csv"]
    assert facilitator.get(f"/research/water/polis/{inquiry.pk}/other.csv").status_code == 404
    assert Client().get(f"/research/water/polis/{inquiry.pk}/votes.csv").status_code == 404
