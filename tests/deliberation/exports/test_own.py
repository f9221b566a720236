"""One file of everything held about a member; and after everything is taken back, none of their words anywhere."""

import json

from django.test import Client

from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.artifacts.models import Version
from deliberation.artifacts.tasks import sweep_corrections
from deliberation.assemblies.actions import taking_part
from deliberation.exports.own import own
from elicitation.interview.actions import welcome
from elicitation.interview.drafts import Words
from tests.traces import tables_with


def test_the_file_holds_what_the_member_did_and_wrote(whole, member):
    told = own(member)
    assert {one["prompt"] for one in told["answers"]}
    words = [w["text"] for one in told["answers"] for w in one["wordings"]]
    assert "The mayor must open the doors. The river rose." in words
    cards = [
        c for a in told["answers"] for w in a["wordings"] for r in w["readings"] for c in r["cards"]
    ]
    assert any(card["stands_in"] for card in cards)
    (rule,) = [
        r for a in told["answers"] for w in a["wordings"] for x in w["readings"] for r in x["rules"]
    ]
    assert rule["stands_in"]["text"] == "The mayor must open the doors"
    assert told["said_to_comparisons"]
    assert told["stories"]
    assert [one["reason"] for one in told["objections"]] == ["Windows, too."]
    assert [one["text"] for one in told["minority_statements"]] == ["A bridge, rather."]
    assert [one["words"] for one in told["appeals"]] == ["Doors are not all of it."]
    assert told["said_of_myself"] == [{"asked": "age-0", "said": "o1"}]
    assert [(one["asked"], one["said"]) for one in told["how_it_was"]] == [("trust", 4), ("clarity", 2)]  # fmt: skip
    assert {card["says_what_i_care_about"]["said"] for card in cards if card["says_what_i_care_about"]} == {"yes"}  # fmt: skip
    assert told["votes"][0]["ballot"] is None  # counted: nobody can find it any more
    json.dumps(told)


def test_the_file_holds_nothing_of_anybody_else(whole, member, prompt):
    other = taking_part.open_door(whole, welcome(), "en")
    taking_part.agree(other)
    taking_part.answer(other, prompt, Words("SOMEBODY ELSE'S WORDS.", "en", "other"))
    assert "SOMEBODY ELSE" not in json.dumps(own(member))
    assert "SOMEBODY ELSE" in json.dumps(own(other))


def test_after_everything_is_taken_back_no_word_of_it_is_in_any_table(whole, member):
    words = [
        "The mayor must open the doors",
        "who is left without a door to knock on",
        "Windows, too.",
        "A bridge, rather.",
        "Doors are not all of it.",
        "Somebody came to see it.",
    ]
    assert all(tables_with(one) for one in words)
    assert take_everything_back(member) == 2
    sweep_corrections()
    assert {one: tables_with(one) for one in words} == {one: set() for one in words}
    told = own(member)
    assert all(one["withdrawn_at"] and not one["wordings"] for one in told["answers"])
    for kind in ("said_to_values", "said_to_comparisons", "stories", "objections", "appeals",
                 "how_it_was", "minority_statements", "said_of_myself", "signed", "votes"):  # fmt: skip
        assert told[kind] == [], kind
    corrected = Version.objects.order_by("-number").first()
    assert corrected.corrected["quotes"] >= 1


def test_taking_everything_back_twice_is_once(whole, member):
    take_everything_back(member)
    assert take_everything_back(member) == 0


def test_the_page_counts_gives_the_file_and_erases_only_with_the_tick(whole, member):
    client = Client()
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    page = "/a/water/mine/everything/"
    assert "Take all of it along" in client.get(page).text
    file = client.get("/a/water/mine/everything.json")
    assert file.json()["format"] == "groundwork-own/1"
    assert file["Cache-Control"] == "no-store"
    assert client.post(page).status_code == 422
    assert own(member)["objections"]
    assert client.post(page, {"sure": "on"}).status_code == 303
    assert not own(member)["objections"]


def test_nobody_without_the_seat_gets_it(whole, client):
    for path in ("/a/water/mine/everything/", "/a/water/mine/everything.json"):
        assert client.get(path).status_code in (302, 303, 404)
