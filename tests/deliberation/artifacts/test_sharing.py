"""The picture of a page where its address is shared: what everybody may read there, made once, and gone with the words."""

import struct

import pytest

from deliberation.artifacts import painting, sharing
from deliberation.artifacts.actions import picture_keeping
from deliberation.artifacts.formats import picture
from deliberation.artifacts.models import Picture
from deliberation.artifacts.shortening import columns, cut
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import NotHere
from deliberation.opinion import analysing
from deliberation.web.public.sharing import OURS, stand_in
from tests._publishing import signed_and_published


def address(what, key, language="en"):
    return f"/a/water/share/{what}/{key}/{language}.png"


def size_of(content):
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", content[16:24])


def told(assembly, what, key, language="en"):
    return sharing.card(assembly, what, str(key), language, OURS).told()


@pytest.fixture
def made(client):
    """Ask for a picture, let the worker make it, and ask again."""

    def ask(what, key, language="en", **headers):
        client.get(address(what, key, language))
        painting.paint()
        return client.get(address(what, key, language), **headers)

    return ask


def test_a_picture_is_1200_by_630_and_the_sites_own_stands_in_until_it_is_made(client, assembly):
    first = client.get(address("assembly", "all"))
    assert first.content == stand_in()
    assert size_of(first.content) == (1200, 630)
    assert "max-age=5" in first["Cache-Control"]
    assert painting.paint() == 1
    then = client.get(address("assembly", "all"))
    assert size_of(then.content) == (1200, 630)
    assert then.content != first.content
    assert (then["Content-Type"], then["Cache-Control"]) == ("image/png", "public, max-age=30")


def test_a_picture_is_made_once_however_often_it_is_asked_for(client, assembly):
    for _ in range(5):
        client.get(address("assembly", "all"))
    assert painting.paint() == 1
    client.get(address("assembly", "all"))
    assert painting.paint() == 0
    assert Picture.objects.get().card == {}


def test_who_has_a_picture_is_told_that_it_is_still_so(made, assembly):
    tag = made("assembly", "all")["ETag"]
    assert made("assembly", "all", headers={"If-None-Match": tag}).status_code == 304
    assembly.title = {"en": "Another title"}
    assembly.save()
    assert made("assembly", "all", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("what", ["assembly", "found", "rules", "value", "document", "clause"])
def test_each_public_page_names_a_picture_of_its_own_by_its_whole_address(
    client, made, draft, value, what
):
    version = signed_and_published(draft)
    inquiry, document = value.inquiry_id, f"/a/water/documents/{version.artifact_id}/1/"
    page, key = {
        "assembly": ("/a/water/", "all"),
        "found": (f"/a/water/results/{inquiry}/", inquiry),
        "rules": (f"/a/water/results/{inquiry}/rules/", inquiry),
        "value": (f"/a/water/values/{value.pk}/", value.pk),
        "document": (document, version.pk),
        "clause": (f"{document}clauses/1/", version.clauses.get().pk),
    }[what]
    shown = client.get(page).text
    assert f'<meta property="og:image" content="http://testserver{address(what, key)}">' in shown
    assert '<meta property="og:image:alt" content="' in shown
    assert '<meta name="twitter:card" content="summary_large_image">' in shown
    assert size_of(made(what, key).content) == (1200, 630)


def test_a_value_says_its_authors_words_as_theirs_and_the_house_its_own(assembly, value):
    said = told(assembly, "value", value.pk)
    assert said["words"] == {
        "text": "Open doors",
        "voice": "person",
        "language": "en",
        "rtl": False,
    }
    assert said["over"]["voice"] == "house"
    assert said["foot"] == "when the river floods"


def test_words_taken_back_are_on_no_picture_and_in_no_row(client, made, assembly, value, answered):
    assert made("value", value.pk).content != stand_in()
    client.get(address("value", value.pk, "fr"))
    assert "Open doors" in str(Picture.objects.get(content=None).card)
    taking_part.withdraw(answered)
    assert client.get(address("value", value.pk)).status_code == 404
    picture_keeping.let_go()
    assert not Picture.objects.exists()


def test_a_picture_whose_words_go_while_it_is_made_is_not_kept(
    client, assembly, value, answered, monkeypatch
):
    client.get(address("value", value.pk))
    make = picture.make

    def meanwhile(card):
        taking_part.withdraw(answered)
        return make(card)

    monkeypatch.setattr(picture, "make", meanwhile)
    assert painting.paint() == 0
    assert not Picture.objects.filter(content__isnull=False).exists()


def test_what_not_everybody_may_read_has_no_picture(client, assembly, draft, value):
    version = draft
    clause = version.clauses.get()
    for what, key in (("document", version.pk), ("clause", clause.pk), ("value", version.pk), ("found", value.pk), ("nothing", value.pk), ("assembly", value.pk), ("value", "all")):  # fmt: skip
        assert client.get(address(what, key)).status_code == 404
        with pytest.raises(NotHere):
            told(assembly, what, key)
    assert client.get(address("assembly", "all", "xx")).status_code == 404
    assembly.is_public = False
    assembly.save()
    assert client.get(address("assembly", "all")).status_code == 404
    assert not Picture.objects.exists()


def test_no_group_is_drawn_before_weighing_is_over_nor_one_too_small_to_tell(assembly):
    inquiry = assembly.inquiries.get()
    assert told(assembly, "found", inquiry.pk)["analysis"] is None
    groups = {"groups": [{"name": "A", "size": 36}, {"name": "B"}, {"name": "C", "size": 9}]}
    drawn = [(one["place"], one["wide"], one["text"]) for one in sharing.groups_of(groups)]
    assert drawn == [(0, 60, "A · 36"), (2, 30, "C · 9")]


def test_once_weighing_is_over_the_groups_of_the_newest_result_are_drawn(
    client, assembly, inquiry, camps, weighed, monkeypatch
):
    analysing.analyse(inquiry)
    client.get(address("found", inquiry.pk))
    drawn = []
    monkeypatch.setattr(picture, "make", lambda card: drawn.append(card) or b"a picture")
    assert painting.paint() == 1
    (card,) = drawn
    assert card["analysis"] in {str(one.pk) for one in inquiry.analyses.all()}
    assert [one["text"] for one in card["groups"]] == ["A · 12", "B · 12"]


def test_words_from_right_to_left_stand_so_and_the_page_with_them(assembly, value):
    value.title, value.language = "أبواب مفتوحة", "ar"
    value.save()
    said = told(assembly, "value", value.pk, "ar")
    assert (said["rtl"], said["words"]["rtl"], said["over"]["rtl"]) == (True, True, False)


def test_too_many_at_once_are_not_taken_in(client, assembly, monkeypatch):
    monkeypatch.setattr(picture_keeping, "MOST_WAITING", 1)
    client.get(address("assembly", "all"))
    assert client.get(address("assembly", "all", "fr")).content == stand_in()
    assert Picture.objects.count() == 1


def test_the_oldest_beyond_what_is_kept_go(client, made, assembly, monkeypatch):
    for language in ("en", "fr", "es"):
        made("assembly", "all", language)
    monkeypatch.setattr(picture_keeping, "MOST_KEPT", 2)
    assert picture_keeping.let_go() == 1
    assert Picture.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("short", 10, "short"),
        ("two\n lines", 10, "two lines"),
        ("who is left without a door", 15, "who is left…"),
        ("who is left, without", 13, "who is left…"),
        ("Donaudampfschifffahrt", 8, "Donauda…"),
        ("我关心的是水漫上楼梯的时候", 9, "我关心的…"),
    ],
)
def test_a_text_is_cut_between_words(text, most, kept):
    assert cut(text, most) == kept
    assert columns(kept) <= most


def test_a_letter_keeps_the_marks_that_stand_on_it():
    assert cut("e\u0301" * 10, 5) == "e\u0301" * 4 + "…"
