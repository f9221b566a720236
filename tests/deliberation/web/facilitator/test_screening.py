"""A facilitator opens the room view, chooses what its code leads to, holds it still, and lets words on."""

import pytest

from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.moderation import rooms
from deliberation.moderation.actions import screening
from deliberation.moderation.models import OnScreen, Room
from elicitation.extraction.models import Quote

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/room/"


def test_one_press_opens_it_and_the_link_is_shown(facilitator, assembly, invitation):
    assert facilitator.get(PAGE).status_code == 200
    facilitator.post(PAGE, {"do": "open", "invitation": invitation.pk})
    room = Room.objects.get()
    assert room.invitation == invitation
    assert f"/room/{rooms.code_of(room)}/" in facilitator.get(PAGE).text


def test_each_button_does_what_it_says(facilitator, assembly, invitation):
    facilitator.post(PAGE, {"do": "open", "invitation": ""})
    for do, seen in (
        ("freeze", lambda room: room.frozen_at),
        ("go_on", lambda room: not room.frozen_at),
        ("blank", lambda room: room.blank),
        ("show", lambda room: not room.blank),
        ("lead", lambda room: room.invitation == invitation),
        ("close", lambda room: room.closed_at),
    ):
        sent = facilitator.post(PAGE, {"do": do, "invitation": invitation.pk})
        assert sent.status_code == 303
        assert seen(Room.objects.get()), do


def test_the_invitation_of_another_assembly_cannot_be_shown(facilitator, assembly, other_assembly):
    elsewhere = setting_up.invite(other_assembly)
    assert facilitator.post(PAGE, {"do": "open", "invitation": elsewhere.pk}).status_code == 422
    assert not Room.objects.exists()


def test_the_overview_counts_people_in_steady_rows(facilitator, assembly, invitation, read_answer):
    taking_part.agree(taking_part.join(invitation, "en"))
    told = dict(facilitator.get("/run/water/").context["people"])
    assert list(told.values()) == [2, 1, 1, 1, 0]


def test_words_come_on_and_go_by_one_press(facilitator, assembly, read_answer):
    taking_part.own_card(read_answer, public=True)
    screening.open_room(assembly, None)
    quote = Quote.objects.get()
    assert "Onto the wall" in facilitator.get(PAGE).text
    here = f"{PAGE}words/{quote.pk}/"
    assert facilitator.post(here, {"do": "let"}).status_code == 303
    assert OnScreen.objects.get().moderator.username
    assert "Take it down" in facilitator.get(PAGE).text
    facilitator.post(here, {"do": "take"})
    assert not OnScreen.objects.exists()


def test_words_taken_back_meanwhile_are_not_let_on_and_that_is_said(
    facilitator, assembly, read_answer
):
    taking_part.own_card(read_answer, public=False)
    screening.open_room(assembly, None)
    here = f"{PAGE}words/{Quote.objects.get().pk}/"
    told = facilitator.post(here, {"do": "let"}, follow=True)
    assert "not to be shown any more" in told.text
    assert not OnScreen.objects.exists()
