"""A story is shown to nobody before a facilitator has released it."""

import pytest

from elicitation.graph.actions.placing import release
from elicitation.graph.actions.stories import leave_out_story, release_story
from elicitation.graph.errors import StoryChanged, StoryStands, StoryUnfit
from elicitation.graph.models import Story
from elicitation.interview.errors import UnstorableText
from elicitation.record.models import Entry
from tests.elicitation.graph.conftest import a_person, a_story, a_transition, a_value, stands_in


@pytest.fixture
def transition(inquiry):
    return a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))


def test_a_story_is_released_as_it_is_or_in_other_words(transition):
    story = release_story(a_story(transition), 1)
    assert story.released_at
    assert story.edited_at is None
    other = a_story(transition, towards=transition.from_value)
    changed = release_story(other, 1, "  Said more plainly. ")
    assert (changed.text, changed.version) == ("Said more plainly.", 2)
    assert changed.edited_at
    assert "Said more plainly" not in str(list(Entry.objects.values_list("body", flat=True)))


def test_one_of_a_move_and_language_is_released_at_a_time(transition):
    first = release_story(a_story(transition), 1)
    second = a_story(transition)
    with pytest.raises(StoryStands):
        release_story(second, 1)
    release_story(a_story(transition, language="fr"), 1)
    leave_out_story(first, first.version)
    assert release_story(second, 1).released_at


def test_nobody_decides_on_what_another_has_changed(transition):
    story = a_story(transition)
    leave_out_story(story, 1)
    with pytest.raises(StoryChanged):
        release_story(story, 1)
    assert Story.objects.left_out().get().released_at is None


@pytest.mark.parametrize("text", ["", "  \n", "x" * 1201])
def test_words_that_do_not_fit_are_refused(transition, text):
    with pytest.raises(StoryUnfit):
        release_story(a_story(transition), 1, text)
    assert not Story.objects.released().exists()


def test_words_that_cannot_be_stored_are_refused(transition):
    with pytest.raises(UnstorableText):
        release_story(a_story(transition), 1, "a\x00b")


def test_what_a_model_told_of_words_that_are_gone_goes_with_them(transition):
    me = a_person()
    card = stands_in(transition.to_value, me)
    transition.to_value.worded_from = card
    transition.to_value.save()
    release_story(a_story(transition, engine="openai"), 1)
    a_story(transition, written_by=a_person())
    release(card)
    assert [story.written_by_id for story in Story.objects.all()] != [None]
    assert Story.objects.count() == 1
