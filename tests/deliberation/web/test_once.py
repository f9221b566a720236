"""Every address that takes something takes it once: sent twice, or eight times at once, there is one row, one entry, one answer."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import Resolver404, get_resolver, resolve

from deliberation.web.repeats import Repeat, repeat_of
from deliberation.web.rights import Who, who_may
from tests.deliberation.web.test_torture import UNNAMED, closed, path_of
from tests.doors import Hall, addresses
from tests.sending import pressed, send, written

pytestmark = pytest.mark.django_db
# Whose buttons are pressed; what is to be seen only with a query; and which buttons wait for what this hall does not hold, or ask for words
# that fit: test_done.py sends a few of those eight times at once, and all pass through the same door.
PAGES = {
    "author": (
        (Who.MEMBER,),
        {},
        {
            "citizen:about_me", "citizen:consenting", "citizen:erasing_said", "citizen:likening", "citizen:objecting",
            "citizen:proposing", "citizen:rule_meant", "citizen:said", "citizen:taking_back", "citizen:upheld", "citizen:upholding",
            "citizen:voting",
        },
    ),
    "facilitator": (
        (Who.FACILITATOR, Who.ACCOUNT),
        {},
        {
            "api:proposal", "facilitator:bringing", "facilitator:one_bringing", "facilitator:appealing", "facilitator:asking", "facilitator:by_hand", "facilitator:close_values", "facilitator:colouring", "facilitator:deciding",
            "facilitator:given_up", "facilitator:hooks", "facilitator:programs", "api:imports", "api:card", "facilitator:golden_card", "facilitator:lot", "facilitator:lots", "facilitator:importing", "facilitator:objecting", "facilitator:queue",
            "facilitator:reasons", "facilitator:rehearsing", "facilitator:releases", "facilitator:second_looks", "facilitator:slip", "facilitator:telling",
        },
    ),
    "researcher": ((Who.RESEARCHER,), {}, {"researcher:programs", "researcher:ending_token"}),
    "steward": ((Who.STEWARD,), {"facilitator:founding": "?template=town"}, {"facilitator:outlined", "facilitator:outlining"}),
}  # fmt: skip
KEYED = (Repeat.KEYED, Repeat.NAMELESS)


def posted(resolver=None, spaces=()):
    """The full name of every address that takes something."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from posted(pattern, inner)
            continue
        view = pattern.callback
        kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
        if any(hasattr(kind, method) for method in ("post", "put", "patch", "delete")):
            yield ":".join((*spaces, pattern.name))


POSTED = sorted(set(posted()))


def test_somebody_decided_of_every_address_what_becomes_of_a_repeat():
    assert len(POSTED) > 80
    for address in POSTED:
        assert repeat_of(address)


def name_of(path):
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def twice(client, path, fields):
    """Both answers, whether the first wrote, and what the second wrote; then all of it is undone."""
    kept = deepcopy(client.cookies)
    with transaction.atomic():
        before = written()
        first = closed(send(client, path, fields))
        after = written()
        second = closed(send(client, path, fields))
        more = {table for table, told in written().items() if after.get(table) != told}
        transaction.set_rollback(True)
    client.cookies = kept
    return first, second, after != before, more


class Presser:
    """Presses each kind of button of every page it is led to, twice, and keeps what came of it."""

    def __init__(self, client):
        self.client, self.done, self.faults, self.unkeyed, self.seen = client, set(), [], set(), set()  # fmt: skip

    def press_all(self, path, page):
        for action, fields, button in pressed(page):
            to = action if action.startswith("/") else path + action
            name = name_of(to)
            if name in POSTED and repeat_of(name) in KEYED and (name, button) not in self.seen:
                self.seen.add((name, button))
                self.press(name, to, fields)

    def press(self, name, to, fields):
        if "once" not in fields:
            self.unkeyed.add(name)
            return
        first, second, wrote, more = twice(self.client, to, fields)
        if first.status_code in (302, 303) and wrote:
            self.done.add(name)
            if more or second.get("Location") != first["Location"]:
                self.faults.append((name, fields, more, second.status_code))


@pytest.mark.parametrize("who", PAGES)
def test_every_button_of_every_page_pressed_twice_is_pressed_once(tmp_path, who):
    hall = Hall(tmp_path)
    presser = Presser(hall.client(who))
    doors, more, alone = PAGES[who]
    for address, asks in addresses():
        if who_may(address) not in doors or {"form", "table"} & {*asks} or address in UNNAMED:
            continue
        path = path_of(hall, address, asks) + more.get(address, "")
        page = closed(presser.client.get(path))
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            presser.press_all(path, page.text)
    assert presser.unkeyed == set()
    assert presser.faults == []
    keyed = {name for name in POSTED if repeat_of(name) in KEYED and who_may(name) in doors}
    assert keyed - presser.done == alone
