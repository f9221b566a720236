"""Every address that names a thing, asked with a thing of another assembly, of another organisation, of another person, one withdrawn, one folded, and one that never was.

Whoever may not know of a thing is answered as if it had never been: the same status, the same way on, the same words.
"""

import re
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import values
from deliberation.moderation.bench import Bench
from deliberation.moderation.why import Why
from deliberation.web.rights import Who, who_may
from elicitation.extraction.models import GoldenAnswer, Quote
from elicitation.graph.models import Value
from elicitation.interview.models import Response
from tests.doors import FORMS, Hall, addresses, closed
from tests.elicitation.graph.conftest import a_value

pytestmark = pytest.mark.django_db
PLAIN = {"slug", "table", "file", "form", "code", "token", "name", "said", "tongue", "colour", "what", "language", "place"}  # what names no thing of people's  # fmt: skip
NAMING = [(a, asks) for a, asks in addresses() if set(asks) - PLAIN and a != "public:schema"]
OWN = {"response_id", "candidate_id", "about_id", "norm_id", "follow_up_id", "meaning_id", "showing_id", "story_id"}  # fmt: skip
HELD = {"": Who.ANYBODY, "author": Who.MEMBER, "facilitator": Who.FACILITATOR, "researcher": Who.RESEARCHER, "steward": Who.STEWARD}  # fmt: skip
METHODS = ("get", "post")
PASSING = re.compile(r'name="(?:csrfmiddlewaretoken|once|key|seed)" value="[\w-]+"|<div class="messages".*?</div>', re.DOTALL)  # fmt: skip


@pytest.fixture
def hall(db, tmp_path):
    return Hall(tmp_path)


def never(thing):
    """The name of a thing of the same kind that never was."""
    return uuid4() if isinstance(thing, UUID) else 987_654_321


def named(hall, address, asks, **other):
    """The names in an address of the first assembly, some of them set to others."""
    form = {"form": FORMS.get(address.rpartition(":")[2])}
    return {one: {**form, **other}.get(one) or hall.water.named(address, one) for one in asks}


def asked(client, method, address, kwargs, **more):
    """What comes of asking: status, way on, and what is said; without the token, the keys and the seed of a form, what was left to say of the last request, and the address that was asked for."""
    path = reverse(address, kwargs=kwargs)
    response = getattr(client, method)(path, more or None)
    way_on, kind = response.headers.get("Location", ""), response.headers["Content-Type"]
    text = b"".join(response).decode() if kind.startswith(("text/html", "application/")) and "zip" not in kind else kind  # fmt: skip
    closed(response)
    for one in (path, quote(path), quote(path, safe="")):
        way_on, text = way_on.replace(one, "…"), text.replace(one, "…")
    return response.status_code, way_on, " ".join(PASSING.sub("", text).split())


def pairs(hall, doors, names=None, of=None):
    """Each thing an address behind these doors names, beside one that never was. `of`: whose the things are, if not the first assembly's."""
    for address, asks in NAMING:
        for name in set(asks) - PLAIN - {"number"} if who_may(address) in doors else ():
            thing = (of or hall.water).named(address, name)
            if names is None or name in names:
                there = named(hall, address, asks, **{name: thing})
                yield address, there, {**there, name: never(thing)}


def differing(hall, who, told, methods=METHODS):
    """Where somebody is answered otherwise about a thing that is there than about one that never was."""
    client, found, seen = hall.client(who), [], 0
    for address, there, not_there in told:
        for method in methods:
            seen += 1
            first, second = (asked(client, method, address, one) for one in (there, not_there))
            if first != second:
                found.append((who, method, address, first[:2], second[:2]))
    assert seen
    return found


@pytest.mark.parametrize("whose", ["fire", "air"])
def test_a_thing_of_another_assembly_is_as_one_that_never_was(hall, whose):
    told, other = [], getattr(hall, whose)
    for who, door in HELD.items():
        if door == Who.RESEARCHER or (door == Who.STEWARD and whose == "fire"):
            continue  # who studies is asked for nothing by name; both assemblies are of one organisation
        told += differing(hall, who, pairs(hall, {door}, of=other))
    assert told == []


def test_who_may_not_come_in_cannot_tell_what_is_behind_the_door(hall):
    told = differing(hall, "another", pairs(hall, {Who.FACILITATOR}))
    for who, methods in {"elsewhere": METHODS, "researcher": ("get",), "": ("get",)}.items():
        told += differing(hall, who, pairs(hall, {Who.FACILITATOR, Who.MEMBER}), methods)
    everything = {Who.FACILITATOR, Who.MEMBER, Who.STEWARD}
    told += differing(hall, "abroad", pairs(hall, everything))
    told += differing(hall, "stranger", pairs(hall, {Who.STEWARD}))
    told += differing(hall, "steward", pairs(hall, {Who.FACILITATOR}))
    assert told == []


def test_who_may_not_come_in_cannot_tell_which_assemblies_there_are(hall):
    told = []
    for who in ("abroad", "steward"):
        client = hall.client(who)
        for address, asks in addresses():
            if "slug" not in asks or who_may(address) != Who.FACILITATOR:
                continue
            there = named(hall, address, asks)
            for method in METHODS:
                said = [asked(client, method, address, {**there, "slug": slug}) for slug in ("water", "never")]  # fmt: skip
                if said[0] != said[1]:
                    told.append((who, method, address))
    assert told == []


def test_a_thing_of_another_member_is_as_one_that_never_was(hall):
    assert differing(hall, "another", pairs(hall, {Who.MEMBER}, OWN)) == []


def test_what_another_account_signs_in_by_is_as_what_never_was(hall):
    client = hall.client("stranger")
    session = client.session
    session["proved_at"] = 4_000_000_000
    session.save()
    for address, (name,) in [one for one in NAMING if who_may(one[0]) == Who.ACCOUNT]:
        thing = hall.water.named(address, name)
        there = asked(client, "post", address, {name: thing})
        assert there == asked(client, "post", address, {name: never(thing)})
        assert there[0] == 404
    assert hall.accounts["facilitator"].signed_in_with.exists()
    assert hall.accounts["facilitator"].authenticator_set.filter(type="totp").exists()


def test_the_question_a_page_is_asked_about_is_one_of_its_own_assembly(hall):
    told = []
    for who, door in HELD.items():
        client = hall.client(who)
        for address, asks in addresses():
            if asks != ("slug",) or who_may(address) != door or address == "researcher:package":
                continue
            said = []
            for one in (hall.fire.ids["subject_id"], uuid4()):
                status, _, text = asked(client, "get", address, {"slug": "water"}, question=str(one))  # fmt: skip
                said.append((status, text.replace(str(one), "…")))
            if said[0] != said[1]:
                told.append((who, address, said[0][0], said[1][0]))
    assert told == []


def test_a_vote_by_the_api_on_a_value_of_another_assembly_is_as_on_one_that_never_was(hall):
    client, path = hall.client("author"), reverse("api:weighing", kwargs={"slug": "water"})
    said = []
    for one in (hall.fire.ids["value_id"], uuid4()):
        sent = {"value": str(one), "says": "agree"}
        got = client.post(path, sent, content_type="application/json")
        said.append((got.status_code, got.text))
    assert said[0] == said[1]
    assert said[0][0] == 404


def test_withdrawn_words_are_on_no_page_and_the_answer_is_to_others_as_one_that_never_was(hall):
    answer = Response.objects.get(pk=hall.water.ids["response_id"])
    quotes = Quote.objects.filter(revision__response=answer).values_list("text", flat=True)
    words = {*answer.revisions.values_list("text", flat=True), *quotes}
    assert all(len(text) > 8 for text in words)
    assert any(text in asked(hall.client("author"), "get", "citizen:mine", {"slug": "water"})[2] for text in words)  # fmt: skip
    GoldenAnswer.objects.all().delete()  # a facilitator's own words; here they are the same (decision 0012)
    taking_part.withdraw(answer)
    told = []
    for who, door in HELD.items():
        client = hall.client(who)
        for address, asks in addresses():
            if (
                who_may(address) != door
                or set(asks) & {"code", "token", "name", "table"}
                or address in {"public:tile", "api:schema"}  # its examples are made up
            ):
                continue
            status, _, text = asked(client, "get", address, named(hall, address, asks))
            if status >= 500 or any(one in text for one in words):
                told.append((who, address, status))
    assert told == []
    assert differing(hall, "another", pairs(hall, {Who.MEMBER}, {"response_id", "candidate_id"})) == []  # fmt: skip


def test_a_folded_value_leads_to_what_it_went_into_and_takes_no_decision_of_its_own(hall):
    bench = Bench(hall.water.assembly, hall.accounts["facilitator"])
    source = Value.objects.get(pk=hall.water.ids["value_id"])
    target = a_value(source.inquiry, "Doors that stay open")
    seen = {one.pk: one.version for one in (source, target)}
    values.fold(bench, source, target, seen, Why("They say the same."))
    page = {"slug": "water", "value_id": source.pk}
    root = reverse("public:value", args=["water", target.pk])
    for who in HELD:
        assert asked(hall.client(who), "get", "public:value", page)[:2] == (302, root)
    facilitator = hall.client("facilitator")
    assert asked(facilitator, "get", "facilitator:value", page)[0] == 200
    sent = {"decision": "rename", "title": "Anew", "policies": "DOORS", "seen": source.version, "reason": "Clearer."}  # fmt: skip
    assert asked(facilitator, "post", "facilitator:value", page, **sent)[0] in (409, 422)
    source.refresh_from_db()
    assert source.title == "Open"
    path = reverse("api:weighing", kwargs={"slug": "water"})
    vote = {"value": str(source.pk), "says": "agree"}
    got = hall.client("another").post(path, vote, content_type="application/json")
    assert got.status_code in (
        200,
        409,
    )  # it counts where the value went, or is told that it is gone
