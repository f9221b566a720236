"""Webhooks: told once, signed, tried again with growing waits, given up to a person; nothing is sent into anybody's own network."""

import json
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from deliberation.artifacts import dead_letters
from deliberation.artifacts.actions import drafting, requeueing
from deliberation.assemblies import hooking, reaching, signatures
from deliberation.assemblies.actions import hooks, setting_up
from deliberation.assemblies.errors import AddressUnfit
from deliberation.assemblies.models import Delivery, Hook
from deliberation.assemblies.tasks import tell_hook
from deliberation.exports import announcing
from deliberation.exports.actions import packing
from deliberation.exports.packages import recent_acts
from deliberation.exports.tasks import announce
from elicitation.graph.models import Value
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published
from tests.conftest import TEXT

EVERY = [event.value for event in Hook.Event]


class Receiver(ThreadingHTTPServer):
    """A program elsewhere: keeps what it is sent, and answers with `status`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Kept)
        self.status, self.got = 204, []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/told?by=us"


class Kept(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def listening():
    server = Receiver()
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_PRIVATE = True
    with listening() as server:
        yield server


@pytest.fixture
def hook(assembly, receiver):
    seal()
    return hooks.set_hook(assembly, receiver.url, EVERY)


def send_all():
    for pk in list(hooking.due().values_list("pk", flat=True)):
        hooking.send_if_due(pk)


def told(receiver):
    return [json.loads(body) for _, _, body in receiver.got]


def test_what_is_sent_is_signed_and_the_secret_is_kept_nowhere(hook, receiver):
    made, secret = hook
    hooks.try_out(made)
    send_all()
    ((path, headers, body),) = receiver.got
    assert path == "/told?by=us"
    delivery = Delivery.objects.get()
    assert headers["webhook-id"] == f"msg_{delivery.pk.hex}"
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1," + b64encode(digest(key, signed, sha256)).decode()
    assert (delivery.state, delivery.status, delivery.tries) == ("sent", 204, 1)
    assert json.loads(body)["type"] == "test"
    assert not [row for row in Hook.objects.values() if secret in str(row)]


def test_the_signature_is_that_of_the_standard():
    """The example of the reference libraries of Standard Webhooks."""
    made = signatures.signed("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')  # fmt: skip
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_not_taken_is_tried_again_the_same_with_growing_waits_then_given_up(hook, receiver):  # fmt: skip
    receiver.status = 503
    hooks.try_out(hook[0])
    waits = []
    for _ in range(hooks.MOST_TRIES + 2):
        send_all()
        one = Delivery.objects.get()
        waits.append(one.next_at - timezone.now())
        Delivery.objects.update(next_at=timezone.now())
    assert len(receiver.got) == hooks.MOST_TRIES
    assert waits[: len(hooks.WAITS)] == sorted(waits[: len(hooks.WAITS)])
    assert len({(headers["webhook-id"], body) for _, headers, body in receiver.got}) == 1
    assert (one.state, one.status, one.failure) == ("failed", 503, "not_taken")


def test_what_was_given_up_waits_for_a_person_and_is_tried_anew(hook, receiver, assembly):
    hooks.try_out(hook[0])
    Delivery.objects.update(state="failed", failure="not_reached", tries=8, ended_at=timezone.now())
    (letter,) = dead_letters.letters(assembly)
    assert (letter.work, letter.failure, letter.tries) == ("webhook", "not_reached", 8)
    assert requeueing.try_again(assembly, dead_letters.Work.WEBHOOK, [letter.key]) == 1
    assert dead_letters.letters(assembly) == []
    send_all()
    assert Delivery.objects.get().state == "sent"


def test_left_to_a_person_it_is_off_the_list(hook, assembly):
    hooks.try_out(hook[0])
    Delivery.objects.update(state="failed", failure="not_reached", tries=8, ended_at=timezone.now())
    (letter,) = dead_letters.letters(assembly)
    requeueing.leave_to_person(assembly, letter.work, [letter.key])
    assert dead_letters.letters(assembly) == []


def test_a_redirect_is_not_followed(hook, receiver):
    receiver.status = 307
    hooks.try_out(hook[0])
    send_all()
    assert (Delivery.objects.get().status, len(receiver.got)) == (307, 1)


def test_an_address_that_was_ended_is_told_nothing_of_what_waits_neither(hook, receiver):
    hooks.try_out(hook[0])
    hooks.end_hook(hook[0])
    send_all()
    assert receiver.got == []


def test_of_two_workers_one_sends(hook, receiver):
    one = hooks.try_out(hook[0])
    assert hooks.claim(one)
    hooking.send_if_due(one.pk)
    assert receiver.got == []


@pytest.mark.parametrize("url", ["http://example.org/", "ftp://example.org/", "https://", "https://a:b@example.org/", "https://example.org:99999/", "file:///etc/passwd", "nothing"])  # fmt: skip
def test_an_address_that_is_unfit_is_not_set(assembly, url):
    with pytest.raises(AddressUnfit):
        hooks.set_hook(assembly, url, EVERY)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "[::ffff:192.168.0.1]", "[64:ff9b::a00:1]", "0.0.0.0", "2130706433", "100.64.1.1"])  # fmt: skip
def test_nothing_is_sent_into_a_network_of_somebodys_own(assembly, host, db):
    made, _ = hooks.set_hook(assembly, f"https://{host}/", EVERY)
    hooks.try_out(made)
    send_all()
    one = Delivery.objects.get()
    assert (one.failure, one.status, one.state) == ("address_refused", None, "waiting")


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="192.168.0.0/16") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="fe80::/10") | st.ip_addresses(v=4, network="127.0.0.0/8"))  # fmt: skip
def test_no_address_within_is_open_however_it_is_written(address):
    assert not reaching.is_open(str(address))
    if address.version == 4:
        assert not reaching.is_open(f"::ffff:{address}")
        assert not reaching.is_open(f"64:ff9b::{address}")


def test_a_name_with_one_address_within_is_refused_whole(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(reaching.Unreachable, match="address_refused"):
        reaching.post("https://example.org/", b"", {}, reaching.Reach())


def test_a_document_is_told_with_its_place_and_none_of_its_words(hook, receiver, assembly):
    value = Value.objects.create(inquiry=assembly.inquiries.get(), title="Shade", language="en")
    version = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.write_clause(version, "Doors stay open.", [value])
    published = signed_and_published(version)
    announcing.announce_all()
    assert not Delivery.objects.exists()  # not sealed yet
    seal()
    for _ in range(3):
        announcing.announce_all()
    send_all()
    (message,) = told(receiver)
    assert message["type"] == "document.published"
    assert message["data"] == {
        "assembly": "water",
        "document": str(published.artifact_id),
        "version": 1,
        "path": f"/api/v1/assemblies/water/documents/{published.artifact_id}/1/",
    }


def test_answers_read_are_told_as_a_count(hook, receiver, read_answer):
    seal()
    announcing.announce_all()
    send_all()
    (message,) = told(receiver)
    assert (message["type"], message["data"]) == ("answers.read", {"assembly": "water", "count": 1})
    assert TEXT not in str(receiver.got)


def test_a_package_is_told_once_it_is_ready(hook, receiver, assembly):
    bundle, now = packing.ask(assembly), timezone.now()
    packing.claim(bundle)
    packing.keep(bundle, packing.Made(now, recent_acts(now), {}, 2, "0" * 64))
    seal()
    announcing.announce_all()
    send_all()
    assert [one["data"]["package"] for one in told(receiver)] == [str(bundle.pk)]


def test_a_phase_that_opens_by_the_clock_is_told_once(hook, receiver, assembly):
    now = timezone.now()
    Hook.objects.update(clock=now - timedelta(hours=2))
    for _ in range(3):
        announcing.announce_all()
    send_all()
    assert [one["data"] for one in told(receiver)] == [{"assembly": "water", "phase": "answering", "change": "opened"}]  # fmt: skip


def test_a_result_nobody_may_see_yet_is_not_told(hook, receiver, assembly):
    inquiry, now = assembly.inquiries.get(), timezone.now()
    kept = {"of": str(inquiry.pk), "results": [{"id": "x", "kind": "groups", "input_hash": "h"}]}
    setting_up.set_phase(assembly, "weighing", now - timedelta(hours=3), now + timedelta(hours=1))
    Hook.objects.update(clock=now)
    for ends in (timedelta(hours=1), timedelta(hours=-1)):
        assembly.phases.filter(kind="weighing").update(ends_at=now + ends)
        hooks.append("analysis.kept", **kept)
        seal()
        announcing.announce_all()
    send_all()
    assert [one["data"] for one in told(receiver)] == [{"assembly": "water", "inquiry": str(inquiry.pk), "kinds": ["groups"]}]  # fmt: skip


def test_an_address_is_told_what_it_asked_for_of_its_own_assembly_alone(receiver, assembly, other_assembly, read_answer):  # fmt: skip
    seal()
    quiet, _ = hooks.set_hook(assembly, receiver.url, ["phase.changed"])
    elsewhere, _ = hooks.set_hook(other_assembly, receiver.url, EVERY)
    Hook.objects.update(seen=-1)
    announcing.announce_all()
    assert not Delivery.objects.filter(hook__in=[quiet, elsewhere]).exists()


def test_a_worker_that_was_slower_puts_nothing(hook):
    made, _ = hook
    event = hooks.Event("entry 7", "phase.changed", timezone.now(), {})
    hooks.announce(made, [event], 7, timezone.now())
    hooks.announce(made, [hooks.Event("entry 8", "phase.changed", timezone.now(), {})], 8, timezone.now())  # fmt: skip
    assert [one.of for one in Delivery.objects.all()] == ["entry 7"]


def test_what_its_workers_never_came_back_from_is_given_up(hook, receiver):
    one = hooks.try_out(hook[0])
    for _ in range(hooks.MOST_TRIES):
        assert hooks.claim(one)
        Delivery.objects.update(leased_until=timezone.now())
    assert not hooks.claim(one)
    assert (one.state, one.failure) == ("failed", "not_reached")


def test_the_doors_of_the_worker_lead_there(hook, receiver, read_answer):
    seal()
    announce()
    tell_hook(str(Delivery.objects.get().pk))
    assert [one["type"] for one in told(receiver)] == ["answers.read"]
