"""A release tells everybody counts of many and words their authors released, and beside the one before it nothing more."""

import csv
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from frictionless import Package

from deliberation.assemblies.actions import strata
from deliberation.assemblies.models import Phase
from deliberation.exports import publishing, releasing
from deliberation.exports.actions import releasing as actions
from deliberation.exports.errors import ReleaseOutlived, StillWeighing
from deliberation.exports.models import Release, ReleaseRequest
from elicitation.extraction.models import Quote
from elicitation.graph.actions import folding
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement
from elicitation.interview.models import Respondent
from elicitation.record.models import Entry
from tests.conftest import newcomer
from tests.deliberation.web.citizen._weighing import set_weighing
from tests.elicitation.graph.conftest import a_value

pytestmark = pytest.mark.django_db(transaction=True)
State = ReleaseRequest.State
RUN = "/run/water/releases/"
AGREE, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.DISAGREE


@pytest.fixture
def ages(assembly):
    options = [{"en": "young"}, {"en": "old"}, {"en": "very old"}]
    return strata.add_stratum(assembly, {"en": "=Age?"}, options)


@pytest.fixture
def value(assembly):
    return a_value(assembly.inquiries.get(), "Dry cellars")


@pytest.fixture
def over(assembly):
    """Weighing was, and is over."""
    now = timezone.now()
    Phase.objects.create(
        assembly=assembly,
        kind="weighing",
        starts_at=now - timedelta(days=2),
        ends_at=now - timedelta(days=1),
    )


@pytest.fixture
def come(ages, invitation, value):
    """So many people more of a kind say something to the value."""

    def come(number, option, says=AGREE):
        people = [newcomer(invitation).respondent for _ in range(number)]
        for one in people:
            if option:
                ages.belongings.create(respondent=one, option=option)
            endorse(one, value, says)
        return people

    return come


def publish_release(assembly):
    """Ask for a release and make it, as the worker does."""
    asked = actions.ask(assembly)
    publishing.make_if_due(asked.pk)
    asked.refresh_from_db()
    assert asked.state == State.PUBLIC, asked.failure


def taken(number, client=None):
    """The tables of a release, as somebody gets them who is nobody here."""
    answer = (client or Client()).get(f"/a/water/releases/{number}.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name.split("/")[1]: archive.read(name).decode() for name in archive.namelist()}


def counts(number, says="agree"):
    told = csv.DictReader(io.StringIO(taken(number)["counts.csv"], newline=""))
    return {(row["stratum"], row["option"]): row["people"] or row["state"] for row in told if row["says"] == says}  # fmt: skip


def test_small_counts_are_kept_back_and_never_one_alone(assembly, over, ages, come):
    come(12, "o0")
    come(14, "o1")
    come(3, "o2")
    publish_release(assembly)
    told = counts(1)
    assert told["", ""] == "29"
    kinds = {option: number for (stratum, option), number in told.items() if stratum == ages.code}
    assert kinds["o2"] == kinds[""] == "hidden"
    assert sorted(kinds.values())[-2:] == ["hidden", "hidden"]
    rest = 29 - sum(int(number) for number in kinds.values() if number != "hidden")
    assert rest >= 10
    assert counts(1, "disagree")["", ""] == "withheld"


def test_beside_an_earlier_release_a_later_one_tells_nothing_of_few(assembly, over, ages, come):
    come(12, "o0")
    come(14, "o1")
    come(11, None)
    come(10, "o2")
    publish_release(assembly)
    assert counts(1)[ages.code, "o2"] == "10"
    come(1, "o0")
    publish_release(assembly)
    assert set(counts(2).values()) == {"not_anew"}
    for option in ("o0", "o1", "o2", None):
        come(10, option)
    publish_release(assembly)
    assert counts(3) == {("", ""): "88", (ages.code, "o0"): "23", (ages.code, "o1"): "24", (ages.code, "o2"): "20", (ages.code, ""): "21"}  # fmt: skip
    assert counts(1)["", ""] == "47"  # what was published stays as it was


def test_what_was_too_small_once_is_told_only_when_it_has_grown_by_many(assembly, over, come):
    come(9, "o0")
    publish_release(assembly)
    come(1, "o0")
    publish_release(assembly)
    assert counts(2)["", ""] == "withheld"
    come(10, "o0")
    publish_release(assembly)
    assert counts(3)["", ""] == "20"


def test_values_that_were_folded_are_not_told_anew(assembly, over, come, value):
    people = come(12, "o0")
    publish_release(assembly)
    other = a_value(assembly.inquiries.get(), "Wet cellars")
    for one in [*people, *come(15, "o1")]:
        endorse(one, other, AGREE)
    folding.fold(other, value)
    publish_release(assembly)
    assert counts(2)["", ""] == "not_anew"


def test_an_ai_agent_is_nobody_in_it(assembly, over, come):
    people = come(10, "o0")
    Respondent.objects.filter(pk=people[0].pk).update(kind=Respondent.Kind.AI_AGENT)
    publish_release(assembly)
    assert counts(1)["", ""] == "withheld"


def test_words_are_those_that_may_be_shown_when_it_is_taken(whole, client):
    set_over(whole)
    publish_release(whole)
    words = list(csv.DictReader(io.StringIO(taken(1, client)["quotes.csv"], newline="")))
    assert [one["text"] for one in words] == list(shown_quotes(whole))
    assert words
    quotes_of(whole).update(public=False)
    assert taken(1, client)["quotes.csv"] == "value,text\r\n"


def set_over(assembly):
    now = timezone.now()
    assembly.phases.filter(kind="weighing").delete()
    Phase.objects.create(assembly=assembly, kind="weighing", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))  # fmt: skip


def quotes_of(assembly):
    return Quote.objects.filter(revision__response__prompt__inquiry__assemblies=assembly)


def shown_quotes(assembly):
    return sorted(set(quotes_of(assembly).filter(public=True).values_list("text", flat=True)))


def test_nobody_is_named_and_its_tables_are_what_its_schema_says(assembly, over, come, tmp_path):
    people = come(12, "o0")
    publish_release(assembly)
    files = taken(1)
    for name, text in files.items():
        (tmp_path / name).write_text(text, newline="", encoding="utf-8")
        assert not [one for one in people if str(one.pk) in text]
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert json.loads(files["datapackage.json"])["name"] == "water-release-1"


def test_a_facilitator_publishes_and_everybody_finds_it_on_page_and_api(assembly, over, come, facilitator, client):  # fmt: skip
    come(12, "o0")
    assert "Publish a release" in facilitator.get(RUN).text
    assert facilitator.post(RUN).headers["Location"] == RUN
    page = facilitator.get(RUN).text
    assert "waits for a worker" in page
    assert "hx-trigger" in page
    assert (
        client.get("/a/water/releases/1.zip").status_code == 404
    )  # not offered before it is whole
    assert client.get("/api/v1/assemblies/water/releases/").json() == []
    facilitator.post(RUN)  # pressed twice
    publishing.make_if_due(ReleaseRequest.objects.get().pk)
    assert "hx-trigger" not in facilitator.get(RUN).text
    (made,) = assembly.releases.all()
    assert "/a/water/releases/1.zip" in client.get("/a/water/results/").text
    (told,) = client.get("/api/v1/assemblies/water/releases/").json()
    assert (told["number"], told["file"]) == (1, "/a/water/releases/1.zip")
    assert Entry.objects.filter(kind="release.published").get().body["release"] == made.number
    assert client.post(RUN).status_code == 404
    assert client.get("/a/water/releases/2.zip").status_code == 404
    assembly.is_public = False
    assembly.save()
    assert client.get("/a/water/releases/1.zip").status_code == 404


def test_nothing_is_published_before_weighing_is_over(assembly, facilitator):
    with pytest.raises(StillWeighing):
        actions.ask(assembly)
    set_weighing(assembly)
    assert facilitator.post(RUN).status_code == 409
    assert not assembly.releases.exists()


def test_a_vote_between_two_counts_changes_nothing(assembly, over, ages, come, monkeypatch):
    come(12, "o0")
    come(14, "o1")
    come(10, "o2")
    come(11, None)
    groups = releasing._groups

    def and_then_somebody_votes(where, stratum):
        yield from groups(where, stratum)
        if stratum is None:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(voted, come).result()

    monkeypatch.setattr(releasing, "_groups", and_then_somebody_votes)
    publish_release(assembly)
    told = counts(1)
    assert Endorsement.objects.standing().count() == 48
    assert told["", ""] == "47"
    assert sum(int(told[ages.code, kind]) for kind in ("o0", "o1", "o2", "")) == 47


def voted(come):
    try:
        come(1, "o0")
    finally:
        connection.close()


def test_who_is_killed_in_the_middle_loses_the_release_to_the_next(assembly, over, come):
    come(12, "o0")
    asked = actions.ask(assembly)
    assert actions.claim(asked)
    publishing.make_if_due(asked.pk)
    assert ReleaseRequest.objects.get().tries == 1  # its worker may be alive
    ReleaseRequest.objects.update(leased_until=timezone.now())
    publishing.make_if_due(asked.pk)
    again = ReleaseRequest.objects.get()
    assert (again.state, again.tries, again.release.number) == (State.PUBLIC, 2, 1)
    assert not actions.hold_on(asked, "counting")
    for number in (1, 2):
        with pytest.raises(ReleaseOutlived):
            actions.publish(asked, actions.Counted(number, timezone.now(), [], {}))
    actions.give_up(asked, "TooLate")
    assert ReleaseRequest.objects.get().state == State.PUBLIC
    assert Release.objects.get().rows


def test_a_release_that_kills_its_workers_is_given_up_and_may_be_asked_again(assembly, over, facilitator):  # fmt: skip
    asked = actions.ask(assembly)
    for _ in range(actions.MOST_TRIES):
        assert actions.claim(asked)
        ReleaseRequest.objects.update(leased_until=timezone.now())
    assert not actions.claim(asked)
    page = facilitator.get(RUN).text
    assert "This is our fault" in page
    assert "Publish a release" in page
    assert actions.ask(assembly) != asked


def test_what_would_tell_of_few_beside_an_earlier_release_is_refused_and_nothing_of_it_is_public(assembly, over, come, facilitator):  # fmt: skip
    come(12, "o0")
    publish_release(assembly)
    Release.objects.update(remembered={})  # as if the rule had forgotten what it told
    come(8, "o0")
    asked = actions.ask(assembly)
    publishing.make_if_due(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.tries) == (State.FAILED, "StandsOut", 1)
    assert assembly.releases.count() == 1
    assert "it would tell of a few people alone" in facilitator.get(RUN).text


def test_weighing_opened_again_while_it_was_counted_keeps_a_release_back(assembly, over, come):
    come(12, "o0")
    asked = actions.ask(assembly)
    assembly.phases.filter(kind="weighing").update(ends_at=timezone.now() + timedelta(days=1))
    publishing.make_if_due(asked.pk)
    assert ReleaseRequest.objects.get().failure == "StillWeighing"
    assert not assembly.releases.exists()
