"""Work that gave up is listed in plain words, of every kind, and is tried again, or left to a person, once."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from deliberation.artifacts import chores, dead_letters
from deliberation.artifacts.actions import drafting, requeueing
from deliberation.artifacts.dead_letters import Work
from deliberation.artifacts.models import Phrasing, Rendition
from deliberation.assemblies.actions import hooks, taking_in, taking_part
from deliberation.assemblies.models import Delivery, Import
from elicitation.extraction.actions.waiting import OFF
from elicitation.extraction.models import ReadingRequest
from elicitation.graph.models import Telling
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from tests._publishing import signed_and_published
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import set_reviewing
from tests.elicitation.graph.conftest import a_value
from tests.metering import asked as figures

pytestmark = pytest.mark.django_db
SAID = "I look at who is left without a door."
PAGE = "/run/water/given-up/"
GONE = {"state": "failed", "failure": "endpoint_down", "tries": 6, "ended_at": timezone.now()}


def a_reading(assembly, member):
    prompt = assembly.inquiries.get().prompts.first()
    given = taking_part.answer(member, prompt, Words(SAID, "en", uuid4().hex))
    asked = ReadingRequest.objects.filter(pk=given.latest.pk)
    asked.update(state="needs_person", why="endpoint_down", tries=6, ring_at=None)
    return asked.get()


def a_story(assembly, member):
    return Telling.objects.create(value=a_value(assembly.inquiries.get(), "Doors"), **GONE)


def a_wording(assembly, member):
    draft = drafting.draft(assembly, "brief", "Brief", "en")
    clause = drafting.write_clause(draft, "Doors.", [a_value(assembly.inquiries.get(), "Doors")])
    return Phrasing.objects.create(clause=clause, edits=clause.edits, **GONE)


def a_file(assembly, member):
    set_reviewing(assembly)
    draft = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.write_clause(draft, "Doors.", [a_value(assembly.inquiries.get(), "Doors")])
    version = signed_and_published(draft)
    made = version.renditions.filter(format="pdf")
    made.update(tries=chores.MOST_TRIES, failure="TypstError", leased_until=None)
    return made.get()


def an_import(assembly, member):
    shown = taking_in.show_import(assembly, "answers.csv", "/nowhere/answers.csv", "en")
    Import.objects.update(state="failed", failure="row 3 says: " + SAID)
    return shown


def a_webhook(assembly, member):
    hook, _ = hooks.set_hook(assembly, "https://example.org/told", ["phase.changed"])
    hooks.try_out(hook)
    Delivery.objects.update(state="failed", failure="not_reached", tries=8, ended_at=timezone.now())
    return Delivery.objects.get()


MAKES = {
    Work.READING: (a_reading, lambda: ReadingRequest.objects.get().state == "waiting"),
    Work.STORY: (a_story, lambda: Telling.objects.get().state == "waiting"),
    Work.WORDING: (a_wording, lambda: Phrasing.objects.get().state == "waiting"),
    Work.FILE: (a_file, lambda: Rendition.objects.get(format="pdf").tries == 0),
    Work.IMPORT: (an_import, lambda: Import.objects.get().state == "running"),
    Work.WEBHOOK: (a_webhook, lambda: Delivery.objects.get().state == "waiting"),
}


@pytest.fixture(params=MAKES, ids=str)
def dead(request, assembly, member):
    """Work of one kind that gave up, and whether it waits again."""
    make, waits = MAKES[request.param]
    make(assembly, member)
    return request.param, waits


def test_there_is_a_way_to_give_up_for_every_kind():
    assert set(MAKES) == set(Work)


def sent(dead, do):
    (letter,) = dead
    return {"work": letter.work.value, "failure": letter.failure, "do": do, "once": str(uuid4())}


def test_it_is_listed_counted_and_told_without_anybodys_words(
    dead, assembly, facilitator, client, metered
):  # fmt: skip
    work, _ = dead
    (letter,) = dead_letters.letters(assembly)
    assert letter.work == work
    page = facilitator.get(PAGE)
    assert page.status_code == 200
    assert str(work.label).capitalize() in page.text
    assert SAID not in page.text
    assert f'{PAGE}">1</a>' in facilitator.get("/run/water/").text
    named = ("failure", letter.failure), ("work", work.value)
    assert figures(client)["groundwork_dead_letters", *named] == 1


def test_tried_again_it_waits_as_if_it_had_never_been_tried_and_twice_is_once(
    dead, assembly, facilitator
):
    work, waits = dead
    fields = sent(dead_letters.letters(assembly), "again")
    first = facilitator.post(PAGE, fields)
    second = facilitator.post(PAGE, fields)
    assert first["Location"] == second["Location"] == PAGE
    assert waits()
    assert dead_letters.letters(assembly) == []
    tried = [entry.body for entry in Entry.objects.filter(kind="work.tried_again")]
    assert tried == [{"assembly": "water", "work": work.value, "count": 1}]


def test_left_to_a_person_it_is_off_the_list_and_stays_as_it_is(dead, assembly, facilitator):
    work, waits = dead
    fields = sent(dead_letters.letters(assembly), "leave")
    facilitator.post(PAGE, fields)
    assert dead_letters.letters(assembly) == []
    assert dead_letters.count(assembly) == 0
    assert dead_letters.given_up(work).count() == 1
    assert not waits()


def test_another_assembly_neither_sees_nor_moves_it(dead, assembly, other_assembly, client, stranger):  # fmt: skip
    work, waits = dead
    fields = sent(dead_letters.letters(assembly), "again")
    client.force_login(stranger)
    assert client.get(PAGE).status_code == client.post(PAGE, fields).status_code == 404
    assert dead_letters.letters(other_assembly) == []
    client.post("/run/fire/given-up/", fields)
    (letter,) = dead_letters.letters(assembly)
    assert requeueing.try_again(other_assembly, work, [letter.key]) == 0
    assert not waits()


def test_an_operator_lists_it_and_tries_it_again(dead, assembly):
    work, waits = dead
    said = StringIO()
    call_command("dead_letters", stdout=said)
    assert f"water {work.value} " in said.getvalue()
    assert SAID not in said.getvalue()
    assert not waits()
    call_command("dead_letters", "--requeue", "--assembly", "water", stdout=said)
    assert "1 tried again" in said.getvalue()
    assert waits()
    call_command("dead_letters", stdout=said)
    assert said.getvalue().endswith("Nothing gave up.\n")


def test_what_gives_up_anew_after_it_was_left_to_a_person_is_listed_again(assembly, member):
    telling = a_story(assembly, member)
    requeueing.leave_to_person(assembly, Work.STORY, [str(telling.pk)])
    assert dead_letters.letters(assembly) == []
    Telling.objects.update(ended_at=timezone.now())
    assert [letter.key for letter in dead_letters.letters(assembly)] == [str(telling.pk)]


@pytest.mark.parametrize("why", [OFF, "quotes_not_found"])
def test_what_a_person_does_anyway_is_no_work_that_failed(assembly, member, why):
    a_reading(assembly, member)
    ReadingRequest.objects.update(why=why)
    assert dead_letters.letters(assembly) == []


def test_withdrawn_words_leave_nothing_on_the_list(assembly, member):
    asked = a_reading(assembly, member)
    taking_part.withdraw(asked.revision.response)
    assert dead_letters.letters(assembly) == []


def test_one_of_many_is_tried_and_the_others_stay(assembly, invitation, facilitator):
    asked = [a_reading(assembly, newcomer(invitation)) for _ in range(3)]
    ReadingRequest.objects.filter(pk=asked[2].pk).update(why="timeout")
    key = str(asked[0].pk)
    answer = f"/run/water/answers/{asked[0].revision.response_id}/"
    assert f'href="{answer}"' in facilitator.get(PAGE).text
    pile = {"work": "reading", "failure": "endpoint_down"}
    facilitator.post(PAGE, {**pile, "key": key, "do": "again"})
    left = {letter.key for letter in dead_letters.letters(assembly)}
    assert left == {str(one.pk) for one in asked[1:]}
    facilitator.post(PAGE, {**pile, "do": "again"})
    assert [letter.failure for letter in dead_letters.letters(assembly)] == ["timeout"]


@pytest.mark.parametrize(
    "fields", [{}, {"work": "nothing", "do": "again"}, {"work": "reading", "do": "burn"}]
)
def test_what_is_no_work_or_no_wish_is_not_there(facilitator, assembly, fields):
    assert facilitator.post(PAGE, fields).status_code == 404
