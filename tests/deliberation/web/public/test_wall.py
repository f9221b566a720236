"""The wall: its page, the part of it that changes, and the door that gives that part out before Django is asked."""

import json
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler

from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.moderation import rooms
from deliberation.moderation.actions import cards, screening
from deliberation.moderation.bench import Bench
from deliberation.web.public import wall
from deliberation.web.public.freshly import Freshly
from deliberation.web.public.wall_door import WallDoor, boards
from elicitation.extraction.models import Quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    boards.forget()


@pytest.fixture
def room(assembly, invitation):
    return screening.open_room(assembly, invitation)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def now(client, room, **headers):
    boards.forget()
    return client.get(f"/room/{rooms.code_of(room)}/now/en/en/", **headers)


def test_whoever_has_the_link_sees_it_without_signing_in(client, room):
    page = client.get(f"/room/{rooms.code_of(room)}/")
    assert page.status_code == 200
    assert "What makes" in page.text or rooms.by_code(rooms.code_of(room))
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/room/7Q2M-0XKD-R4TB-9HCE/").status_code == 404


def test_a_closed_room_shows_nothing_on_any_of_its_addresses(client, room):
    code = rooms.code_of(room)
    screening.close_room(room)
    for path in ("", "qr.svg", "now/en/en/"):
        assert client.get(f"/room/{code}/{path}").status_code == 404


def test_few_people_are_not_counted_out(client, room, owned):
    assert "under 5" in now(client, room).text


@pytest.mark.parametrize(("n", "told"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5")])
def test_a_number_of_people_is_told_from_five_on(n, told):
    assert wall.number(n) == told


def test_words_let_on_are_shown_and_a_persons_markup_is_text(client, room, account, owned):
    screening.let_on(Bench(room.assembly, account), room, Quote.objects.get())
    assert "who is left without a door to knock on" in now(client, room).text
    Quote.objects.update(text="<b>left</b>", start=0, end=11)
    assert "&lt;b&gt;left&lt;/b&gt;" in now(client, room).text


def test_a_blank_wall_says_nothing(client, room, account, owned):
    screening.let_on(Bench(room.assembly, account), room, Quote.objects.get())
    screening.blank(room, dark=True)
    assert "door" not in now(client, room).text
    screening.blank(room, dark=False)
    assert "door" in now(client, room).text


def test_the_code_leads_to_the_invitation_that_was_chosen_while_it_is_open(client, room):
    code = rooms.code_of(room)
    assert client.get(f"/room/{code}/qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert "testserver/join/" in now(client, room).text
    setting_up.close_invitation(room.invitation)
    assert client.get(f"/room/{code}/qr.svg").status_code == 404
    assert "/join/" not in now(client, room).text


def test_values_are_drawn_one_by_one(client, room, account, owned):
    assert "<circle" not in now(client, room).text
    cards.accept(Bench(room.assembly, account), owned, owned.version)
    assert now(client, room).text.count("<circle") == 1


def test_what_the_browser_has_is_not_sent_again(client, room):
    first = now(client, room)
    again = now(client, room, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    taking_part.agree(taking_part.join(room.invitation, "en"))
    other = now(client, room, headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_as_many_words_as_can_be_read_stand_on_it_and_one_at_least():
    quotes = [Quote(text="a" * n) for n in (200, 200, 200)]
    assert wall.fitting(quotes) == quotes[:2]
    assert wall.fitting([Quote(text="a" * 5000)]) != []


class Door:
    """The site behind its door, asked as a server asks."""

    def __init__(self):
        self.asked = 0
        site = WSGIHandler()

        def counted(environ, start_response):
            self.asked += 1
            return site(environ, start_response)

        self.door = WallDoor(counted)

    def get(self, path, **more):
        environ = {"PATH_INFO": path, "HTTP_HOST": "testserver", "wsgi.input": BytesIO(), **more}
        setup_testing_defaults(environ)
        said = []
        body = b"".join(self.door(environ, lambda *told: said.append(told)))
        return int(said[0][0].split()[0]), dict(said[0][1]), body


def test_the_door_gives_out_what_django_gave_a_moment_ago(room):
    door, path = Door(), f"/room/{rooms.code_of(room)}/now/en/en/"
    first, second = door.get(path), door.get(path)
    assert door.asked == 1
    assert first[2] == second[2] != b""
    assert door.get(path, HTTP_IF_NONE_MATCH=second[1]["ETag"])[::2] == (304, b"")
    assert second[1]["Content-Security-Policy"].startswith("default-src 'none'")
    assert door.asked == 1


def test_the_door_gives_nothing_to_another_host_method_or_address(room):
    door, path = Door(), f"/room/{rooms.code_of(room)}/now/en/en/"
    door.get(path)
    assert door.get(path, HTTP_HOST="localhost")[2] != b""
    door.get(path, REQUEST_METHOD="POST")
    assert door.get("/room/7Q2M-0XKD-R4TB-9HCE/now/en/en/")[0] == 404
    assert door.asked == 4


def test_a_part_that_cannot_be_made_is_forgotten_and_told_to_who_asked():
    kept = Freshly()
    assert kept.get("a", lambda: "once").html == b"once"
    assert kept.get("a", lambda: "twice").html == b"once"
    kept.forget()
    with pytest.raises(KeyError):
        kept.get("a", lambda: json.loads("{}")["gone"])
    assert kept.get("a", lambda: "again").html == b"again"
    assert kept.fresh("b") is None
