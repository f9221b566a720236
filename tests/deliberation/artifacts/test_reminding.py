"""Letters: to who left an address and confirmed it, once each, one a week at most, ended without a sign-in, and nowhere else."""

import json
from datetime import timedelta
from smtplib import SMTPConnectError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from deliberation.artifacts import reminding
from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.artifacts.tasks import put_letters
from deliberation.assemblies import posting
from deliberation.assemblies.actions import letters, setting_up
from deliberation.assemblies.actions.letter_keeping import end_all_letters
from deliberation.assemblies.errors import AskedTooOften
from deliberation.assemblies.letters import no_code, yes_code
from deliberation.assemblies.models import Address, Letter, Phase
from deliberation.assemblies.tasks import forget_addresses_left, post_letters, sweep_letters
from deliberation.exports.own import own
from elicitation.record.models import Entry
from tests.conftest import newcomer

pytestmark = pytest.mark.django_db
WHERE = "zoe@example.org"
EVERY = list(Address.Wish)
State = Letter.State


@pytest.fixture
def address(member):
    """Left, in German, about everything; nobody has confirmed it."""
    return letters.leave(member, WHERE, EVERY, "de")


@pytest.fixture
def confirmed(address):
    send()
    mail.outbox.clear()
    letters.confirm(yes_code(address.salt))
    Address.objects.update(confirmed_at=timezone.now() - timedelta(minutes=2))
    return Address.objects.get()


def send():
    """All there is to put and to send now, as workers do."""
    put_letters()
    for found in posting.due():
        post_letters(found.pk)
    return [one.subject for one in mail.outbox]


def later(**ago):
    """Let time pass for addresses and their letters."""
    span = timedelta(**ago)
    for found in Address.objects.all():
        Address.objects.filter(pk=found.pk).update(
            left_at=found.left_at - span,
            written_at=found.written_at and found.written_at - span,
        )
    for one in Letter.objects.all():
        Letter.objects.filter(pk=one.pk).update(next_at=one.next_at - span)


def begin(assembly, kind=Phase.Kind.WEIGHING):
    now = timezone.now()
    return setting_up.set_phase(assembly, kind, now - timedelta(minutes=1), now + timedelta(days=9))


def test_an_address_is_asked_whether_it_is_right_and_told_nothing_else_before(address, assembly):
    begin(assembly)
    assert len(send()) == 1
    (asking,) = mail.outbox
    assert asking.to == [WHERE]
    assert f"https://tests.example/letters/{yes_code(address.salt)}/yes/" in asking.body
    assert f"https://tests.example/letters/{no_code(address.salt)}/" in asking.body
    assert asking.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert asking.extra_headers["List-Unsubscribe"] == f"<https://tests.example/letters/{no_code(address.salt)}/>"  # fmt: skip
    assert len(send()) == 1


def test_opening_the_links_does_nothing_pressing_does(client, address):
    yes, no = f"/letters/{yes_code(address.salt)}/yes/", f"/letters/{no_code(address.salt)}/"
    client.get(yes)
    client.get(no)
    assert Address.objects.get().confirmed_at is None
    client.post(yes)
    assert Address.objects.get().confirmed_at is not None
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(no, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Address.objects.exists()
    assert strict.post(no, {"List-Unsubscribe": "One-Click"}).status_code == 200  # twice is once
    assert client.post(yes).status_code == 404


def test_what_is_new_is_told_once_in_one_letter_and_in_the_readers_language(confirmed, assembly):
    begin(assembly)
    (subject,) = send()
    assert subject == assembly.titled_in("de")
    assert f"https://tests.example/a/{assembly.slug}/mine/" in mail.outbox[0].body
    assert mail.outbox[0].content_subtype == "plain"
    later(days=8)
    assert len(send()) == 1


def test_nobody_gets_two_letters_in_a_week_and_what_came_meanwhile_comes_together(confirmed, assembly):  # fmt: skip
    begin(assembly)
    send()
    begin(assembly, Phase.Kind.REVIEWING)
    begin(assembly, Phase.Kind.RATIFYING)
    assert len(send()) == 1
    later(days=6)
    assert len(send()) == 1
    later(days=2)
    assert len(send()) == 2
    assert Letter.objects.filter(kind="phase", state=State.SENT).count() == 3


def test_only_what_was_wished_for_is_told(member, assembly):
    held = letters.leave(member, WHERE, ["result"], "en")
    letters.confirm(yes_code(held.salt))
    begin(assembly)
    assert not [one for one in reminding.about(Address.objects.get()) if one.kind == "phase"]


def test_a_phase_that_began_before_the_address_was_confirmed_is_no_news(address, assembly):
    begin(assembly)
    letters.confirm(yes_code(address.salt))
    assert not list(reminding.about(Address.objects.get()))


def test_those_who_left_something_unfinished_are_reminded_once_a_week_however_often_pressed(
    confirmed, assembly, invitation
):
    another = letters.leave(newcomer(invitation), "bo@example.org", ["phase"], "en")
    letters.confirm(yes_code(another.salt))
    Letter.objects.filter(kind="confirm").delete()
    for _ in range(3):
        reminding.remind(assembly)
    assert len(send()) == 1
    assert mail.outbox[0].to == [WHERE]


def test_numbers_are_told_in_tens():
    assert [reminding.in_tens(n) for n in (0, 9, 10, 19, 20)] == [None, None, 10, 10, 20]


class Broken(EmailBackend):
    fault = SMTPServerDisconnected("gone")

    def send_messages(self, messages):
        raise self.fault


class Away(Broken):
    fault = SMTPConnectError(421, "not now")


def test_a_line_that_broke_is_not_tried_again_for_the_letter_may_be_there(address):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.get_connection", lambda **_: Broken())
        post_letters(address.pk)
    assert Letter.objects.get().state == State.ENDED
    assert send() == []


def test_what_the_server_refused_is_tried_again_with_growing_waits_and_given_up(address):
    waits = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.get_connection", lambda **_: Away())
        for _ in range(letters.MOST_TRIES):
            post_letters(address.pk)
            one = Letter.objects.get()
            waits.append(round((one.next_at - timezone.now()).total_seconds() / 60))
            later(minutes=400)
    assert waits[:4] == [1, 10, 60, 360]
    assert one.state == State.ENDED


def test_a_worker_that_died_over_a_letter_leaves_it_unsent_for_good(address):
    assert letters.take(address.pk) is not None
    assert letters.take(address.pk) is None
    later(days=30)
    assert send() == []


def test_a_restored_backup_sends_nothing_that_waited(confirmed, assembly):
    begin(assembly)
    put_letters()
    assert end_all_letters() == 1
    assert send() == []


def test_the_address_is_sealed_and_in_no_entry_of_the_record(confirmed):
    assert b"zoe" not in bytes(Address.objects.get().sealed)
    letters.end(no_code(confirmed.salt))
    assert "zoe" not in json.dumps(list(Entry.objects.values_list("body", flat=True)))


def test_its_owner_finds_it_in_everything_about_me_and_takes_it_back_with_the_rest(confirmed, member):  # fmt: skip
    told = own(member)["address"]
    assert (told["address"], told["write_when"]) == (WHERE, sorted(EVERY))
    assert [one["about"] for one in told["letters"]] == ["confirm"]
    take_everything_back(member)
    assert own(member)["address"] is None
    assert not Letter.objects.exists()


def test_other_wishes_ask_nothing_again_another_address_does_three_times_a_day(confirmed, member):
    letters.leave(member, WHERE, ["phase"], "en")
    assert Address.objects.get().confirmed_at is not None
    letters.leave(member, "b@example.org", ["phase"], "en")
    assert Address.objects.get().confirmed_at is None
    letters.forget(member)
    letters.leave(member, "c@example.org", ["phase"], "en")
    with pytest.raises(AskedTooOften):
        letters.leave(member, "d@example.org", ["phase"], "en")
    assert Letter.objects.count() == 1


def test_addresses_nobody_confirmed_or_of_assemblies_long_over_are_erased(address, assembly):
    later(days=6)
    forget_addresses_left()
    assert Address.objects.exists()
    letters.confirm(yes_code(address.salt))
    later(days=6)
    forget_addresses_left()
    assert Address.objects.exists()
    assembly.phases.update(
        starts_at=timezone.now() - timedelta(days=99), ends_at=timezone.now() - timedelta(days=91)
    )
    forget_addresses_left()
    assert not Address.objects.exists()


def test_where_no_mail_is_set_up_nothing_is_offered_put_or_sent(
    member_client, facilitator, confirmed, assembly, settings
):
    begin(assembly)
    there = f"/a/{assembly.slug}/mine/letters/"
    assert there in member_client.get(f"/a/{assembly.slug}/mine/").text
    settings.MAIL_FROM = ""
    assert there not in member_client.get(f"/a/{assembly.slug}/mine/").text
    assert member_client.get(there).status_code == 404
    assert facilitator.get(f"/run/{assembly.slug}/letters/").status_code == 404
    put_letters()
    sweep_letters()
    assert not Letter.objects.filter(kind="phase").exists()


def test_a_citizen_leaves_changes_and_erases_it_on_their_page(member_client, assembly):
    there = f"/a/{assembly.slug}/mine/letters/"
    assert member_client.post(there, {"address": "no address", "wishes": ["read"]}).status_code == 422  # fmt: skip
    member_client.post(there, {"address": WHERE, "wishes": ["read", "phase"]})
    page = member_client.get(there).text
    assert f'value="{WHERE}"' in page
    member_client.post(there, {"do": "forget"})
    assert not Address.objects.exists()


def test_who_runs_the_assembly_sees_no_address_and_only_tens(facilitator, confirmed, assembly):
    page = facilitator.get(f"/run/{assembly.slug}/letters/").text
    assert page.count("fewer than ten") == 2
    assert "zoe" not in page
    facilitator.post(f"/run/{assembly.slug}/letters/")
    assert Letter.objects.filter(kind="remind").count() == 1
