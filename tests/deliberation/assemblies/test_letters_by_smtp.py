"""A letter through a real mail server: what arrives, and how a refusal is told from a line that broke."""

import re
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from deliberation.assemblies import posting
from deliberation.assemblies.actions import letters
from deliberation.assemblies.models import Address, Letter
from deliberation.project.servers import free_port

pytestmark = pytest.mark.django_db
WHERE = "zoe@example.org"


class Box:
    """Keeps what arrives, or answers as it is told."""

    def __init__(self):
        self.arrived, self.says = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd calls it so
        if self.says.startswith("250"):
            told = message_from_bytes(envelope.content, policy=policy.default)
            self.arrived.append((envelope.rcpt_tos, told))
        return self.says


@pytest.fixture
def box(settings):
    box = Box()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box
    server.stop()


@pytest.fixture
def address(member):
    return letters.leave(member, WHERE, list(Address.Wish), "ar")


def test_a_letter_arrives_whole_with_a_way_out_that_takes_one_request(box, address, settings):
    posting.post_if_due(address.pk)
    ((to, told),) = box.arrived
    assert to == [told["To"]] == [WHERE]
    assert told["From"] == settings.MAIL_FROM
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told.get_content_type() == "text/plain"
    assert "افتح" in told.get_content()
    end = told["List-Unsubscribe"].strip("<>")
    assert end in told.get_content()
    yes = re.search(rf"{settings.SITE_URL}(/letters/\S+/yes/)", told.get_content())[1]
    assert Client().post(yes).status_code == 200
    assert Address.objects.get().confirmed_at
    out = {"List-Unsubscribe": "One-Click"}
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(end.removeprefix(settings.SITE_URL), out).status_code == 200
    assert not Address.objects.exists()


def test_a_letter_the_server_refuses_for_now_waits_and_arrives_once(box, address):
    box.says = "451 Try again later"
    posting.post_if_due(address.pk)
    assert Letter.objects.get().state == Letter.State.WAITING
    box.says = "250 OK"
    posting.post_if_due(address.pk)
    Letter.objects.update(next_at=address.left_at)
    posting.post_if_due(address.pk)
    posting.post_if_due(address.pk)
    assert len(box.arrived) == 1
    assert Letter.objects.get().state == Letter.State.SENT


def test_where_no_server_listens_a_letter_waits(box, address, settings):
    settings.EMAIL_PORT = free_port()
    posting.post_if_due(address.pk)
    assert Letter.objects.get().state == Letter.State.WAITING
