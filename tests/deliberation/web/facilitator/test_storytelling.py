"""Facilitators release stories, change them, or leave them out; and end the asking of a comparison."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import judging, setting_up
from elicitation.graph.actions.stories import leave_out_story
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.models import Story, Transition, Value
from tests.conftest import newcomer

STORIES, COMPARISONS = "/run/water/stories/", "/run/water/comparisons/"


@pytest.fixture
def transition(assembly):
    inquiry = assembly.inquiries.get()
    values = [
        Value.objects.create(inquiry=inquiry, title=t, language="en") for t in ("Dry", "Open")
    ]
    return Transition.objects.create(
        inquiry=inquiry,
        from_value=values[0],
        to_value=values[1],
        context=inquiry.contexts.get(),
        source="model",
    )


@pytest.fixture
def story(transition):
    return Story.objects.create(
        transition=transition,
        towards=transition.to_value,
        text="Somebody looks at the water.",
        language="en",
        engine="openai",
        model="gpt-x",
    )


def post(client, story, do, **more):
    fields = {"story": story.pk, "seen": story.version, "do": do, **more}
    return client.post(STORIES, fields)


def test_a_models_story_is_framed_and_labelled_and_waits(facilitator, story):
    page = facilitator.get(STORIES).content.decode()
    assert "told by a model (gpt-x)" in page
    assert '<div class="machine told">' in page
    assert "when the river floods" in page


def test_a_story_is_released(facilitator, story):
    assert post(facilitator, story, "release").status_code == 303
    story.refresh_from_db()
    assert story.released_at
    assert (
        "Somebody looks at the water."
        in facilitator.get(f"{STORIES}?show=released").content.decode()
    )


def test_a_story_is_changed_and_released(facilitator, story):
    post(facilitator, story, "edit", text="Somebody looks\r\nat the river.")
    story.refresh_from_db()
    assert story.text == "Somebody looks\nat the river."
    assert story.edited_at
    assert story.released_at


def test_a_story_is_left_out_and_may_come_back(facilitator, story):
    post(facilitator, story, "leave_out")
    story.refresh_from_db()
    assert (story.released_at, bool(story.left_out_at)) == (None, True)
    post(facilitator, story, "release")
    story.refresh_from_db()
    assert (bool(story.released_at), story.left_out_at) == (True, None)


def test_who_was_second_is_told_and_changes_nothing(facilitator, story):
    leave_out_story(story, 1)
    page = post(facilitator, story, "release")
    assert page.status_code == 409
    assert "Somebody changed or decided on this story" in page.content.decode()
    assert not Story.objects.released().exists()


@pytest.mark.parametrize(
    "wrong",
    [{"do": "burn"}, {"seen": "x"}, {"story": ""}, {"story": 10**30}, {"do": "edit", "text": " "}],
)
def test_what_cannot_be_understood_changes_nothing(facilitator, story, wrong):
    fields = {"story": story.pk, "seen": 1, "do": "release", **wrong}
    assert facilitator.post(STORIES, fields).status_code == 422
    assert not Story.objects.released().exists()


def test_only_who_runs_the_assembly_comes_in(client, member_client, stranger, story):
    client.force_login(stranger)
    for who in (client, member_client):
        for page in (STORIES, COMPARISONS):
            assert who.get(page).status_code == 404
            assert (
                who.post(page, {"story": story.pk, "seen": 1, "do": "release"}).status_code == 404
            )
    assert not Story.objects.released().exists()


def test_a_story_of_another_assembly_is_not_here(facilitator, other_assembly):
    inquiry = other_assembly.inquiries.get()
    one, other = (Value.objects.create(inquiry=inquiry, title=t, language="en") for t in "AB")
    far = Transition.objects.create(
        inquiry=inquiry, from_value=one, to_value=other, source="pairing"
    )
    story = Story.objects.create(transition=far, towards=other, text="Far", language="en")
    assert post(facilitator, story, "release").status_code == 404
    assert facilitator.post(COMPARISONS, {"transition": far.pk, "do": "close"}).status_code == 404


def test_comparisons_are_listed_with_their_counts_and_can_be_ended(facilitator, transition, story):
    page = facilitator.get(COMPARISONS).content.decode()
    assert "Stories: 1 to decide on" in page
    assert "proposed by a model" in page
    facilitator.post(COMPARISONS, {"transition": transition.pk, "do": "close"})
    transition.refresh_from_db()
    assert transition.closed_at
    facilitator.post(COMPARISONS, {"transition": transition.pk, "do": "reopen"})
    transition.refresh_from_db()
    assert transition.closed_at is None
    assert facilitator.post(COMPARISONS, {"transition": "x"}).status_code == 404


def test_what_was_said_is_told_to_facilitators_only_once_weighing_is_over(
    facilitator, assembly, transition, member
):
    now = timezone.now()
    setting_up.set_phase(assembly, "weighing", now - timedelta(hours=1), now + timedelta(hours=1))
    judging.judge(member, judging.put(member, "en"), Saying("to"))
    assert "the second is wiser" not in facilitator.get(COMPARISONS).content.decode()
    setting_up.set_phase(assembly, "weighing", now + timedelta(hours=1), now + timedelta(hours=2))
    assert "the second is wiser" not in facilitator.get(COMPARISONS).content.decode()
    setting_up.set_phase(assembly, "weighing", now - timedelta(hours=2), now - timedelta(hours=1))
    assert "the second is wiser" in facilitator.get(COMPARISONS).content.decode()


def test_what_fewer_than_five_said_to_a_comparison_is_not_told(
    facilitator, assembly, transition, invitation
):
    now = timezone.now()
    told = []
    for _ in range(5):
        setting_up.set_phase(
            assembly, "weighing", now - timedelta(hours=1), now + timedelta(hours=1)
        )
        who = newcomer(invitation)
        judging.judge(who, judging.put(who, "en"), Saying("to"))
        setting_up.set_phase(
            assembly, "weighing", now - timedelta(hours=2), now - timedelta(hours=1)
        )
        told.append("too few to tell" in facilitator.get(COMPARISONS).content.decode())
    assert told == [True, True, True, True, False]
