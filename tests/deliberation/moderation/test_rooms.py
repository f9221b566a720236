"""The room view: counts, words a moderator let on, values as they come; nothing by itself, nothing private, no result before its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import consenting, setting_up, taking_part
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Agreement
from deliberation.moderation import rooms
from deliberation.moderation.actions import cards, screening, showing, undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import OnScreen
from deliberation.moderation.why import Why
from deliberation.opinion import analysing
from elicitation.extraction.models import Quote
from elicitation.graph.models import Judgement, Showing, Transition, Value
from elicitation.interview.actions import welcome
from elicitation.interview.models import Respondent
from tests.deliberation.conftest import weighing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def room(assembly, invitation):
    return screening.open_room(assembly, invitation)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def shown(room):
    room.refresh_from_db()
    return [quote.text for quote in rooms.words(room)]


def test_a_link_leads_to_its_room_until_it_is_closed_or_another_is_made(room, assembly):
    first = rooms.code_of(room)
    assert rooms.by_code(first.lower().replace("-", " ")) == room
    second = rooms.code_of(screening.open_room(assembly, None))
    assert second != first
    with pytest.raises(NotHere):
        rooms.by_code(first)
    screening.close_room(rooms.by_code(second))
    with pytest.raises(NotHere):
        rooms.by_code(second)


def test_nothing_comes_onto_the_screen_by_itself(room, owned):
    assert rooms.may_come_on(room).count() == 1
    assert shown(room) == []


def test_words_a_moderator_let_on_are_shown_and_wait_no_more(room, bench, owned):
    quote = rooms.may_come_on(room).get()
    screening.let_on(bench, room, quote)
    assert shown(room) == [quote.text]
    assert not rooms.may_come_on(room).exists()
    screening.take_off(room, quote)
    assert shown(room) == []
    assert rooms.may_come_on(room).get() == quote


def test_words_nobody_released_cannot_be_let_on(room, bench, read_answer):
    taking_part.own_card(read_answer, public=False)
    assert not rooms.may_come_on(room).exists()
    with pytest.raises(NotHere):
        screening.let_on(bench, room, Quote.objects.get())
    assert not OnScreen.objects.exists()


@pytest.fixture
def on_wall(room, bench, owned):
    screening.let_on(bench, room, Quote.objects.get())
    return owned


def test_words_leave_with_their_author_also_a_room_that_is_held_still(room, on_wall):
    screening.freeze(room, still=True)
    assert len(shown(room)) == 1
    taking_part.withdraw(on_wall.revision.response)
    assert shown(room) == []
    assert not OnScreen.objects.exists()


def test_words_taken_back_and_released_anew_are_to_be_let_on_anew(room, bench, on_wall, member):
    consenting.decide(member, Agreement.Purpose.QUOTES, given=False)
    assert shown(room) == []
    taking_part.own_card(on_wall, public=True)
    assert shown(room) == []
    screening.let_on(bench, room, rooms.may_come_on(room).get())
    assert len(shown(room)) == 1


def test_hidden_words_are_not_shown(room, bench, on_wall):
    showing.hide(bench, on_wall.revision.response, Why("Names somebody."))
    assert shown(room) == []
    assert not rooms.may_come_on(room).exists()


def test_words_of_a_card_a_moderator_left_out_are_not_shown_until_it_is_put_back(
    room, bench, on_wall
):
    left_out = cards.reject(bench, on_wall, on_wall.version, Why("A slogan."))
    assert shown(room) == []
    assert not rooms.may_come_on(room).exists()
    undoing.undo(bench, left_out, Why("It was none."))
    assert len(shown(room)) == 1


def test_a_room_held_still_shows_what_it_showed(room, bench, owned, assembly):
    screening.freeze(room, still=True)
    before = rooms.counts(refreshed(room))
    screening.let_on(bench, room, Quote.objects.get())
    cards.accept(bench, owned, owned.version)
    taking_part.agree(taking_part.join(room.invitation, "en"))
    assert shown(room) == []
    assert rooms.nodes(room) == []
    assert rooms.counts(room) == before
    screening.freeze(room, still=False)
    assert len(shown(room)) == 1
    assert len(rooms.nodes(room)) == 1
    assert rooms.counts(room).joined == before.joined + 1


def refreshed(room):
    room.refresh_from_db()
    return room


def test_each_voice_is_counted_once_a_step_and_machines_never(
    room, assembly, member, prompt, owned
):
    looked_in = taking_part.join(room.invitation, "en")  # has not agreed to anything yet
    taking_part.agree(taking_part.join(room.invitation, "en"))
    machine = taking_part.open_door(assembly, welcome(Respondent.Kind.AI_AGENT), "en")
    taking_part.agree(machine)
    assert rooms.counted(assembly) == rooms.Counts(joined=2, sent=1, read=1, confirmed=1)
    taking_part.withdraw(owned.revision.response)
    assert rooms.counted(assembly) == rooms.Counts(joined=2, sent=0, read=0, confirmed=0)
    assert looked_in.pk


def test_values_keep_their_places_when_others_go(room, inquiry, values):
    Value.objects.filter(pk=values[3].pk).update(retired_at=timezone.now())
    assert [node.place for node in rooms.nodes(room)] == [0, 1, 2, 4, 5, 6, 7]


def test_what_people_find_wiser_is_not_drawn_before_weighing_is_over_nor_of_few(
    room, assembly, inquiry, values
):
    context = inquiry.contexts.get()
    for n, judges in ((1, 14), (2, 3)):
        transition = Transition.objects.create(
            from_value=values[0], to_value=values[n], context=context, source="pairing",
            inquiry=inquiry, judged=judges, changes=judges,
        )  # fmt: skip
        for place in range(judges):
            showing_of = Showing.objects.create(
                respondent=Respondent.objects.create(), transition=transition, forward=bool(place % 2),
                to_left=False, with_story=False, route="few",
            )  # fmt: skip
            Judgement.objects.create(showing=showing_of, answer="to")
    analysing.analyse(inquiry)
    assert rooms.links(room) == []
    weighing(assembly, -1, 1)
    assert rooms.links(room) == []
    weighing(assembly, -2, -1)
    assert rooms.links(room) == [(values[0].pk, values[1].pk)]


def test_a_code_cannot_be_shown_again_under_another_key_of_the_site(room, settings):
    settings.SECRET_KEY = "another"  # noqa: S105  a test's
    assert rooms.code_of(room) is None


def test_words_of_another_assembly_cannot_be_let_on(room, account, other_assembly, owned):
    elsewhere = screening.open_room(other_assembly, setting_up.invite(other_assembly))
    with pytest.raises(NotHere):
        screening.let_on(Bench(other_assembly, account), elsewhere, Quote.objects.get())


def test_of_a_room_that_goes_on_the_newest_words_come_first(room, bench, on_wall):
    OnScreen.objects.update(at=timezone.now() + timedelta(seconds=1))
    assert len(shown(room)) == 1
