"""A citizen compares two values, changes their mind, and has it erased."""

import re
from itertools import pairwise

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import judging
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.actions.stories import release_story
from elicitation.graph.judged import judged
from elicitation.graph.models import Judgement, Showing, Story, Transition, Value
from tests.conftest import newcomer
from tests.deliberation.web.citizen._comparing import PAGE, say, shown


def test_the_two_stand_side_by_side_with_the_context_and_nothing_chosen(
    weighing, transition, member_client
):
    page, showing = shown(member_client)
    assert "When <bdi>the river floods</bdi>: which is wiser?" in page
    for words in ("Dry cellars", "Open doors", "SANDBAGS in time", "NEIGHBOURS nobody asked"):
        assert words in page
    assert not re.search(r'type="radio"[^>]*checked', page)
    first, second = page.index('id="side-1"'), page.index('id="side-2"')
    wanted = "Open doors" if showing.to_left else "Dry cellars"
    assert wanted in page[first:second]


def test_answers_and_cards_stand_in_the_order_of_the_sides(
    weighing, transition, invitation, client
):
    seen = set()
    for _ in range(4):
        session = client.session
        session["members"] = {"water": newcomer(invitation).pk}
        session.save()
        page, showing = shown(client)
        seen.add((showing.forward, showing.to_left))
        values = re.findall(r'type="radio" name="answer" value="(\w+)"', page)
        assert values == (["to", "from"] if showing.to_left else ["from", "to"]) + [
            "depends", "same", "both", "unsure",
        ]  # fmt: skip
        at_first = "Dry cellars" if showing.forward else "Open doors"
        assert f"goes by “<bdi>{at_first}</bdi>” at first" in page
    assert len(seen) == 4


def test_a_reload_shows_the_same(weighing, transition, member_client):
    first, showing = shown(member_client)
    again, same = shown(member_client)
    assert showing == same
    keys = r'value="[\w-]{36,64}"'  # of the page and of its form
    assert re.sub(keys, "", first) == re.sub(keys, "", again)
    assert Showing.objects.count() == 1


def test_what_is_said_is_kept_and_the_next_comes(weighing, transition, member_client):
    _, showing = shown(member_client)
    done = say(member_client, showing, "both", "Each in its hour.\r\nAnd so on.")
    assert (done.status_code, done.url) == (303, PAGE)
    said = Judgement.objects.get()
    assert (said.answer, said.reason) == ("both", "Each in its hour.\nAnd so on.")
    page = member_client.get(PAGE).content.decode()
    assert "You have compared all there is for now" in page


def test_one_may_change_ones_mind_from_the_list(weighing, transition, member_client):
    _, showing = shown(member_client)
    say(member_client, showing, "to", "because")
    listed = member_client.get(f"{PAGE}said/").content.decode()
    assert "“Open doors” is wiser" in listed
    assert "because" in listed
    change = member_client.get(f"{PAGE}{showing.pk}/").content.decode()
    assert re.search(r'value="to"[^>]*checked', change)
    assert "because" in change
    done = say(member_client, showing, "same")
    assert done.url == f"{PAGE}said/"
    assert [row.answer for row in judged(weighing.inquiries.get())] == ["same"]
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "reason", "told"),
    [
        ("", "", "Please choose one"),
        ("maybe", "", "Select a valid choice"),
        ("depends", "", "on what it depends"),
        ("to", "x" * 1201, "at most 1200"),
        ("to", "a\x00b", "Null characters"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_was_typed(
    weighing, transition, member_client, answer, reason, told
):
    _, showing = shown(member_client)
    page = say(member_client, showing, answer, reason)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Judgement.objects.exists()


def test_a_story_is_shown_only_when_drawn_and_released_in_the_voice_of_who_told_it(
    weighing, transition, invitation, client
):
    told = {"transition": transition, "language": "en"}
    release_story(
        Story.objects.create(
            **told, text="By machine", towards=transition.to_value, engine="openai", model="m"
        ),
        1,
    )
    Story.objects.create(**told, text="Not released", towards=transition.from_value)
    for _ in range(8):
        session = client.session
        session["members"] = {"water": newcomer(invitation).pk}
        session.save()
        page, showing = shown(client)
        assert ("By machine" in page) == (showing.forward and showing.with_story)
        assert ("told by a model (m)" in page) == ("By machine" in page)
        assert "Not released" not in page


def test_a_story_left_out_since_is_not_shown_any_more(weighing, transition, invitation, client):
    for towards in (transition.to_value, transition.from_value):
        release_story(
            Story.objects.create(
                transition=transition, language="en", text="Told", towards=towards
            ),
            1,
        )
    for _ in range(2):
        session = client.session
        session["members"] = {"water": newcomer(invitation).pk}
        session.save()
        if shown(client)[1].with_story:
            break
    Story.objects.update(released_at=None, left_out_at=timezone.now())
    assert "Told" not in shown(client)[0]


def test_a_draw_asks_no_more_of_the_database_where_there_is_more(
    weighing, transition, member, django_assert_max_num_queries
):
    inquiry = weighing.inquiries.get()
    values = [
        Value.objects.create(inquiry=inquiry, title=f"V{n}", language="en") for n in range(30)
    ]
    for one, other in pairwise(values):
        Transition.objects.create(inquiry=inquiry, from_value=one, to_value=other, source="pairing")
    with django_assert_max_num_queries(30):
        judging.put(member, "en")


def test_all_one_said_to_comparisons_can_be_erased_at_any_time(
    weighing, transition, member, member_client, over
):
    _, showing = shown(member_client)
    say(member_client, showing, "to", "zzqx17")
    ends = (transition.to_value, transition.from_value)
    judging.propose(member, Proposal(*ends, None, "zzqx17 once", "en"))
    over()
    for path in (f"{PAGE}said/", "/a/water/weigh/said/"):
        assert f'action="{PAGE}said/erase/"' in member_client.get(path).content.decode()
    assert "zzqx17 once" in member_client.get(f"{PAGE}said/").content.decode()
    done = member_client.post(f"{PAGE}said/erase/")
    assert (done.status_code, done.url) == (303, "/a/water/mine/")
    assert not Judgement.objects.exists()
    assert not Story.objects.exists()
    assert f'action="{PAGE}said/erase/"' not in member_client.get(f"{PAGE}said/").content.decode()


@pytest.mark.parametrize("over", [0, 1])
def test_a_text_is_as_long_as_the_browser_counts_it(weighing, transition, member_client, over):
    text = "\n".join(["x" * 99] * 12) + "x" * (1 + over)
    assert len(text) == 1200 + over
    typed, wanted = text.replace("\n", "\r\n"), [303, 422][over]
    _, showing = shown(member_client)
    assert say(member_client, showing, "to", typed).status_code == wanted
    ends = {"wiser": str(transition.from_value_id), "less": str(transition.to_value_id)}
    fields = {**ends, "context": "", "story": typed}
    assert member_client.post(f"{PAGE}propose/", fields).status_code == wanted
    assert [j.reason for j in Judgement.objects.all()] == [text][over:]
    assert [story.text for story in Story.objects.all()] == [text][over:]
