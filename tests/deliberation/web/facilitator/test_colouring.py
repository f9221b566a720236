"""An assembly's own colour: tried before it is used, readable whatever is chosen, and given back."""

import pytest

from deliberation.assemblies.actions.colouring import set_accent

WHERE = "/run/water/colour/"


def test_a_colour_is_tried_on_the_page_before_anybody_else_sees_it(facilitator, client, assembly):
    tried = facilitator.get(WHERE, {"colour": "#ffd700"})
    assert "/accent/ffd700.css" in tried.text
    assert "/accent/" not in client.get("/a/water/").text
    assembly.refresh_from_db()
    assert assembly.accent == ""


def test_what_is_used_stands_on_every_page_of_the_assembly_and_on_no_other(facilitator, client):
    facilitator.post(WHERE, {"colour": "#ffd700"})
    assert "/accent/ffd700.css" in client.get("/a/water/").text
    assert "/accent/" not in client.get("/").text
    facilitator.post(WHERE, {"do": "ours"})
    assert "/accent/" not in client.get("/a/water/").text


@pytest.mark.parametrize("wrong", ["", "gold", "#FFD700", "#ffd70", "#ffd700}body{display:none"])
def test_what_is_no_colour_is_refused_and_nothing_changes(facilitator, assembly, wrong):
    assert facilitator.post(WHERE, {"colour": wrong}).status_code == 422
    assert facilitator.get(WHERE, {"colour": wrong}).status_code == 422
    assembly.refresh_from_db()
    assert assembly.accent == ""


def test_the_style_sheet_of_a_colour_is_kept_by_browsers(client, db):
    sheet = client.get("/accent/ffd700.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "immutable" in sheet["Cache-Control"]
    assert sheet.text.count("--accent:#") == 2
    assert client.get("/accent/ffd70.css").status_code == 404


def test_nobody_else_chooses_it(client, member_client, assembly):
    set_accent(assembly, "#123456")
    for one in (client, member_client):
        assert one.post(WHERE, {"colour": "#ffd700"}).status_code == 404
    assembly.refresh_from_db()
    assert assembly.accent == "#123456"
