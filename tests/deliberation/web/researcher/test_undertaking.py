"""Nobody takes data along before they accept the agreement and say what they study; other words are accepted anew; what is taken names it."""

import json
from zipfile import ZipFile

import pytest

from deliberation.assemblies.actions import research
from deliberation.assemblies.errors import PurposeUnfit, TermsMoved, WordsUnfit
from deliberation.assemblies.models import Undertaking
from deliberation.exports import packing
from deliberation.exports.actions import packing as actions
from deliberation.exports.models import Bundle
from elicitation.record.models import Entry
from tests.accepting import accepted

HERE = "/research/water/agreement/"
TABLE, PACKAGES = "/research/water/responses.jsonl", "/research/water/packages/"
API = "/api/v1/assemblies/water/"
PURPOSE = "How people speak of rivers, zqxpurpose."
OWN = "Only for the archive of the town."


def accept(client, seen=1, **more):
    return client.post(HERE, {"purpose": PURPOSE, "accept": "on", "seen": str(seen), **more})


def taken(client, address=TABLE):
    return client.get(address).status_code


def test_a_table_a_package_and_the_api_wait_for_it_and_say_where_it_is(facilitator, assembly):
    for told in (facilitator.get(TABLE), facilitator.post(PACKAGES)):
        assert told.status_code == 403
        assert f'href="{HERE}"' in told.text
    inquiry = assembly.inquiries.get().pk
    answers = [
        facilitator.get(f"{API}export/responses.jsonl"),
        facilitator.post(f"{API}packages/"),
        facilitator.get(f"{API}polis/{inquiry}/votes.csv"),
    ]
    for told in answers:
        assert (told.status_code, told["Content-Type"]) == (403, "application/problem+json")
        assert (told.json()["code"], told.json()["where"]) == ("agreement_missing", HERE)
    assert taken(facilitator, f"/research/water/polis/{inquiry}/votes.csv") == 403
    assert not Bundle.objects.exists()
    assert not Entry.objects.filter(kind="export.made").exists()


def test_a_package_made_before_is_not_taken_without_it(facilitator, assembly):
    bundle = actions.ask(assembly)
    assert taken(facilitator, f"{PACKAGES}{bundle.pk}.zip") == 403
    assert taken(facilitator, f"{API}packages/{bundle.pk}.zip") == 403


def test_once_accepted_data_is_taken_and_the_record_names_what_was_accepted(facilitator, assembly):
    assert "study these data for the purpose" in facilitator.get(HERE).text
    assert accept(facilitator).status_code == 303
    assert taken(facilitator) == 200
    one = Undertaking.objects.get()
    assert (one.name, one.purpose, one.version, one.stands) == ("ada-of-the-hall", PURPOSE, 1, True)
    assert "study these data for the purpose" in one.text
    entry = Entry.objects.get(kind="export.made")
    assert entry.body["undertaking"] == str(one.pk)


def test_the_record_holds_no_word_of_it(facilitator, assembly):
    accept(facilitator)
    entry = Entry.objects.get(kind="research.undertaken")
    assert set(entry.body) == {"assembly", "undertaking", "version"}


@pytest.mark.parametrize("lacking", [{"purpose": " "}, {"accept": ""}, {"purpose": "x" * 501}])
def test_without_a_purpose_or_a_yes_nothing_is_accepted(facilitator, assembly, lacking):
    assert accept(facilitator, **lacking).status_code == 422
    assert not Undertaking.objects.exists()
    assert taken(facilitator) == 403


def test_what_nobody_can_keep_is_refused_whoever_asks(assembly, account):
    for purpose in ("", "x" * 501, "a\x00b"):
        with pytest.raises(PurposeUnfit):
            research.undertake(assembly, account, purpose, 1, "en")
    with pytest.raises(WordsUnfit):
        research.set_terms(assembly, {"zz": OWN})


def test_other_words_are_accepted_anew_and_the_same_are_not(facilitator, assembly):
    accept(facilitator)
    facilitator.post("/run/water/researchers/", {"en": OWN, "fr": ""})
    assert taken(facilitator) == 403
    assert OWN in facilitator.get(HERE).text
    accept(facilitator, seen=2)
    assert taken(facilitator) == 200
    facilitator.post("/run/water/researchers/", {"en": f" {OWN}\r\n", "fr": ""})
    assert taken(facilitator) == 200
    newest, first = Undertaking.objects.all()
    assert (newest.text, newest.version) == (OWN, 2)
    assert "study these data" in first.text


def test_words_that_changed_while_they_were_read_are_not_accepted(facilitator, assembly, account):
    research.set_terms(assembly, {"en": OWN})
    with pytest.raises(TermsMoved):
        research.undertake(assembly, account, PURPOSE, 1, "en")
    told = accept(facilitator)
    assert told.status_code == 409
    assert OWN in told.text
    assert PURPOSE in told.text
    assert 'name="seen" value="2"' in told.text
    assert "checked" not in told.text.partition('name="accept"')[2].partition(">")[0]
    assert not Undertaking.objects.exists()


def test_one_persons_yes_is_not_anothers_nor_anothers_assembly(
    facilitator, assembly, other_assembly, account, stranger, client
):
    accepted(other_assembly, account)
    accepted(assembly, stranger)
    assert taken(facilitator) == 403
    client.force_login(stranger)
    assert taken(client) == 404
    assert client.get(HERE).status_code == 404
    assert accept(client).status_code == 404


def test_facilitators_see_who_accepted_what_and_for_what(facilitator, assembly):
    accept(facilitator)
    research.set_terms(assembly, {"en": OWN})
    page = facilitator.get("/run/water/researchers/").text
    assert PURPOSE in page
    assert "is asked anew" in page


def test_it_stays_when_the_account_goes(assembly, account):
    accepted(assembly, account)
    account.delete()
    one = Undertaking.objects.get()
    assert (one.account, one.name) == (None, "ada-of-the-hall")


@pytest.mark.django_db(transaction=True)
def test_a_package_names_the_agreement_it_was_asked_for_under(
    facilitator, assembly, account, answered
):
    under = accepted(assembly, account)
    facilitator.post(PACKAGES)
    bundle = Bundle.objects.get()
    packing.make_if_due(bundle.pk)
    with ZipFile(bundle.path) as packed:
        manifest = json.loads(packed.read("water/manifest.json"))
    told = manifest["agreement"]
    assert (told["undertaking"], told["version"], told["text"]) == (str(under.pk), 1, under.text)
    assert under.purpose not in json.dumps(manifest)
