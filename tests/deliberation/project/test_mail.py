"""Where letters are handed in is said by one address; what it cannot be is refused at the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from deliberation.project.mail import mail

FROM, SITE = "Groundwork <letters@example.org>", "https://example.org"


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, False, False),
        ("smtp+tls://mail.example.org", "mail.example.org", 587, False, True),
        ("smtps://mail.example.org", "mail.example.org", 465, True, False),
        ("smtp+tls://[2001:db8::1]:2525", "2001:db8::1", 2525, False, True),
    ],
)
def test_an_address_names_host_port_and_how_it_is_encrypted(address, host, port, ssl, tls):
    told = mail(address, FROM, SITE)
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == (host, port)
    assert (told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (ssl, tls)
    assert told["MAIL_FROM"] == FROM


def test_what_a_password_holds_that_an_address_cannot_is_written_with_percent_signs():
    told = mail("smtps://zoe%40example.org:a%2Fb%3A@mail.example.org", FROM, SITE)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("zoe@example.org", "a/b:")


def test_without_an_address_nothing_is_sent_and_nobody_is_offered_letters():
    assert mail("", FROM, SITE)["MAIL_FROM"] == ""


@pytest.mark.parametrize(
    "told",
    [
        ("http://mail.example.org", FROM, SITE),
        ("smtp://", FROM, SITE),
        ("mail.example.org:25", FROM, SITE),
        ("smtp://mail.example.org", "", SITE),
        ("smtp://mail.example.org", FROM, ""),
        ("smtp://mail.example.org:post", FROM, SITE),
    ],
)
def test_what_names_no_mail_server_or_no_sender_is_refused(told):
    with pytest.raises(ImproperlyConfigured):
        mail(*told)
