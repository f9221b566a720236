"""Webhooks over real TLS: a receiver with a certificate of an authority made here, told only where an operator opened the way to it."""

import json
import ssl
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import Client
from django.utils import timezone

from deliberation.assemblies import hooking
from deliberation.assemblies.actions import hooks
from deliberation.assemblies.models import Delivery, Hook

pytestmark = pytest.mark.django_db(transaction=True)
HERE = ip_network("127.0.0.0/8")
EVERY = [event.value for event in Hook.Event]


class Authority:
    """Who vouches for receivers in these tests, and for nothing outside them."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        made = self._begun(self.name, self.key).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        made = made.add_extension(usage, critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(pem(made.sign(self.key, hashes.SHA256())))

    def vouches_for(self, alternative, days=1):
        """A server's TLS with a certificate for this name, for so many days from yesterday on."""
        key = ec.generate_private_key(ec.SECP256R1())
        who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
        made = self._begun(who, key, days).add_extension(
            x509.SubjectAlternativeName([alternative]), critical=False
        )
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = made.add_extension(by, critical=False)
        file = self.folder / f"{key.public_key().public_numbers().x}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )  # fmt: skip
        file.write_bytes(private + pem(made.sign(self.key, hashes.SHA256())))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _begun(self, who, key, days=1):
        yesterday = datetime.now(UTC) - timedelta(days=1)
        begun = x509.CertificateBuilder().subject_name(who).issuer_name(self.name)
        dated = begun.not_valid_before(yesterday - timedelta(days=9)).not_valid_after(
            yesterday + timedelta(days=days + 1)
        )
        numbered = dated.serial_number(x509.random_serial_number()).public_key(key.public_key())
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return numbered.add_extension(own, critical=False)


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


class Receiver(ThreadingHTTPServer):
    """A program within: keeps what it is sent, and answers with `statuses`, the last again and again."""

    def __init__(self, tls):
        super().__init__(("127.0.0.1", 0), Kept)
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.statuses, self.got = [204], []

    def handle_error(self, *_):
        """A caller that turns away is no fault of ours."""


class Kept(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        server = self.server
        server.got.append((self.path, dict(self.headers), body))
        status = server.statuses.pop(0) if len(server.statuses) > 1 else server.statuses[0]
        self.send_response(status)
        self.send_header("Location", f"https://127.0.0.1:{server.server_port}/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def listening(tls):
    server = Receiver(tls)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "ours")


@pytest.fixture
def receiver(authority):
    own = x509.IPAddress(ip_address("127.0.0.1"))
    with listening(authority.vouches_for(own)) as server:
        yield server


@pytest.fixture
def opened(settings, authority):
    """What an operator with a receiver within sets."""
    settings.WEBHOOKS_NETWORKS, settings.WEBHOOKS_CA = (HERE,), str(authority.file)


def tried(assembly, receiver):
    """A test message, and what became of it."""
    made, secret = hooks.set_hook(assembly, f"https://127.0.0.1:{receiver.server_port}/told", EVERY)
    hooks.try_out(made)
    send_all()
    return Delivery.objects.get(hook=made), secret


def send_all():
    for pk in list(hooking.due().values_list("pk", flat=True)):
        hooking.send_if_due(pk)


def test_a_receiver_within_is_told_over_tls_and_can_check_whose_message_it_is(
    assembly, receiver, opened
):
    told, secret = tried(assembly, receiver)
    assert (told.state, told.status, told.failure) == ("sent", 204, "")
    ((path, headers, body),) = receiver.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(secret.removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + b64encode(digest(key, signed, sha256)).decode()
    assert (path, json.loads(body)["type"]) == ("/told", "test")


def test_what_it_does_not_take_is_tried_again_with_the_same_bytes(assembly, receiver, opened):
    receiver.statuses = [503, 503, 200]
    told, _ = tried(assembly, receiver)
    for _ in range(2):
        Delivery.objects.update(next_at=timezone.now())
        send_all()
    told.refresh_from_db()
    assert (told.state, told.tries, told.status) == ("sent", 3, 200)
    assert len({(headers["webhook-id"], body) for _, headers, body in receiver.got}) == 1


def test_a_redirect_leads_nowhere(assembly, receiver, opened):
    receiver.statuses = [307]
    told, _ = tried(assembly, receiver)
    assert [path for path, _, _ in receiver.got] == ["/told"]
    assert (told.status, told.failure) == (307, "not_taken")


def test_without_leave_nothing_is_sent_within(assembly, receiver, settings, authority):
    settings.WEBHOOKS_CA = str(authority.file)
    assert settings.WEBHOOKS_NETWORKS == ()
    told, _ = tried(assembly, receiver)
    assert (told.failure, told.status) == ("address_refused", None)
    assert receiver.got == []


def test_leave_for_another_network_is_none_for_this_one(assembly, receiver, opened, settings):
    settings.WEBHOOKS_NETWORKS = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert tried(assembly, receiver)[0].failure == "address_refused"
    assert receiver.got == []


def test_leave_for_a_network_is_none_for_plain_http(assembly, opened):
    with pytest.raises(hooks.AddressUnfit):
        hooks.set_hook(assembly, "http://127.0.0.1/told", EVERY)


def test_a_certificate_of_an_authority_nobody_named_is_refused(assembly, receiver, opened, settings, tmp_path):  # fmt: skip
    for nobody in ("", str(Authority(tmp_path, "another").file)):
        settings.WEBHOOKS_CA = nobody
        assert tried(assembly, receiver)[0].failure == "certificate_refused"
    assert receiver.got == []


@pytest.mark.parametrize(
    ("alternative", "days"),
    [(x509.DNSName("other.example"), 1), (x509.IPAddress(ip_address("127.0.0.1")), -1)],
    ids=["of another name", "over"],
)
def test_a_certificate_that_does_not_fit_is_refused(assembly, authority, opened, alternative, days):
    with listening(authority.vouches_for(alternative, days)) as server:
        assert tried(assembly, server)[0].failure == "certificate_refused"
        assert server.got == []


def test_a_server_without_tls_is_not_reached(assembly, opened):
    with ThreadingHTTPServer(("127.0.0.1", 0), Kept) as plain:
        thread = Thread(target=plain.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        assert tried(assembly, plain)[0].failure == "not_reached"
        plain.shutdown()
        thread.join()


def test_the_page_says_in_words_why_it_was_not_taken(assembly, account, receiver):
    runs = Client()
    runs.force_login(account)
    told, _ = tried(assembly, receiver)
    for code, words in (
        ("address_refused", "leads to a network of somebody&#x27;s own"),
        ("certificate_refused", "the certificate of the address is over"),
        ("not_reached", "Nobody answered at the address"),
        ("not_taken", "answered, and did not take it"),
    ):
        Delivery.objects.filter(pk=told.pk).update(failure=code)
        page = runs.get("/run/water/webhooks/").text
        assert words in page
        assert code not in page
