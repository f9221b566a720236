"""Texts that break sites, in every field of every form, in every address and its query: never an error of ours, never a hang.

Chance (by a fixed seed) deals each form and address one of the texts. TORTURE=long gives all of them to all; it takes minutes.
"""

import os
import random
from copy import deepcopy
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from deliberation.assemblies import gates
from deliberation.web.rights import Who, who_may
from tests.doors import FORMS, Hall, addresses, closed

pytestmark = pytest.mark.django_db
TEXTS = [
    b"a\x00b",
    b"\xed\xa0\xbd",  # half of a surrogate pair
    b"\xff\xfe\xfa",  # no UTF-8
    "\ufffe\uffff".encode(),
    "\u202edetrevni\u202c \u2066isolated".encode(),
    ("e" + "\u0301" * 3000).encode(),
    b"9" * 30,
    b"-1",
    b"1e400",
    b"NaN",
    b"99999-12-31T25:61",
    b"0000-00-00T00:00",
    b"00000000-0000-0000-0000-000000000000",
    b"<script>alert(1)</script>{{ 7 }}{% now 'Y' %}%s%(x)s{0}",
    b"'; DROP TABLE record_entry; --",
    b"../../../../etc/passwd\r\nSet-Cookie: a=b",
    b"[]",
    b" \t\r\n ",
    "👩‍👩‍👧 سلام ‌ نیم‌فاصله".encode(),
]
LONG = b"a" * 1_000_000
LONG_FORM = os.environ.get("TORTURE") == "long"
DEALT = len(TEXTS) if LONG_FORM else 1
TYPED = {"text", "textarea", "search", "email", "number", "password", "url", "datetime-local", "date", "hidden"}  # fmt: skip
ASKED = ("before", "colour", "context", "cursor", "failure", "from", "held", "kind", "next", "number", "only", "order", "page", "q", "question", "show", "since", "state", "template", "to", "until", "value")  # fmt: skip
UNNAMED = {"public:tile", "public:schema"}  # a regular expression of its own, tested with it
WHO = {"nobody": (Who.ANYBODY,), "author": (Who.ANYBODY, Who.MEMBER), "facilitator": (Who.FACILITATOR, Who.ACCOUNT), "researcher": (Who.RESEARCHER,), "steward": (Who.STEWARD,)}  # fmt: skip


class Forms(HTMLParser):
    """The forms of a page: where each goes, how, and its fields as (name, kind, value)."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.found.append((told.get("action", ""), told.get("method", "get").lower(), []))
        elif tag in {"input", "textarea", "select", "button"} and self.found and told.get("name"):
            kind = tag if tag != "input" else told.get("type", "text")
            self.found[-1][2].append((told["name"], kind, told.get("value") or ""))


def tortured(fields, chosen, text):
    """A form as sent: `text` in the chosen fields, all others as the page had them."""
    return {name: text if name in chosen else value.encode() for name, _, value in fields}


def attempts(fields):
    """Texts in all fields at once, then in one field alone; and the form with nothing in it."""
    names = {name for name, kind, _ in fields if name != "csrfmiddlewaretoken"}
    for text in dealt(LONG) if names else ():
        yield tortured(fields, names, text)
    alone = [name for name, kind, _ in fields if kind in TYPED and name in names]
    for name in random.sample(alone, min(len(alone), DEALT)):
        yield tortured(fields, {name}, random.choice(TEXTS))
    yield {}


def dealt(*more):
    """The texts that chance deals."""
    return random.sample([*TEXTS, *more], DEALT)


def send(client, method, path, fields):
    """Send a form as bytes no browser would, and undo what it did: who signed out is signed in."""
    body, kept = urlencode(fields), deepcopy(client.cookies)
    kind = "application/x-www-form-urlencoded"
    with transaction.atomic():
        if method == "post":
            response = client.generic("POST", path, body, content_type=kind)
        else:
            response = client.generic("GET", path, QUERY_STRING=body[:8000])
        closed(response)
        transaction.set_rollback(True)
    client.cookies = kept
    return response


def names(hall, address, asks):
    """What stands for each name in an address of the first assembly."""
    told = {
        "code": gates.invitation_code(hall.water.assembly.invitations.first()),
        "token": "a",
        "form": FORMS.get(address.rpartition(":")[2]),
    }
    own = hall.water.ids
    mine = address.rpartition(":")[2]
    return {name: own.get(f"{mine}.{name}") or told.get(name) or hall.water.named(address, name) for name in asks}  # fmt: skip


def path_of(hall, address, asks):
    return reverse(address, kwargs=names(hall, address, asks))


@pytest.fixture
def hall(db, tmp_path):
    random.seed(42)
    return Hall(tmp_path)


def visitors(hall):
    """A browser of each kind of visitor."""
    for who in WHO:
        client = hall.client(who)
        client.raise_request_exception = False
        yield who, client


def test_no_form_of_any_page_breaks_on_any_text(hall):
    for who, client in visitors(hall):
        broken, sent = forms_tortured(hall, who, client)
        assert (who, broken) == (who, [])
        assert sent


def forms_tortured(hall, who, client):
    """What broke of the forms somebody sees, and how many were sent."""
    broken, sent = [], 0
    for address, asks in addresses():
        if who_may(address) not in WHO[who] or {"form", "table"} & {*asks} or address in UNNAMED:
            continue
        path = path_of(hall, address, asks)
        page = closed(client.get(path))
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        for action, method, fields in Forms(page.text).found:
            for filled in attempts(fields):
                response = send(client, method, action or path, filled)
                sent += 1
                if response.status_code >= 500:
                    broken.append((address, action, {k: v[:40] for k, v in filled.items()}))
    return broken, sent


def odd(name):
    """Odd things in the place of a thing an address names, each as the place would take it."""
    if name in {"number", "n", "level"}:
        return ["0", str(2**31), str(2**63), "9" * 40]
    if name == "pk" or name.endswith("_id"):
        return ["0", str(2**63), "9" * 40, "00000000-0000-0000-0000-000000000000"]
    return ["a\x00b", "%", "x" * 3000, "سلام", "..", "\ufffe"]


def dealt_odd(name):
    """The odd things that chance deals."""
    return odd(name) if LONG_FORM else random.sample(odd(name), 2)


def test_no_address_breaks_on_odd_names_or_queries(hall):
    for who, client in visitors(hall):
        broken, sent = addresses_tortured(hall, who, client)
        assert (who, broken) == (who, [])
        assert sent


def addresses_tortured(hall, who, client):
    """What broke of the addresses somebody may come to, and how many were asked for."""
    broken, sent = [], 0
    for address, asks in addresses():
        if who_may(address) not in WHO[who] or address in UNNAMED:
            continue
        path, named = path_of(hall, address, asks), names(hall, address, asks)
        paths = [path.replace(f"/{quote(str(named[name]))}", f"/{quote(text)}", 1) for name in asks for text in dealt_odd(name)]  # fmt: skip
        for odd_path in paths:
            for method in ("get", "post"):
                sent += 1
                if send(client, method, odd_path, {}).status_code >= 500:
                    broken.append((method, odd_path[:200]))
        for text in dealt():
            sent += 1
            if send(client, "get", path, dict.fromkeys(ASKED, text)).status_code >= 500:
                broken.append((path, text))
    return broken, sent


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("application/x-www-form-urlencoded", settings.LONGEST_FORM),
        ("application/json", settings.LONGEST_FORM),
        ("multipart/form-data; boundary=x", settings.LARGEST_UPLOAD + 2**20),
    ],
)
def test_a_body_too_long_is_refused_before_it_is_read_and_says_what_to_do(client, kind, most):
    told = client.generic(
        "POST", "/join/", b"code=a", content_type=kind, CONTENT_LENGTH=str(most + 1)
    )
    assert told.status_code == 413
    assert "Shorten it, or send it in parts." in told.text
    told = client.generic("POST", "/join/", b"code=a", content_type=kind)
    assert told.status_code in (200, 400, 404, 422)


def test_a_body_that_does_not_say_how_long_it_is_in_digits_is_refused(client):
    assert client.generic("POST", "/join/", b"code=a", CONTENT_LENGTH="x").status_code == 413
