"""Drawing lots on pages: from a file to lists, with everything typed kept; what everybody sees names nobody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deliberation.assemblies import preparing
from deliberation.assemblies.actions import lots, pooling, strata
from deliberation.assemblies.models import Lot, Pool
from deliberation.assemblies.sortition import pools
from tests.at_once import all_at_once, entries, key
from tests.deliberation.conftest import LIST

pytestmark = pytest.mark.django_db
PAGE, PUBLIC = "/run/water/lots/", "/a/water/lots/"


def file(content, name="pool.csv"):
    return SimpleUploadedFile(name, content, "text/csv")


def at(one):
    return f"{PAGE}draws/{one.pk}/"


def test_a_list_is_brought_described_given_quotas_and_committed_to(facilitator, assembly):
    there = facilitator.post(PAGE, {"file": file(LIST)}).headers["Location"]
    told = {"do": "describe", "seats": 4, "id_column": "id", "strata": ["gender", "part"]}
    page = facilitator.get(facilitator.post(there, told).headers["Location"])
    form = page.context["quotas"]
    fields = {name: form[name].value() for name in form.fields} | {"do": "commit"}
    # by the shares of the list: 6 of 12 are women, so 2 of 4; 7 of 12 live in the north, so 2 or 3
    assert [fields[f"{one}_0_{n}"] for n in range(2) for one in ("least", "most")] == [2, 2, 2, 2]
    assert [fields[f"{one}_1_{n}"] for n in range(2) for one in ("least", "most")] == [2, 3, 1, 2]
    facilitator.post(there, fields)
    lot = Lot.objects.get()
    assert (lot.seats, lot.state) == (4, "waiting")
    assert facilitator.get(at(lot)).status_code == 200


def test_quotas_begin_with_the_shares_aimed_at_where_a_question_has_these_answers(
    facilitator, assembly, pool
):  # fmt: skip
    asked = strata.add_stratum(assembly, {"en": "Who?"}, [{"en": "Woman"}, {"en": "Man"}, {"en": "Other"}])  # fmt: skip
    strata.aim(asked, {"o0": 70, "o1": 30})
    form = facilitator.get(f"{PAGE}{pool.pk}/", {"seats": "10"}).context["quotas"]
    kinds = {said: (least.value(), most.value()) for _, rows in form.rows for said, _, least, most in rows}  # fmt: skip
    assert (kinds["woman"], kinds["man"]) == ((7, 7), (3, 3))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "submitted file is empty"),
        (b"id,kind\n1\n", "Line 2 has more or fewer cells"),
        (b'id,kind\n1,"a\n', "cannot be read from line 2 on"),
        (b"id,kind\n", "names nobody"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(facilitator, content, said):
    page = facilitator.post(PAGE, {"file": file(content)})
    assert page.status_code == 422
    assert said in page.text
    assert not Pool.objects.exists()


def test_quotas_that_cannot_be_met_come_back_as_they_were_typed(facilitator, pool):
    fields = {"do": "commit", "seats": 4, "method": "maximin"}
    fields |= {f"{one}_{c}_{a}": 7 for one in ("least", "most") for c in range(2) for a in range(2)}
    page = facilitator.post(f"{PAGE}{pool.pk}/", fields)
    assert page.status_code == 422
    assert "gender, man: 7 at least are asked for, and 6 can be drawn." in page.text
    assert page.text.count('value="7"') == 8


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_draw_once(facilitator, ready):
    all_at_once(facilitator, at(ready), {"do": "draw", "words": "Hail", "once": key()})
    assert (Lot.objects.get().state, entries("lot.drawn")) == ("drawn", 1)


def test_lists_go_out_as_the_rows_came_in_and_come_back_with_who_declined(facilitator, drawn):  # fmt: skip
    def took(name):
        return facilitator.get(f"{at(drawn)}{name}").content

    lines = LIST.split(b"\r\n")
    assert took("drawn.csv").split(b"\r\n") == [lines[0], *[lines[1 + n] for n in drawn.drawn], b""]
    left = [line for n, line in enumerate(lines[1:13]) if n not in drawn.drawn]
    assert took("left.csv").split(b"\r\n") == [lines[0], *left, b""]
    back = pools.read(took("everybody.csv"))
    assert [row[:-2] for row in back.rows] == list(pools.read(LIST).rows)
    assert set(back.column("lots_chance")) <= {"333333", "333334"}
    (first, *_) = [n for n, one in enumerate(back.column("lots_status")) if one == "drawn"]
    edited = took("everybody.csv").split(b"\r\n")
    edited[first + 1] = edited[first + 1].replace(b";drawn;", b";Declined;")
    facilitator.post(at(drawn), {"do": "replace", "ids": "", "file": file(b"\r\n".join(edited))})
    again = Lot.objects.get(replaces=drawn)
    assert again.declined == [first]


def test_ids_that_hold_no_seat_come_back_as_typed(facilitator, drawn):
    page = facilitator.post(at(drawn), {"do": "replace", "ids": "P99\n"})
    assert page.status_code == 422
    assert "not among the people who hold a seat: P99" in page.text
    assert facilitator.post(at(drawn), {"do": "replace", "ids": "", "file": file(b"nr\n1\n")}).status_code == 422  # fmt: skip


@pytest.mark.parametrize("name", ["drawn.csv", "left.csv", "everybody.csv", "check.zip"])
def test_lists_are_there_once_drawn_until_the_list_is_erased(facilitator, ready, name):  # fmt: skip
    assert facilitator.get(f"{at(ready)}{name}").status_code == 404
    lots.draw(ready, "Hail")
    answer = facilitator.get(f"{at(ready)}{name}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    facilitator.post(f"{PAGE}{ready.pool_id}/", {"do": "erase"})
    assert facilitator.get(f"{at(ready)}{name}").status_code == 404
    assert facilitator.get(at(ready)).status_code == 200


def test_everybody_sees_every_draw_its_commitments_and_nobody(client, drawn, pool):
    again = lots.commit(pool, lots.Wish(4, "nash", {"gender": {"woman": (2, 2), "man": (2, 2)}, "part": {"north": (2, 3), "south": (1, 2)}}))  # fmt: skip
    page = client.get(PUBLIC).text
    for shown in (drawn.commitment, drawn.number_digest, drawn.lottery_digest, drawn.number, drawn.words, str(drawn.ticket), again.commitment):  # fmt: skip
        assert shown in page
    assert again.number not in page
    assert "Draw 1" in page
    assert "Draw 2" in page
    cells = {row[0] for row in pools.read(LIST).rows} | {"example.org", "Person"}
    assert not [cell for cell in cells if f">{cell}<" in page or f" {cell} " in page]


def test_counts_of_fewer_than_ten_are_told_to_nobody_but_who_runs_it(client, facilitator, drawn):  # fmt: skip
    assert client.get(PUBLIC).text.count("too few to tell") == 4  # women and men, north and south
    assert "<td>7</td>" in facilitator.get(at(drawn)).text
    assert drawn.told["drawn"] == {}  # four people: who they are would show


def test_of_ten_and_more_everybody_sees_how_quotas_were_met(client, assembly):
    rows = "".join(f"{n},{'a' if n % 3 else 'b'}\n" for n in range(60))
    made = pooling.describe(
        pooling.bring(assembly, f"id,kind\n{rows}".encode()), "id", ["kind"], []
    )
    lot = lots.commit(made, lots.Wish(12, "maximin", {"kind": {"a": (7, 9), "b": (3, 5)}}))  # fmt: skip
    lots.claim(lot)
    panel = [*[n for n in range(60) if n % 3][:8], 0, 3, 6, 9]
    done = lots.draw(lots.keep_lottery(lot, [panel], [1.0], "maximin"), "Hail")
    page = client.get(PUBLIC).text
    assert done.told["drawn"] == {"kind": {"a": 8, "b": 4}}
    assert "<td>8</td>" in page
    assert "<td>40</td>" in page
    assert "100.00" in page  # each person's chance, in groups of ten


def test_where_the_program_is_not_installed_pages_say_how(facilitator, settings, monkeypatch, lot):  # fmt: skip
    settings.SORTITION_PYTHON = ""
    monkeypatch.setattr(preparing, "PACKAGE", "not_there_at_all")
    assert "pip install -r requirements-sortition.txt" in facilitator.get(PAGE).text
    lots.claim(lot)
    lots.fail(lot, "not_installed")
    assert "pip install -r requirements-sortition.txt" in facilitator.get(at(lot)).text
    facilitator.post(at(lot), {"do": "again"})
    assert Lot.objects.get().state == "waiting"


def test_changes_that_would_mend_quotas_stand_beside_them(facilitator, lot):
    lots.claim(lot)
    relaxed = [{**row, "answers": [{**one, "most": one["most"] + 1} for one in row["answers"]]} for row in lot.quotas]  # fmt: skip
    lots.fail(lot, "quotas_unmet", relaxed)
    assert facilitator.get(at(lot)).text.count("→") == 4
    facilitator.post(at(lot), {"do": "nearest"})
    assert Lot.objects.get(nth=2).quotas == relaxed


def test_an_assembly_without_lots_does_not_speak_of_them(client, assembly):
    assert PUBLIC not in client.get("/a/water/").text
    assert "Nobody was drawn by lot here" in client.get(PUBLIC).text


def test_an_assembly_with_lots_leads_to_them(client, lot):
    assert PUBLIC in client.get("/a/water/").text
